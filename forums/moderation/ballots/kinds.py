"""A case about a topic where ballots are alike: which network, how many, which accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums.discussions.topics.models import Topic
from forums.knowledge.results.access import repeated_in
from forums.knowledge.results.registry import Repeated, on_repeated
from forums.knowledge.voting.models import Round
from forums.moderation.queue.actions import open_case
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import Because, Section, case_kind
from forums.moderation.subjects import of_topic

ALIKE = "ballots"


@on_repeated
def tell_moderators(round_: Round, repeated: Repeated) -> None:
    """One case a topic. It is not about who started it, so she may look into it where she is a moderator."""
    topic = Topic.objects.select_related("board").get(pk=round_.topic_id)
    open_case(kind=ALIKE, subject=replace(of_topic(topic), owner_id=None))


def _because(cases: Sequence[Case]) -> Mapping[int, Because]:
    head = _("Ballots that are alike came within an hour")
    note = _("They count once. Look at the accounts; what they answered is told to nobody.")
    return {case.pk: Because(head, note) for case in cases}


def _shown(case: Case) -> Sequence[Section]:
    """Whose they are, network by network."""
    return [
        Section(
            ngettext(
                "%(n)s ballot for “%(network)s”", "%(n)s ballots for “%(network)s”", len(members)
            )
            % {"n": len(members), "network": network.name},
            [(f"@{member.handle}", str(member)) for member in members],
        )
        for network, members in repeated_in(int(case.key))
    ]


case_kind(
    ALIKE, gettext_lazy("ballots that are alike"), because=_because, shown=_shown, site_only=True
)
