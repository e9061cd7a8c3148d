"""A link says that a network is part of another, or works with it.

1. It shows once the other side has confirmed it.
2. One parent at most, and no circle.
"""
