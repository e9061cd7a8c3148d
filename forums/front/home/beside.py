"""The side column of home and its sisters: printed anew only when what it names is called otherwise."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.activities.rows import ActivityRow
from forums.discussions.boards.lists import HouseBoard
from forums.groups.networks.references import NetworkRef


class ComingBeside(NamedTuple):
    """An activity there, of which the same holds."""

    weekday: str
    day: int
    month: str
    url: str
    title: str
    host: str
    where: str
    clock: str


class NamedBeside(NamedTuple):
    """A board or a network there: all that is printed of it, so that the same is the same HTML."""

    url: str
    name: str
    colour: str
    emblem: str
    scope: str = ""


def of_boards(boards: Iterable[HouseBoard]) -> SafeString:
    """These boards, and the way to all."""
    named = (
        NamedBeside(each.get_absolute_url(), each.name, each.colour, each.emblem, each.scope)
        for each in boards
    )
    return _printed("topics/_boards_beside.html", get_language() or "", tuple(named))


def of_networks(networks: Iterable[NetworkRef]) -> SafeString:
    """These networks, and the way to all."""
    named = (NamedBeside(each.url, each.name, each.colour, each.emblem) for each in networks)
    return _printed("topics/_networks_beside.html", get_language() or "", tuple(named))


def of_activities(activities: Iterable[ActivityRow]) -> SafeString:
    """What is on this week, and the way to the calendar; '' for nothing."""
    coming = tuple(
        ComingBeside(
            weekday=each.weekday,
            day=each.day,
            month=each.month,
            url=each.url,
            title=each.title,
            host=each.hosts[0].name if each.hosts else "",
            where=each.where,
            clock=each.clock,
        )
        for each in activities
    )
    return _printed("activities/_coming.html", get_language() or "", coming)


@lru_cache(maxsize=128)
def _printed(
    template: str, _language: str, rows: tuple[NamedBeside | ComingBeside, ...]
) -> SafeString:
    return render_to_string(template, {"rows": rows})
