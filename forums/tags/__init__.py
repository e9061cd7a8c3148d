"""A tag (แท็ก) is a word that topics and networks share.

1. Its slug is its name in normal form: one tag, one address.
2. `topic_count` counts only what everyone may read: a count must not tell of a private board.
"""
