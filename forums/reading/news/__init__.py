"""What a member is told of what others write: to her, where she watches, or by whom she follows.

- The action says once that a post was written; who is told is worked out afterwards, some hundred members at a time.
- One post tells each member once: that it answers her, else that it names her, else that it quotes her, else that it
  stands where she watches, else that somebody she follows started it.
- Nobody is told of what she muted, or of whom she blocked. A changed text tells those whom it newly names.
- A page that shows the newest post a line tells of makes the line read.
"""
