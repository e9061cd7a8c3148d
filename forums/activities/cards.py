"""Rows of activities as HTML, by shape, as posts are (decision 010)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from forums.groups.networks.references import NetworkRef
from forums.text.render import filled, held_together, stand_ins, trusted

if TYPE_CHECKING:
    from forums.activities.rows import ActivityRow

_PRINTED = ("classes", "iso", "days", "url", "where", "clock")


class _ActivityShape(NamedTuple):
    """What of a row decides which parts of the template are printed."""

    language: str
    cancelled: bool
    coming: bool
    full: bool
    open_to_all: bool
    reported: bool
    hosts: bool


def card(row: "ActivityRow", hosts: Sequence[NetworkRef]) -> SafeString:
    """An activity, and these of those who hold it."""
    language, coming = get_language() or "", "" if row.past else _coming(row.going)
    shape = _ActivityShape(
        language=language,
        cancelled=row.cancelled,
        coming=coming != "",
        full=row.full and not row.past,
        open_to_all=row.open_to_all,
        reported=row.reported,
        hosts=bool(hosts),
    )
    values: dict[str, object] = {name: getattr(row, name) for name in _PRINTED}
    values["title"], values["coming"] = held_together(row.title), coming
    if hosts:
        host = _host(language)
        values["hosts"] = trusted("".join(filled(host, each.values()) for each in hosts))
    return filled(_format(shape), values)


def _coming(going: int) -> str:
    return (
        ngettext("%(n)s person comes", "%(n)s people come", going) % {"n": going} if going else ""
    )


@lru_cache(maxsize=256)
def _format(shape: _ActivityShape) -> str:
    row = {
        **stand_ins("title", *_PRINTED),
        "coming": "{coming}" if shape.coming else "",
        "hosts": "{hosts}" if shape.hosts else "",
        "cancelled": shape.cancelled,
        "full": shape.full,
        "open_to_all": shape.open_to_all,
        "reported": shape.reported,
    }
    return render_to_string("activities/_row.html", {"row": row})


@lru_cache(maxsize=4)
def _host(_language: str) -> str:
    return render_to_string("activities/_row.html#host", {"host": NetworkRef.stand_in()})
