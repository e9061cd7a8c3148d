"""The digest: a letter at 17.00, on Mondays or every day, about what waits for a member.

- Who gets one is written down some hundred members at a time; killed at any moment, the run goes on where it was.
- What it says is worked out when it is sent: what is new where she follows, what is ahead, one topic from elsewhere.
- Nothing new, no letter; and none to whoever has been away for 180 days.
"""
