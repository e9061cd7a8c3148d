"""Names behind an @ (@มาลี, @somchai): where they stand in a text, what each may be, and which become links.

Thai is written on without a space: of @มาลีช่วยดู the longest beginning that somebody bears is meant, cut only where a
word ends. A name in Latin letters ends with them. In program text, in links and in quotations nobody is named.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from forums.text.words import segments

MOST_NAMED = 10  # in one text; what else stands behind an @ there stays as it was typed
MOST_READ = 100  # different ones in a text that are looked at
LENGTH = 80  # of the longest address of a network; a handle is shorter

_LETTERS = "0-9A-Za-zก-ฮะ-ฺเ-ๅ็-๎๐-๙"  # without ๆ and ฯ, which belong to no name
# Behind a Latin letter or a digit it is an address (of e-mail), behind a stroke one of another site.
_NAME = re.compile(f"(?<![0-9A-Za-z@/])@((?:[{_LETTERS}]+[._-])*[{_LETTERS}]+)")
_CHUNK = re.compile("[0-9A-Za-z๐-๙]+(?:[._-][0-9A-Za-z๐-๙]+)*|[._-]|[^0-9A-Za-z๐-๙._-]+")
_LINKED = re.compile(r'<a href="([^"]+)" class="mention">')


class Name(NamedTuple):
    """Whom an @ and the letters behind it mean: a page, and the members (ids) who are named by it.

    `group` is the name of what many stand in, '' for one person; of a crowd nobody is in `members`.
    """

    url: str
    members: tuple[int, ...] = ()
    group: str = ""
    is_crowd: bool = False


# What may stand behind an @, as it is typed; None: somebody bears it who is not named here.
type Names = Mapping[str, Name | None]
NO_NAMES: Names = MappingProxyType({})


def names_in(source: str) -> list[tuple[str, ...]]:
    """What stands behind an @ in a source, each with all it may be read as, the longest first.

    More than become links: where it stands in program text or in a quotation is not asked.
    """
    if "@" not in source:
        return []
    found: dict[tuple[str, ...], None] = {}
    for match in _NAME.finditer(source):
        found[_readings(match[1][:LENGTH])] = None
        if len(found) == MOST_READ:
            break
    return list(found)


def linked_in(html: str) -> set[str]:
    """The addresses of those whom a text, rendered and sanitised, names."""
    return set(_LINKED.findall(html)) if 'class="mention"' in html else set()


@lru_cache(maxsize=1024)
def _readings(typed: str) -> tuple[str, ...]:
    """All a name may be: the whole, and what ends where a word does."""
    ends, end = [], 0
    for chunk in _CHUNK.findall(typed):
        for piece in segments(chunk) if chunk[0] > "z" else [chunk]:
            end += len(piece)
            if piece not in "._-":
                ends.append(end)
    return tuple(typed[:end] for end in reversed(ends))


def name(state: StateInline, silent: bool) -> bool:
    """The rule at an @: a link to whoever of `env["names"]` is meant."""
    names: Names = state.env["names"]
    if not names or state.linkLevel or state.src[state.pos] != "@":
        return False
    found = _NAME.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    typed = next((each for each in _readings(found[1][:LENGTH]) if each in names), "")
    who = names.get(typed)
    if who is None:
        return False
    if not silent:
        opening = state.push("link_open", "a", 1)
        opening.attrs = {"href": who.url}
        opening.info = "name"
        opening.meta = {"name": who}
        state.push("text", "", 0).content = f"@{typed}"
        state.push("link_close", "a", -1).info = "name"
    state.pos += 1 + len(typed)
    return True


def named(state: StateCore) -> None:
    """Keep the first `MOST_NAMED` that do not stand in a quotation, in `env["named"]`; the others are text."""
    if not state.env["names"]:
        return
    depth = 0
    for token in state.tokens:
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "inline" and any(each.info == "name" for each in token.children or ()):
            token.children = list(_kept(token.children or [], state.env, quoted=depth > 0))


def _kept(
    children: list[Token], env: Mapping[str, dict[Name, str]], *, quoted: bool
) -> Iterator[Token]:
    keeps = True
    for child, following in zip(children, [*children[1:], None], strict=True):
        if child.info != "name":
            yield child
            continue
        if child.type == "link_open" and following:
            who: Name = child.meta["name"]
            there = env["named"]
            keeps = not quoted and (who in there or len(there) < MOST_NAMED)
            if not quoted:
                (there if keeps else env["unnamed"]).setdefault(who, following.content)
        if keeps:
            yield child
