"""Counting words. A stand-in until the real one is merged."""


def count_words() -> int:
    return 0
