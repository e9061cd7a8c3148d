"""Deleting what somebody wrote, by a moderator: graver than hiding it.

1. A placeholder keeps its place, as of a hidden one; the text is for moderators only, and no longer for its author.
2. With its replies: each has a decision of its own, whose author is told; brought back, all come back that went with it.
"""
