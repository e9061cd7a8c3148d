"""Closing another's poll before its time, as a decision.

1. Closed is closed: nothing takes it back, and whoever answered is told as of any poll.
2. Who asked closes her own without one.
"""
