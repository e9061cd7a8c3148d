"""Quotations of somebody's posts, and her handle behind an @, in the source of another's text. Reads only.

A quotation is known by its first line, as `posts.quoting` writes it: `> [name](/p/12/) wrote:`. What somebody copied by hand
says nowhere whose it is.
"""

import re
from collections.abc import Collection

_HEAD = re.compile(r"^(?P<marks>(?: {0,3}> ?)+)\[(?P<name>(?:\\.|[^\]\\])*)\]\(/p/(?P<post>\d+)/\)")
_MARKS = re.compile(r"^(?: {0,3}> ?)+")
QUOTES = re.compile(r"\]\(/p/(\d+)/\)")


def quoted_posts(source: str) -> set[int]:
    """The posts a text may quote."""
    return {int(pk) for pk in QUOTES.findall(source) if len(pk) < 19}


def without_quotations(source: str, posts: Collection[int], *, name: str, instead: str = "") -> str:
    """The text with `name` over each quotation of these posts; `instead` stands in the place of what they said, if given."""
    kept: list[str] = []
    depth = 0  # of the quotation that is being left out
    for line in source.split("\n"):
        marks = _MARKS.match(line)
        level = marks[0].count(">") if marks else 0
        head = _HEAD.match(line)
        if head and (not depth or level <= depth or int(head["post"]) in posts):
            depth = 0
            if int(head["post"]) in posts:
                line = f"{head['marks']}[{name}]{line[head.end('name') + 1 :]}"
                depth = level if instead else 0
                kept.append(line)
                if instead:
                    kept += [head["marks"].rstrip(), f"{head['marks']}{instead}"]
                continue
        if depth and level >= depth:
            continue
        depth = 0
        kept.append(line)
    return "\n".join(kept)


def without_handle(source: str, typed: Collection[str], *, name: str) -> str:
    """The text with `name` behind each @ that is followed by one of these."""
    for each in sorted(typed, key=len, reverse=True):
        source = re.sub(
            rf"(?<![0-9A-Za-z@/])@{re.escape(each)}(?![0-9A-Za-z])",
            lambda _match: f"@{name}",
            source,
        )
    return source
