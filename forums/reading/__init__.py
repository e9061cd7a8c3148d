"""What a member keeps for herself: what she follows, how far she has read, what she marked, what she has not sent yet; and
what she says to some others only.

Nobody else reads any of it.
"""
