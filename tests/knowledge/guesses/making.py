"""A round of which something was told, and somebody who may guess."""

from forums.discussions.topics.models import Topic
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.figures import NetworkShare, RoundFigures, StatementFigures
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered


def told(shares: dict[int, dict[int, int]], *, people: int = 20) -> RoundFigures:
    """Figures by hand: of each statement (id), of each network (id), what percentage agrees."""
    return RoundFigures(
        people=people,
        apart=0,
        heard=tuple(sorted({network for each in shares.values() for network in each})),
        unheard=(),
        statements=tuple(
            StatementFigures(
                statement,
                Finding.DIFFERS,
                tuple(
                    NetworkShare(network, people, agree, 100 - agree, 0)
                    for network, agree in each.items()
                ),
            )
            for statement, each in shares.items()
        ),
    )


def publish(round_, figures: RoundFigures) -> None:
    PublishedResults.objects.update_or_create(round=round_, defaults={"figures": figures.to_json()})


def answer_all(member, round_, *, count: int | None = None) -> None:
    """She agrees with every statement of the topic, or the first so many."""
    topic = Topic.objects.get(pk=round_.topic_id)
    for statement in topic.statements.order_by("number")[:count]:
        vote(member=member, round_=round_, statement=statement, choice=Answered.AGREE)
