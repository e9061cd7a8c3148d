"""forums.front.networks.timeline: pages that hold every line once, and each month in which somebody joined."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict

from forums.front.networks import timeline
from forums.front.networks.timeline import JOINED_IN_MONTH
from forums.groups.networks.models import Event, EventKind
from tests.make import make_network

START = datetime(2019, 1, 31, 16, 59, tzinfo=UTC)  # a minute before February begins in Bangkok


def at(network, what, moment):
    Event.objects.create(network=network, what=what, actor=network.registered_by, created_at=moment)


def pages(network):
    address, found = "", []
    while address or not found:
        page = timeline.timeline(network, None, QueryDict(address))
        found.append(page.rows)
        address = page.next
    return found


@pytest.mark.parametrize("told", [3, 120], ids=["little else", "much else"])
def test_every_month_in_which_somebody_joined_stands_once_and_whole(malee, told):
    network = make_network("คนรักคลอง", malee)
    registered = Event.objects.filter(network=network).count()
    assert not Event.objects.filter(network=network, what=EventKind.JOINED).exists()
    joined = [START + timedelta(days=n * 5.5 if n < 60 else n * 17) for n in range(150)]
    joined += [START + timedelta(minutes=n) for n in (0, 1, 2)]  # of two months
    for moment in joined:
        at(network, EventKind.JOINED, moment)
    for n in range(told):
        at(network, EventKind.VERIFIED, START + timedelta(days=21 * n, hours=1))
    turned = pages(network)
    assert all(len(rows) == timeline.SIZE for rows in turned[:-1])
    rows = [row for page in turned for row in page]
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    months = Counter((moment + timedelta(hours=7)).strftime("%Y-%m") for moment in joined)
    shown = [
        ((row.at + timedelta(hours=7)).strftime("%Y-%m"), row.count)
        for row in rows
        if row.what == JOINED_IN_MONTH
    ]
    assert shown == sorted(months.items(), reverse=True)
    assert len(rows) == len(months) + told + registered
