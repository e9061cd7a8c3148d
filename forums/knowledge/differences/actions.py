"""A member says what kind of difference it is; what is told of it moves five people at a time."""

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.silence import refuse_silenced
from forums.base.errors import NotAllowed
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.topics.models import Topic
from forums.knowledge.differences.asking import asked_of
from forums.knowledge.differences.models import (
    DifferenceAnswer,
    DifferenceKind,
    PublishedDifference,
)
from forums.knowledge.results.access import access_to, figures_for
from forums.knowledge.results.told import ToldVotes
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
    tell_difference(statement=statement)
    return said


_CODES = {str(kind): code for code, kind in enumerate(DifferenceKind, start=1)}
_KINDS = {code: kind for kind, code in _CODES.items()}


@transaction.atomic
def tell_difference(*, statement: Statement) -> None:
    """Tell anew what each network says, where at least five of its people say otherwise than was told last, or no more."""
    PublishedDifference.objects.get_or_create(statement=statement)
    row = PublishedDifference.objects.select_for_update().get(statement=statement)
    # Who is suspended or banned says nothing as long as she is, as in `results.ballots`.
    answers = DifferenceAnswer.objects.filter(statement=statement, member__is_active=True)
    now = {
        (network, answer): bytes([_CODES[kind]])
        for answer, network, kind in answers.values_list("pk", "network", "kind")
    }
    before = ToldVotes.from_json(row.course) if row.course else ToldVotes()
    told = before.moved(ToldVotes((statement.pk,), now))
    if told.rows == before.rows:
        return
    people: dict[int, Counter[str]] = {}
    for (network, _answer), (code,) in told.rows.items():
        people.setdefault(network, Counter())[_KINDS[code]] += 1
    row.people, row.course = people, told.to_json()
    row.save(update_fields=["people", "course"])
