"""forums.activities.cards: a row printed by its shape is, letter for letter, the template's own output."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from forums.activities.cards import card
from forums.activities.rows import ActivityRow
from forums.groups.networks.references import NetworkRef
from forums.text.render import trusted

STARTS = timezone.now() + timedelta(days=3)
HOSTS = [
    NetworkRef("<คลอง> & {colour}", "/networks/คลอง/", "sky", "water"),
    NetworkRef("{url}", "/networks/ป่า/", "leaf", "tree"),
]


def row(**changed) -> ActivityRow:
    given = {
        "pk": 1,
        "title": "ปลูกป่า {title} <b>&\"' {0}",
        "url": "/activities/1/ปลูกป่า/",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=2),
        "first": STARTS.date(),
        "last": STARTS.date(),
        "place": "ศาลา {place}",
        "online": False,
        "going": 0,
        "full": False,
        "open_to_all": True,
        "cancelled": False,
        "over": False,
        "reported": False,
    }
    assert {*given, "hosts"} == {field.name for field in fields(ActivityRow)}
    return ActivityRow(**given | changed)


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"going": 1},
        {"going": 1234, "full": True},
        {"going": 3, "over": True, "full": True, "reported": True},
        {"going": 3, "cancelled": True, "full": True},
        {"open_to_all": False, "place": "", "online": True},
        {"place": ""},
    ],
)
@pytest.mark.parametrize("hosts", [(), HOSTS[:1], HOSTS])
def test_a_shape_prints_what_the_template_prints(language, changed, hosts):
    with override(language):
        shown = row(hosts=hosts, **changed)
        named = "".join(
            render_to_string("activities/_row.html#host", {"host": host}) for host in hosts
        )
        values = {field.name: getattr(shown, field.name) for field in fields(ActivityRow)}
        values |= {
            name: getattr(shown, name) for name in ("classes", "iso", "days", "where", "clock")
        }
        going = 0 if shown.past else shown.going
        people = "person comes" if going == 1 else "people come"
        said = f"จะไป {going} คน" if language == "th" else f"{going} {people}"
        values |= {
            "coming": said if going else "",
            "full": shown.full and not shown.past,
            "hosts": trusted(named),
        }
        assert card(shown, hosts) == render_to_string("activities/_row.html", {"row": values})


def test_a_page_of_a_network_names_those_who_hold_it_only_where_they_are_several():
    alone, together = row(hosts=HOSTS[:1]), row(hosts=HOSTS)
    assert 'class="by"' not in alone.card_of_network
    assert 'class="by"' in alone.card
    assert together.card_of_network == together.card
