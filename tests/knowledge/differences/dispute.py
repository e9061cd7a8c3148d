"""A statement on which the forest and the town differ, and a third network stands between."""

from django.utils import timezone

from forums.discussions.topics.models import Topic
from forums.knowledge.differences.actions import tell_difference
from forums.knowledge.differences.models import DifferenceAnswer
from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.figures import NetworkShare, RoundFigures, StatementFigures
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from tests.knowledge.making import make_round, make_statement, member_of, network_in
from tests.make import make_member, make_topic


class Dispute:
    """Six statements are voted on; on the first, `statement`, networks differ, as was published."""

    def __init__(self) -> None:
        self.topic = make_topic(title="ชิงเผาหรือห้ามเผา")
        self.statements = [make_statement(self.topic) for _ in range(6)]
        self.statement = self.statements[0]
        self.topic = Topic.objects.select_related("board").get(pk=self.topic.pk)
        self.forest, self.town, self.between = (
            network_in(self.topic, name) for name in ("คนเฝ้าป่า", "ฝุ่นเราไม่เอา", "ครูข้ามดอย")
        )
        self.round = make_round(self.topic)
        self.publish(Finding.DIFFERS)

    def figures(self, finding: Finding = Finding.DIFFERS) -> StatementFigures:
        return StatementFigures(
            self.statement.pk,
            finding,
            shares=(
                NetworkShare(self.forest.pk, 20, 90, 10, 0),
                NetworkShare(self.town.pk, 20, 15, 85, 0),
                NetworkShare(self.between.pk, 20, 50, 50, 0),
            ),
        )

    def publish(self, finding: Finding) -> None:
        figures = RoundFigures(
            people=60, apart=0, heard=(), unheard=(), statements=(self.figures(finding),)
        )
        PublishedResults.objects.update_or_create(
            round=self.round, defaults={"figures": figures.to_json(), "computed_at": timezone.now()}
        )

    def voter(self, network, *, answers: int = 5, skips=None):
        """Somebody of this network who has answered so many statements, but `skips`."""
        member = member_of(network)
        for statement in [each for each in self.statements if each != skips][:answers]:
            vote(member=member, round_=self.round, statement=statement, choice=Answered.AGREE)
        return member

    def say(self, network, *kinds: str) -> None:
        """As many people of this network as there are kinds have said these."""
        DifferenceAnswer.objects.bulk_create(
            DifferenceAnswer(
                statement=self.statement, member=make_member(), network=network, kind=kind
            )
            for kind in kinds
        )
        tell_difference(statement=self.statement)
