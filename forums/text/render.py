"""Markdown to safe HTML: the one place where HTML is made from what members write.

The result is stored beside the source with `RENDERER_VERSION`; raise the number when the same
source gives other HTML, and `manage.py rerender` refreshes what is stored.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from operator import itemgetter
from string import Formatter
from types import MappingProxyType
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from forums.text.cleaning import clean_text, strip_invisible
from forums.text.joints import parted
from forums.text.markdown.names import MOST_NAMED, NO_NAMES, Name, Names, linked_in, names_in
from forums.text.markdown.parser import build
from forums.text.markdown.pictures import Picture, picture_address, picture_ids
from forums.text.markdown.plain import plain_text
from forums.text.markdown.sanitiser import clean
from forums.text.slugs import slugify

__all__ = [
    "MAX_SOURCE",
    "MOST_NAMED",
    "NO_NAMES",
    "RENDERER_VERSION",
    "Name",
    "Names",
    "Picture",
    "Rendered",
    "TocEntry",
    "clean",
    "data_block",
    "filled",
    "held_together",
    "linked_in",
    "names_in",
    "picture_address",
    "picture_ids",
    "render",
    "trusted",
]

RENDERER_VERSION = 3
MAX_SOURCE = 32_000  # characters: what the slowest hostile text of that length costs is bearable

_MARKDOWN = build()
_NO_PICTURES: Mapping[str, Picture] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One line of a table of contents; `id` is the heading's, with its prefix."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a source becomes. `plain` has no markup and no spoilers; `picture_ids` are those shown, `missing` those
    in whose place a placeholder stands. `named` are whom it names, `unnamed` what names nobody, being too many;
    `outside` the addresses of other places it links to, or (`unlinked`) says as plain text.
    """

    html: str
    toc: tuple[TocEntry, ...]
    plain: str
    picture_ids: tuple[str, ...]
    missing: tuple[str, ...] = ()
    named: tuple[Name, ...] = ()
    unnamed: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    unlinked: bool = False


def render(
    source: str,
    *,
    prefix: str = "",
    pictures: Mapping[str, Picture] = _NO_PICTURES,
    names: Names = NO_NAMES,
    site_hosts: Iterable[str] = (),
    links: bool = True,
) -> Rendered:
    """Render a source. Without `links` those that lead out are words: the address stands there to be copied.

    `prefix` stands before every id, so that several texts can share a page; it is ours, never a
    member's. `pictures` are those the source may show, by id (see `picture_ids`); an unknown one
    becomes a short placeholder. `names` are those that may be named, as they are typed (see `names_in`).
    Links to `site_hosts` count as links inside the site.
    Raises ValueError when the source is longer than MAX_SOURCE characters.
    """
    if len(source) > MAX_SOURCE:
        raise ValueError(f"a text of {len(source)} characters; at most {MAX_SOURCE} are rendered")
    env: dict[str, Any] = {
        "prefix": prefix,
        "slugify": slugify,
        "pictures": pictures,
        "names": names,
        "named": {},
        "unnamed": {},
        "hosts": tuple(host.lower() for host in site_hosts),
        "toc": [],
        "shown": [],
        "missing": [],
        "media": "![" in source or "youtu" in source.lower(),
        "addresses": 0,
        "in_link": False,
        "outside": [],
        "plain_links": not links,
        "address": "",
    }
    tokens = _MARKDOWN.parse(clean_text(source), env)
    # Entities such as &#8238; bring invisible characters back: they go once more.
    html = strip_invisible(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env))
    return Rendered(
        html=clean(html),
        toc=tuple(TocEntry(*entry) for entry in env["toc"]),
        plain=strip_invisible(plain_text(tokens)),
        picture_ids=tuple(dict.fromkeys(env["shown"])),
        missing=tuple(dict.fromkeys(env["missing"])),
        named=tuple(env["named"]),
        unnamed=tuple(env["unnamed"].values()),
        outside=tuple(env["outside"]),
        unlinked=not links and bool(env["outside"]),
    )


def stand_ins(*names: str) -> dict[str, str]:
    """Each name in the place of its value: what a template is given that is to print a shape for `filled`."""
    return {name: f"{{{name}}}" for name in names}


def filled(shape: str, values: Mapping[str, object]) -> SafeString:
    """A template's output with `{name}` in the places of its values, and these values, escaped.

    What django.utils.html.format_html does, for pages that do it 220 times: numbers and safe
    strings pass, all else is escaped, without format_html's look at every value for a translation.
    Each value is escaped once, however often it stands there.
    """
    text, names, placed = _apart(shape)
    said = {name: _said(values[name]) for name in names}
    return SafeString(text % placed(said))


def _said(value: object) -> str:
    if isinstance(value, _SAFE):
        return str.__str__(value) if isinstance(value, str) else str(value)
    return escape(str(value))


_SAFE = (SafeString, int)


@lru_cache(maxsize=1024)
def _apart(shape: str) -> tuple[str, list[str], Callable[[dict[str, str]], Any]]:
    """Its text with a gap for each value, which values there are, and how they are put in their order: it is read once,
    not for each of a page's rows."""
    pieces: list[str] = []
    places: list[str] = []
    for text, name, _spec, _conversion in Formatter().parse(shape):
        pieces.append(text.replace("%", "%%"))
        if name is not None:
            pieces.append("%s")
            places.append(name)
    placed = itemgetter(*places) if places else lambda _said: ()
    return "".join(pieces), list(dict.fromkeys(places)), placed


# JSON reads these back as the signs themselves; HTML finds no tag, comment or end of the script in them.
_NOT_IN_A_SCRIPT = [(sign, f"\\u{ord(sign):04X}") for sign in "<>&\u2028\u2029"]


def data_block(values: Mapping[str, object]) -> SafeString:
    """Values as JSON for machines that read the page: a block of data, which no browser runs."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for (
        sign,
        written,
    ) in _NOT_IN_A_SCRIPT:  # ten times as fast as `translate`, where letters are Thai
        text = text.replace(sign, written)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def with_marks(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Plain text in pieces, each with whether it is to be marked: escaped first, then put into `<mark>`.

    A template would need 0.1 ms for each of the eighty texts a page of results may have.
    """
    return mark_safe(
        "".join(
            f"<mark>{escape(text)}</mark>" if is_marked else escape(text)
            for text, is_marked in pieces
        )
    )


@lru_cache(maxsize=4096)
def held_together(text: str) -> SafeString:
    """Plain text, escaped, in which no known word is parted at the end of a line (`forums/text/joints.py`).

    The letters stay as they are, for copying, searching and hearing. Kept, as titles are shown again and
    again: finding the words takes 0.1 ms a title.
    """
    return mark_safe(
        "".join(
            f'<span class="nb">{escape(piece)}</span>' if held else escape(piece)
            for piece, held in parted(text)
        )
    )


def trusted(html: str | None) -> SafeString:
    """Stored HTML, made by `render`, as a template may print it. The only door for that."""
    return SafeString(html or "")
