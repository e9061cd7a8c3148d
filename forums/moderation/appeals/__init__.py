"""Asking that somebody else looks again at a decision.

1. Once a decision, in FORUMS_APPEAL_DAYS, by whose thing it was; by the letter's link too, without signing in.
2. Another moderator than the first decides; where there is no other, the first does, and the answer says so.
3. What is overturned is undone by the act that undoes it, in the same transaction.
4. Who undoes a decision otherwise answers what was asked about it.
5. The outcome is told to who asked, and stands in the public log.
"""
