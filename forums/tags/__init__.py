"""A tag (แท็ก) is a word that topics and networks share.

1. It is known by its key, the name in normal form, in every script: C, C++ and C# are three tags.
2. Its slug is only where it is found: the key, where that is free.
3. `topic_count` counts only what everyone may read: a count must not tell of a private board.
"""
