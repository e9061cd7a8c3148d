"""What came of votes is told by one door: no page, feed, search or file depends on it before five answers of one's own.

Every address is asked twice, with quite other results published in between: to whom nothing may be told yet, the
answers must be the same to the letter.
"""

import random
import re

import pytest
from django.utils import timezone

from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.actions import publish
from forums.knowledge.results.figures import (
    NetworkPart,
    NetworkShare,
    OpinionGroup,
    OpinionMap,
    RoundFigures,
    StatementFigures,
)
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from forums.notifications.models import Email, Notification, Telling
from tests.knowledge.common_ground.told import looked
from tests.knowledge.making import ballot_of, make_round, make_statement
from tests.security.test_routes import ROWS, answer

# Of the admin only moderators open anything; the others say what time it is, or do not know of topics.
_NOT_ASKED = re.compile(r"^/(admin|accounts|stop|static|media|.well-known|moderation/figures)/")
# Tokens of forms are drawn anew for each; "a minute ago" is no longer so when the last of them is asked.
_TOKENS = re.compile(rb"[0-9A-Za-z-]{32,}|<time.*?</time>")


@pytest.fixture
def voted(world, monkeypatch):
    """In the world's topic: six statements, a round, and Somchai, who has answered four of them."""
    monkeypatch.setattr(random, "SystemRandom", lambda: random.Random(7))
    topic = Topic.objects.get(pk=world.names()["topic"])
    statements = [make_statement(topic) for _ in range(6)]
    round_ = make_round(topic)
    for statement in statements[:4]:
        vote(
            member=world.people["somchai"],
            round_=round_,
            statement=statement,
            choice=Answered.AGREE,
        )
    return topic, round_, statements


def figures(statements, networks, *, agree: int, finding: Finding) -> RoundFigures:
    """Quite different ones, as `agree` and `finding` have it."""
    shares = tuple(NetworkShare(pk, agree + 5, agree, 100 - agree, 0, agree) for pk in networks)
    parts = tuple(NetworkPart(pk, agree, agree + 5) for pk in networks)
    told = tuple(
        StatementFigures(each.pk, finding, shares, (), "firm", (), "2026-11-29T00:00:00+00:00")
        for each in statements
    )
    group = OpinionGroup(agree + 5, parts, ((statements[0].pk, agree > 50),), (0.1, agree / 100))
    return RoundFigures(
        people=10 * agree,
        apart=agree,
        heard=tuple(networks),
        unheard=(),
        statements=told if agree > 50 else told[::-1],
        shown=tuple(each.pk for each in statements[: agree // 20]),
        coverage=parts,
        map=OpinionMap((group,), (), ((statements[0].pk, 1.0, 0.0, 0.0),)),
    )


def addresses(world, topic) -> list[str]:
    names = world.names()
    listed = [row.address.format(**names) for row in ROWS]
    return [
        *(path for path in listed if not _NOT_ASKED.match(path)),
        f"/t/{topic.pk}/common/1/",
        f"/t/{topic.pk}/common/vote/?s=5",
        f"/search/?q={topic.title}",
    ]


def told_to(world, who: str, paths: list[str]) -> dict[str, tuple[int, bytes]]:
    found = {}
    for path in paths:
        response = answer(world, who, "GET", path)
        body = b"" if response.streaming else response.content
        found[path] = (response.status_code, _TOKENS.sub(b"", body))
    return found


def put(round_, made: RoundFigures) -> None:
    """Published at another moment than what a process may have read before."""
    PublishedResults.objects.update_or_create(
        round=round_, defaults={"figures": made.to_json(), "computed_at": timezone.now()}
    )


@pytest.mark.parametrize("who", ["visitor", "somchai"])
def test_before_five_answers_nothing_that_is_read_depends_on_results(world, voted, who):
    topic, round_, statements = voted
    networks = list(Network.objects.order_by("pk").values_list("pk", flat=True)[:2])
    paths = addresses(world, topic)
    put(round_, figures(statements, networks, agree=91, finding=Finding.SHARED))
    before = told_to(world, who, paths)
    put(round_, figures(statements, networks, agree=23, finding=Finding.DIFFERS))
    after = told_to(world, who, paths)
    assert [path for path in paths if before[path] != after[path]] == []


def test_with_five_answers_the_page_of_common_ground_does(world, voted):
    """Else the test above would see nothing."""
    topic, round_, statements = voted
    somchai = world.people["somchai"]
    vote(member=somchai, round_=round_, statement=statements[4], choice=Answered.PASS)
    networks = list(Network.objects.order_by("pk").values_list("pk", flat=True)[:2])
    page = [f"/t/{topic.pk}/common/"]
    put(round_, figures(statements, networks, agree=91, finding=Finding.SHARED))
    looked(somchai, topic)
    before = told_to(world, "somchai", page)
    put(round_, figures(statements, networks, agree=23, finding=Finding.DIFFERS))
    assert told_to(world, "somchai", page) != before


def test_publishing_tells_nobody_anything(world, voted):
    _topic, round_, statements = voted
    for number in range(9):
        ballot_of(round_, None, dict.fromkeys(statements, 1 if number % 2 else -1))
    tables = (Email, Notification, Telling)
    before = [table.objects.count() for table in tables]
    publish(round_=round_)
    assert [table.objects.count() for table in tables] == before
