"""What a member keeps for herself: what she follows, how far she has read, what she marked, what she has not sent yet.

Nobody else reads any of it.
"""
