"""Members in a list as HTML, by shape, as posts are (decision 010): a page has fifty."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.groups.memberships.lists import MemberRow
from forums.text import dates
from forums.text.render import filled, stand_ins, trusted


class _MemberShape(NamedTuple):
    """What decides which parts of a row are printed; `led`, whether its reader may change the role."""

    language: str
    led: bool
    picture: bool
    is_staff: bool
    duty: bool
    place: bool


def printed(rows: Iterable[MemberRow], *, leads: str = "") -> SafeString:
    """One after the other; '' for none. `leads` is the address of her network's members, for who coordinates it."""
    language = get_language() or ""
    return trusted("".join([_card(row, language, leads) for row in rows]))


def _card(row: MemberRow, language: str, leads: str) -> SafeString:
    shape = _MemberShape(
        language=language,
        led=leads != "",
        picture=row.picture_url != "",
        is_staff=row.is_staff,
        duty=row.duty != "",
        place=row.place != "",
    )
    values = {
        "picture": row.picture_url,
        "url": row.url,
        "name": row.name,
        "duty": row.duty,
        "place": row.place,
        "since": dates.day(row.joined_at),
        "change": f"{leads}{quote(row.handle)}/",
    }
    return filled(_format(shape), values)


@lru_cache(maxsize=128)
def _format(shape: _MemberShape) -> str:
    """The template with these decisions taken and `{name}` for every value."""
    row = {
        **stand_ins("url", "name", "since", "change"),
        "picture_url": "{picture}" if shape.picture else "",
        "duty": "{duty}" if shape.duty else "",
        "place": "{place}" if shape.place else "",
        "is_staff": shape.is_staff,
    }
    return render_to_string("memberships/_person.html", {"row": row, "led": shape.led})
