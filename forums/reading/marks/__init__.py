"""How far a member has read, and what is new for her since.

- A mark is a place in a topic: the last comment she has been served, and the time up to which she knows it. It moves
  onward only, after the page has gone out; a page that shows nothing new writes nothing.
- New is a topic she never opened, of since her last visit or of two days; unread are posts after her mark in what she
  follows. Neither is older than her window.
- What she may not see is neither counted nor listed; nobody else reads any of it.
"""
