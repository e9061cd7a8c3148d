"""The desk for outsiders who want something taken down: authorities, and people named in a text. No account is needed.

1. A notice names a page of this site; its receipt, which nobody guesses, is how its state is looked up.
2. Its clock runs from the moment it came (FORUMS_TAKEDOWN_HOURS); moderators hear at once, and again before it runs out.
3. What is removed is kept sealed for FORUMS_SEALED_DAYS, for those with the right to read it only; each look is recorded.
4. The notifier is told by mail, the author by a statement of reasons. Who gave the notice is told to moderators only.
"""
