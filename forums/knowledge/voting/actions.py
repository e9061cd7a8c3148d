"""Every write to votes: open and close a round, vote, change a vote, choose for whom one counts."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.silence import refuse_silenced
from forums.base.constant_sql import select, write_each
from forums.base.errors import BadText, ForumError, NotAllowed
from forums.base.personal import Parting
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.topics.loading import TOPIC
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import roles_of
from forums.knowledge.statements.models import STATEMENT, Fate, Statement
from forums.knowledge.voting.models import BALLOT, ROUND, Answered, Ballot, Round, StatementVote
from forums.knowledge.voting.permissions import (
    can_open,
    can_vote,
    counts_for,
    is_open,
    networks_for,
)
from forums.notifications.telling import tell_here

if TYPE_CHECKING:
    from accounts.models import Member

SHORTEST, LONGEST = timedelta(days=1), timedelta(days=60)
AS_BEFORE = -1  # stands for the network a ballot names already
ENDING = 100  # rounds in one go


class RoundOver(ForumError):
    status = 409
    message = gettext_lazy("Voting on this topic is over. What you said until then counts.")


class NoNetworkChosen(ForumError):
    message = gettext_lazy("Choose first for which network your answers count.")


class NetworkLeft(ForumError):
    status = 409
    message = gettext_lazy(
        "You no longer speak for the network your answers count for. What you said until now stays as it is. "
        "To go on, say first for whom you answer."
    )


class NotAsked(ForumError):
    status = 409
    message = gettext_lazy("This statement is not put to the vote, or no longer.")


@transaction.atomic
def open_round(*, member: "Member", topic: Topic, lasts: timedelta) -> Round:
    """Open the next round; the one that is open is returned. Raises NotAllowed, BadText or TooFast."""
    one_at_a_time(member)
    topic = lock_topic(topic.pk)
    if not can_open(member, topic):
        raise NotAllowed
    if not SHORTEST <= lasts <= LONGEST:
        raise BadText(_("A round lasts from a day to sixty days."))
    if not Statement.objects.open().filter(topic=topic).exists():
        raise BadText(_("There is nothing to vote on yet: put a statement to the vote first."))
    now = timezone.now()
    newest = Round.objects.select_for_update().filter(topic=topic, closed_at=None).first()
    if newest:
        if is_open(newest, at=now):
            return newest
        _end(newest, at=newest.closes_at)
    hold_pace(member, "rounds")  # each is told to many
    last = Round.objects.filter(topic=topic).aggregate(last=Max("number"))["last"] or 0
    opened = Round.objects.create(
        topic=topic, number=last + 1, opened_at=now, opened_by=member, closes_at=now + lasts
    )
    data = {"topic": topic.pk, "round": opened.pk}
    tell_here("round-opened", key=f"round-{opened.pk}-opened", actor=member, data=data)
    return opened


@transaction.atomic
def close_round(*, member: "Member", round_: Round) -> Round:
    """Close it before its time. Raises NotAllowed."""
    topic = lock_topic(round_.topic_id)
    if not can_open(member, topic):
        raise NotAllowed
    round_ = Round.objects.select_for_update().get(pk=round_.pk)
    if round_.closed_at is None:
        _end(round_, at=min(timezone.now(), round_.closes_at))
    return round_


@transaction.atomic
def end_rounds(*, now: datetime) -> int:
    """Close the next rounds whose time is over; says how many."""
    over = Round.objects.select_for_update(skip_locked=True).filter(
        closed_at=None, closes_at__lte=now
    )
    some = list(over.order_by("closes_at", "pk")[:ENDING])
    for round_ in some:
        _end(round_, at=round_.closes_at)
    return len(some)


def _end(round_: Round, *, at: datetime) -> None:
    """Its row is locked. Who voted is told that it is over, and nothing of what came of it."""
    round_.closed_at = at
    round_.save(update_fields=["closed_at"])
    data = {"topic": round_.topic_id, "round": round_.pk}
    tell_here("round-closed", key=f"round-{round_.pk}-closed", data=data)


# Who closes the round waits for the votes on their way; votes do not wait for one another.
_SHARED = "SELECT 1 FROM forums_round WHERE id = %(round)s FOR SHARE"
# Asked with each answer. In a statement of its own: who waited for the round reads it as it is then.
_IN = f"""
    SELECT {ROUND.text}, {TOPIC.text} FROM forums_round r JOIN forums_topic t ON t.id = r.topic_id
    WHERE r.id = %(round)s
"""  # noqa: S608 - made of constants
_HERS = f"""
    SELECT {BALLOT.text} FROM forums_ballot b
    WHERE b.round_id = %(round)s AND b.member_id = %(member)s
"""  # noqa: S608 - made of constants
# What she said of it before comes along: nobody but her own next request, which waits its turn, could change that.
_LOCKED = f"""
    SELECT v.vote, v.important, {STATEMENT.text} FROM forums_statement s
        LEFT JOIN forums_statementvote v ON v.ballot_id = %(ballot)s AND v.statement_id = s.id
    WHERE s.id = %(statement)s FOR NO KEY UPDATE OF s
"""  # noqa: S608 - made of constants
# Under the statement's lock: what she says, and what is counted of it.
_ANSWER = """
    WITH said AS (
        INSERT INTO forums_statementvote (ballot_id, statement_id, vote, important, cast_at)
        VALUES (%(ballot)s, %(statement)s, %(vote)s, %(important)s, %(now)s)
        ON CONFLICT (ballot_id, statement_id) DO UPDATE
        SET vote = excluded.vote, important = excluded.important, cast_at = excluded.cast_at
    ), counted AS (
        UPDATE forums_statement
        SET answered = answered + %(more)s, voted_at = coalesce(voted_at, %(now)s)
        WHERE id = %(statement)s
    )
    UPDATE forums_ballot SET answered = answered + %(more)s, last_at = %(now)s WHERE id = %(ballot)s
"""


@transaction.atomic
def vote(
    *,
    member: "Member",
    round_: Round,
    statement: Statement,
    choice: Answered,
    important: bool = False,
    network_id: int | None = AS_BEFORE,
) -> Ballot:
    """Answer one statement, or answer it otherwise than before; the same twice is once.

    `network_id`: for whom she counts from now on, None for nobody. Raises RoundOver, NotAsked or NotAllowed.
    """
    now = timezone.now()
    round_, topic = _to_vote_in(member, round_, now)
    ballot = _ballot(member, topic, round_, network_id)
    locked = select(_LOCKED, ballot=ballot.pk, statement=statement.pk)
    if not locked:
        raise NotAsked
    before, statement = locked[0][:2], STATEMENT.made(locked[0][2:])
    if statement.topic_id != topic.pk or statement.fate is not Fate.OPEN:
        raise NotAsked
    if before == (choice, important):
        return ballot
    is_new = before[0] is None
    said = {
        "ballot": ballot.pk,
        "statement": statement.pk,
        "vote": int(choice),
        "important": important,
        "now": now,
        "more": int(is_new),
    }
    write_each(_ANSWER, [said])
    ballot.answered += is_new
    return ballot


@transaction.atomic
def choose_network(*, member: "Member", round_: Round, network_id: int | None) -> Ballot:
    """Say for whom she counts in this round, None for nobody; her answers stay. Raises RoundOver or NotAllowed."""
    round_, topic = _to_vote_in(member, round_, timezone.now())
    return _ballot(member, topic, round_, network_id)


def _to_vote_in(member: "Member", round_: Round, now: datetime) -> tuple[Round, Topic]:
    """The round as it is now, shared until the transaction ends, and its topic."""
    one_at_a_time(member)
    refuse_silenced(member)
    select(_SHARED, round=round_.pk)
    (row,) = select(_IN, round=round_.pk)
    round_, topic = ROUND.made(row[: len(ROUND)]), TOPIC.made(row[len(ROUND) :])
    round_.topic = topic
    if not can_vote(member, topic):
        raise NotAllowed
    if not is_open(round_, at=now):
        raise RoundOver
    return round_, topic


def _ballot(member: "Member", topic: Topic, round_: Round, network_id: int | None) -> Ballot:
    """Hers in this round, made with her first vote; for whom she counts as she said last."""
    found = select(_HERS, round=round_.pk, member=member.pk)
    ballot = BALLOT.made(found[0]) if found else None
    if ballot and network_id in (AS_BEFORE, ballot.network_id):
        if ballot.network_id is not None and ballot.network_id not in roles_of(member):
            raise NetworkLeft(way=(_("To my answers"), f"/t/{topic.pk}/common/vote/mine/"))
        if not ballot.counts and counts_for(member, ballot.network_id, round_):
            ballot.counts = True  # she was new when she began, and is known here now
            ballot.save(update_fields=["counts"])
        return ballot
    may = networks_for(member, topic)
    if network_id == AS_BEFORE:
        network_id = may[0] if len(may) == 1 else None
    elif network_id is not None and network_id not in may:
        raise NotAllowed(_("You are not in this network, or it does not take part in this topic."))
    counts = counts_for(member, network_id, round_)
    if ballot is None:
        return Ballot.objects.create(
            round=round_,
            member=member,
            network_id=network_id,
            counts=counts,
            first_at=timezone.now(),
        )
    ballot.network_id, ballot.counts = network_id, counts
    ballot.save(update_fields=["network", "counts"])
    return ballot


@transaction.atomic
def take_votes_back(parting: Parting) -> int | None:
    """Take the next ballots of who leaves out of the counts, votes and all."""
    some = list(Ballot.objects.filter(member=parting.member).order_by("pk")[: parting.size])
    last = some[-1].pk if some else None  # deleted, a row forgets its key
    for ballot in some:
        cast = StatementVote.objects.filter(ballot=ballot).order_by("statement_id")
        for statement in cast.values_list("statement_id", flat=True):
            Statement.objects.filter(pk=statement).update(answered=F("answered") - 1)
        ballot.delete()
    return last
