"""The words a network is found by."""

from collections.abc import Iterable

from forums.text.thai import tsvector

STORY_LENGTH = 20_000  # characters of a story that are looked at


def search_words(name: str, aim: str, tags: Iterable[str] = (), story: str = "") -> str:
    """Text for `Network.search_words`: the name weighs most (A), then aim and tags (B), then the story (D).

    Actions that change any of them store it anew.
    """
    return tsvector([("A", name), ("B", aim), ("B", " ".join(tags)), ("D", story[:STORY_LENGTH])])
