"""What each post is found by, and how rare each word is.

1. Every action that writes a text writes its entry, in its transaction (`kinds`).
2. Nothing about who may read is in it: each statement asks post, topic and board.
"""
