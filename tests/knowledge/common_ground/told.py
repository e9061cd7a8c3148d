"""A round with figures made by hand, as the pages of common ground are given them."""

from collections.abc import Sequence

from django.utils import timezone

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.guesses.actions import look
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.figures import (
    NetworkPart,
    NetworkShare,
    OpinionGroup,
    OpinionMap,
    RoundFigures,
    StatementFigures,
)
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Round
from tests.make import make_member

# Agree, disagree, pass.
SHARED, DIFFERS, UNSURE = (85, 10, 5), (40, 35, 25), (30, 20, 50)
FINDINGS = (Finding.SHARED, Finding.DIFFERS, Finding.UNSURE, Finding.NEITHER)
ANSWERS = {Finding.SHARED: SHARED, Finding.DIFFERS: DIFFERS, Finding.UNSURE: UNSURE}


def figures_of(
    statements: Sequence[Statement], networks: Sequence[Network], *, unheard: Sequence[int] = ()
) -> RoundFigures:
    """The first is shared, the second differs, the third is unsure, the fourth neither, and so on."""
    told = []
    for at, statement in enumerate(statements):
        finding = FINDINGS[at % 4]
        agree, disagree, passed = ANSWERS.get(finding, (50, 50, 0))
        shares = []
        for of, network in enumerate(networks):
            away = 30 if finding is Finding.DIFFERS and of % 2 else 0
            people = 16 if of % 3 == 2 else 20 + of
            shares.append(
                NetworkShare(network.pk, people, agree + away, disagree - away, passed, 40)
            )
        mark = ["firm", "fragile", ""][at // 4 % 3] if finding is Finding.SHARED else ""
        failed = ("without_the_active",) if mark == "fragile" else ()
        told.append(
            StatementFigures(statement.pk, finding, tuple(shares), tuple(unheard), mark, failed, "")
        )
    shown = tuple(each.statement for each in told if each.finding is Finding.SHARED)[:5]
    return RoundFigures(
        people=20 * len(networks),
        apart=4,
        heard=tuple(network.pk for network in networks),
        unheard=tuple(unheard),
        statements=tuple(told),
        shown=shown,
        coverage=tuple(NetworkPart(network.pk, 95, 23) for network in networks),
        map=_map(statements, networks),
    )


def _map(statements: Sequence[Statement], networks: Sequence[Network]) -> OpinionMap:
    def group(number: int, x: float, corners: Sequence[tuple[float, float]]) -> OpinionGroup:
        return OpinionGroup(
            people=34 - 7 * number,
            networks=tuple(
                NetworkPart(network.pk, (85, 15)[(number + of) % 2], 23)
                for of, network in enumerate(networks)
            ),
            typical=((statements[number % len(statements)].pk, number == 0),),
            centre=(x, 0.0),
            hull=tuple(corners),
        )

    left = [(-4.0, 2.0), (-1.0, 2.5), (-1.5, -2.0), (-3.0, -2.5)]
    right = [(1.0, 2.2), (3.5, 1.8), (4.2, -1.0), (2.0, -2.2)]
    spots = [(0.4 * (at % 5), 0.6 * (at // 5)) for at in range(25)]
    dots = [(-3.2 + x, -1.4 + y, 0) for x, y in spots] + [(1.8 + x, -1.4 + y, 1) for x, y in spots]
    axes = tuple((each.pk, 1.0 if at % 2 else -1.0, 0.2, 0.1) for at, each in enumerate(statements))
    return OpinionMap((group(0, -2.4, left), group(1, 2.6, right)), tuple(dots), axes)


def publish(round_: Round, figures: RoundFigures) -> None:
    PublishedResults.objects.update_or_create(
        round=round_,
        defaults={"figures": figures.to_json(), "votes": 100, "computed_at": timezone.now()},
    )


def counted(topic: Topic) -> Topic:
    """The topic, knowing how many statements it has."""
    Topic.objects.filter(pk=topic.pk).update(
        statement_count=Statement.objects.open().filter(topic=topic).count()
    )
    topic.refresh_from_db()
    return topic


def looked(member: Member, topic: Topic) -> None:
    """She chose to look rather than to guess first."""
    look(member=member, topic=Topic.objects.get(pk=topic.pk))


def many(topic: Topic, count: int) -> list[Statement]:
    """So many statements put to the vote at once, as if somebody had looked at each."""
    somebody = make_member(trust_level=3)
    now = timezone.now()
    Statement.objects.bulk_create(
        Statement(
            topic=topic, number=at, body=f"ข้อ {at} ทุกบ้านควรมีถังเก็บน้ำฝนไว้ใช้ตลอดหน้าแล้ง", key=f"{at}",
            author=somebody, looked_at=now, looked_by=somebody,
        )
        for at in range(1, count + 1)
    )  # fmt: skip
    counted(topic)
    return list(topic.statements.order_by("number"))
