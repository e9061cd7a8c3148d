"""Pages as visitors see them, kept, and given again as long as they are true.

- A page is kept with the *versions* of what it shows. A write moves them in its own transaction, by triggers
  nobody can forget; a page whose versions moved is never given again.
- Every table is named once in `tables`, with what its writes move. What is not named is found by a test.
- What time alone makes false is said where it is said (`forums.text.noted`): a page is given no longer than that.
- Only for who comes without a session; nothing with a cookie, a message or a form's token is kept.
"""
