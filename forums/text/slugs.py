"""Titles and tags as a part of an address."""

import re
from collections.abc import Callable, Iterator
from itertools import chain, count, takewhile

from forums.text.cleaning import norm
from forums.text.words import segments

_JUNK = re.compile("[^ก-ฺเ-๎a-z0-9]+")
_STRAY_MARKS = re.compile("(?:^|(?<=-))[ะ-ฺๅ็-๎]+")
_DASHES = re.compile("-{2,}")
_LEADING_VOWELS = "เแโใไ"


def slugify(title: str, /, max_length: int = 60) -> str:
    """The title as a part of an address: Thai stays Thai with its marks, the rest is a-z and 0-9.

    At most `max_length` characters, cut between words; '-' when nothing is left, because an address
    needs something between its slashes. slugify(slugify(t)) == slugify(t).
    """
    slug = _JUNK.sub("-", norm(title))
    slug = _STRAY_MARKS.sub("", slug)
    slug = _DASHES.sub("-", slug).strip("-")
    if len(slug) > max_length:
        slug = _cut(slug, max_length)
    return slug or "-"


def first_free(address: str, is_taken: Callable[[str], bool]) -> str:
    """The address, or the first of address-2, address-3 … that is not taken."""
    return next(free for free in _numbered(address) if not is_taken(free))


def passed_over(address: str, free: str) -> list[str]:
    """The addresses `first_free` found taken before `free`: what the number behind it tells of.

    None for a name without letters an address holds: there the number tells of no name.
    """
    if address == "-":
        return []
    return list(takewhile(lambda taken: taken != free, _numbered(address)))


def _numbered(address: str) -> Iterator[str]:
    return chain([address], (f"{address}-{number}" for number in count(2)))


def _cut(slug: str, max_length: int) -> str:
    kept = ""
    for word in segments(slug[: max_length + 40]):
        if len(kept) + len(word) > max_length:
            break
        kept += word
    if len(kept) < max_length // 2:  # one endless word
        kept = slug[:max_length]
    return _STRAY_MARKS.sub("", kept).strip("-").rstrip(_LEADING_VOWELS).strip("-")
