"""Every other address of order and privacy that does something when a form is sent there: who may send it."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.urls import URLPattern, reverse

import tests.moderation.matrix.tables  # noqa: F401 - its doors
from forums.moderation.reports.things import REPORTED
from forums.privacy.traffic.actions import give_right
from forums.urls import NOUNS
from tests.clients import signed_in
from tests.moderation.matrix.doors import DOORS, reported
from tests.moderation.matrix.place import (
    MEMBERS,
    OTHERS,
    who_does,
)
from tests.security.world import NO_ONE

ELSEWHERE = {  # what is decided there has a table of its own; what is about oneself, tests of its noun
    "moderation_act": "tests/moderation/matrix/test_desks.py",
    "site_case": "tests/moderation/matrix/test_answers.py",
    "network_case": "tests/moderation/matrix/test_answers.py",
    "lost_device": "tests/moderation/lost_devices/test_views.py",
    "lost_device_stop": "tests/moderation/lost_devices/test_views.py",
    "lost_device_stop_by_letter": "tests/moderation/lost_devices/test_views.py",
    "leave_site": "tests/privacy/leaving/test_views.py",
    "leave_stay": "tests/privacy/leaving/test_views.py",
    "leave_stay_by_letter": "tests/privacy/leaving/test_views.py",
    "leave_confirm": "tests/privacy/leaving/test_views.py",
}


LEADING_ON = {"held_topic", "forums_trafficlook_lines", "forums_wording_change"}  # or showing only


@pytest.mark.parametrize("kind", sorted(REPORTED))
def test_who_may_report_what(place, kind):
    url, fields = reported(place, kind)
    # What is a network's own, the author reports like anybody; a message, whom it was said to.
    own = {
        "topic",
        "post",
        "member",
        "picture",
        "message",
        "statement",
        "restatement",
        "portrayal",
        "meaning",
        "poll",
    }
    may = OTHERS if kind in own else MEMBERS
    assert who_does(place, url, fields) == ({"level 1"} if kind == "message" else may)


# -- all of them -------------------------------------------------------------------------------------


def addresses():
    """The names and addresses of order and privacy, and of the admin's tables, with something in each place."""
    for noun in NOUNS:
        if noun.partition(".")[0] in ("moderation", "privacy"):
            for each in import_module(f"forums.{noun}.urls").urlpatterns:
                yield each.name, reverse(each.name, kwargs=_something(each))
    for desk in admin.site._registry.values():
        for each in desk.urls:
            name = each.name or ""
            if name and not name.endswith(("_changelist", "_history", "_act")):
                yield name, reverse(f"admin:{name}", kwargs=_something(each))


def _something(found: URLPattern) -> dict[str, Any]:
    kinds = {"IntConverter": 1, "UUIDConverter": NO_ONE}
    converters = found.pattern.converters.items()
    return {name: kinds.get(type(each).__name__, "1") for name, each in converters}


def test_every_address_that_takes_a_form_stands_in_the_table(place):
    head = place.people["administrator"]
    give_right(administrator=head, member=head)
    browser = signed_in(head, raise_request_exception=False)
    taking = {name for name, url in addresses() if browser.post(url).status_code not in (403, 405)}
    assert taking - set(ELSEWHERE) - LEADING_ON == set(DOORS)
    assert all(Path(file).exists() for file in ELSEWHERE.values())


@pytest.mark.parametrize("name", DOORS)
def test_who_may_send_it(place, name):
    who, made = DOORS[name]
    assert who_does(place, *made(place)) == who
