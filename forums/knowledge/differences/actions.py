"""The one write: a member says what kind of difference it is."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.silence import refuse_silenced
from forums.base.errors import NotAllowed
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.topics.models import Topic
from forums.knowledge.differences.asking import asked_of
from forums.knowledge.differences.models import DifferenceAnswer, DifferenceKind
from forums.knowledge.results.access import access_to, figures_for
from forums.knowledge.statements.models import Statement

if TYPE_CHECKING:
    from accounts.models import Member


@transaction.atomic
def say_difference(
    *, member: "Member", topic: Topic, statement: Statement, kind: DifferenceKind
) -> DifferenceAnswer:
    """Say it, or say it otherwise than before; the same again changes nothing. `topic`: the statement's, its board loaded.

    Raises NotAllowed for who is on neither of the two sides, or TooFast.
    """
    one_at_a_time(member)
    refuse_silenced(member)
    hold_pace(member, "edits")
    access = access_to(topic, member)
    figures = figures_for(access)
    asked = asked_of(member, access, figures.of(statement.pk) if figures else None, statement)
    if asked is None:
        raise NotAllowed(
            _(
                "This is asked of those who answered the statement and count for one of the two networks "
                "farthest apart."
            )
        )
    if asked.said is kind:
        return DifferenceAnswer.objects.get(statement=statement, member=member)
    said, _made = DifferenceAnswer.objects.update_or_create(
        statement=statement,
        member=member,
        defaults={"kind": kind, "network_id": asked.network, "said_at": timezone.now()},
    )
    return said
