"""Every write to polls: ask, answer, take an answer back, close, take the poll back.

Lock order: the member, the topic, the poll.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.silence import refuse_silenced
from forums.base.errors import BadText, ForumError, NotAllowed
from forums.base.limits import fitting, fitting_line
from forums.base.personal import Farewell, Parting
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.base.sent_twice import lately
from forums.discussions.polls import options as typed
from forums.discussions.polls.counting import count_shown
from forums.discussions.polls.marking import refuse_unfit
from forums.discussions.polls.models import (
    ABOUT_LENGTH,
    EMPTIED,
    QUESTION_LENGTH,
    Poll,
    PollBallot,
    PollKind,
    PollNetwork,
    Shown,
)
from forums.discussions.polls.outcomes import told_now
from forums.discussions.polls.permissions import can_answer, can_ask, can_close, can_take_back
from forums.discussions.polls.reach import may_be_asked
from forums.discussions.polls.tallies import moved
from forums.discussions.standpoints.choosing import settle
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import is_kept
from forums.groups.memberships.models import forget_roles
from forums.notifications.telling import tell_here
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member

SHORTEST, LONGEST = timedelta(hours=1), timedelta(days=90)
MOST_ASKING = 5  # in one topic at once
CLOSED, CLOSING = "poll-closed", "poll-closing"


class PollOver(ForumError):
    status = 409
    message = gettext_lazy("This poll has closed. What was answered until then counts.")


class EnoughPolls(ForumError):
    status = 409


@transaction.atomic
def ask(
    *,
    author: "Member",
    topic: Topic,
    kind: str,
    question: str,
    options: str | Sequence[str],
    closes_at: datetime,
    shown: str = Shown.ALWAYS,
    names_shown: bool = False,
    about: str = "",
    least: int = 1,
    most: int = 1,
    networks: Sequence[int] = (),
    speak_from: int | None = None,
    in_name: bool = False,
) -> Poll:
    """Ask a question in a topic; the same sent twice is one. `options`: one a line.

    `networks`: whose members it asks, none for all who read the topic. Raises BadText, NotAllowed, TooFast or EnoughPolls.
    """
    question = fitting_line(question, QUESTION_LENGTH, nothing=_("Please write what you ask."))
    about = fitting(clean_text(about).strip(), ABOUT_LENGTH)
    lines = typed.cleaned(kind, options)
    if kind != PollKind.SEVERAL:
        least = most = 1
    elif not 1 <= least <= most <= len(lines):
        raise BadText(
            _("Say how many one may choose: at least one, and no more than there are options.")
        )
    one_at_a_time(author)
    refuse_silenced(author)
    topic = lock_topic(topic.pk)
    looked = published(author, question, about, *lines, topic=topic)
    question, about, *lines = looked.texts
    hers = Poll.objects.filter(author=author)
    same = hers.filter(topic=topic, kind=kind, question=question, options=lines, withdrawn_at=None)
    if there := lately(same).first():
        return there
    hold_pace(author, "polls", hers)
    forget_roles(author)
    if not can_ask(author, topic):
        raise NotAllowed
    now = timezone.now()
    if not SHORTEST <= closes_at - now <= LONGEST:
        raise BadText(_("A poll is open for an hour at least, and ninety days at most."))
    if Poll.objects.asking().filter(topic=topic).count() >= MOST_ASKING:
        raise EnoughPolls(
            _("%(most)d polls are open in this topic. Wait until one of them has closed.")
            % {"most": MOST_ASKING}
        )
    if not set(networks) <= {each.pk for each in may_be_asked(author, topic)}:
        raise BadText(_("One of these networks takes no part in this topic, or no longer."))
    network_id = settle(topic.pk, author, speak_from=speak_from, in_name=in_name)
    poll = Poll.objects.create(
        topic=topic,
        kind=kind,
        question=question,
        about=about,
        options=lines,
        least=least,
        most=most,
        shown=shown,
        names_shown=names_shown,
        author=author,
        network_id=network_id,
        in_name=in_name and network_id is not None,
        created_at=now,
        closes_at=closes_at,
    )
    PollNetwork.objects.bulk_create(
        PollNetwork(poll=poll, network_id=pk) for pk in sorted(set(networks))
    )
    count_shown([topic.pk])
    looked.of("poll", poll)
    return poll


@transaction.atomic
def answer(*, member: "Member", poll: Poll, marks: Sequence[int]) -> PollBallot:
    """Answer, or answer otherwise than before; the same twice is once. Raises PollOver, NotAllowed or BadText."""
    one_at_a_time(member)
    refuse_silenced(member)
    poll = _locked(poll)
    asked = list(PollNetwork.objects.filter(poll=poll).values_list("network_id", flat=True))
    forget_roles(member)
    if not can_answer(member, poll, asked):
        raise NotAllowed(_not_asked(asked))
    if poll.is_over:
        raise PollOver
    refuse_unfit(poll, marks)
    before = PollBallot.objects.filter(poll=poll, member=member).first()
    if before is None:
        ballot = PollBallot.objects.create(poll=poll, member=member, marks=list(marks))
    elif before.marks == list(marks):
        return before
    else:
        ballot = before
        PollBallot.objects.filter(pk=before.pk).update(marks=list(marks), cast_at=timezone.now())
    _count(poll, before=before.marks if before else None, after=marks)
    ballot.marks = list(marks)
    return ballot


def _not_asked(asked: Sequence[int]) -> str:
    if asked:
        return _("This poll asks the members of certain networks; you are in none of them.")
    return _("You cannot answer this poll just now.")


@transaction.atomic
def take_answer_back(*, member: "Member", poll: Poll) -> None:
    """Her answer counts no more, until the poll closes; twice is once. Raises PollOver or NotAllowed."""
    one_at_a_time(member)
    poll = _locked(poll)
    ballot = PollBallot.objects.filter(poll=poll, member=member).first()
    if ballot is None:
        return
    if is_kept(poll.topic):
        raise NotAllowed(_not_asked(()))
    if poll.is_over:
        raise PollOver
    _count(poll, before=ballot.marks, after=None)
    ballot.delete()


def _count(poll: Poll, *, before: Sequence[int] | None, after: Sequence[int] | None) -> None:
    """Under the poll's lock."""
    tally = moved(poll.kind, poll.tally, before=before, after=after)
    voters = poll.voters + (before is None) - (after is None)
    Poll.objects.filter(pk=poll.pk).update(
        tally=tally,
        voters=voters,
        voted_at=poll.voted_at or timezone.now(),
        **told_now(poll, tally, voters),
    )


def _locked(poll: Poll) -> Poll:
    """The poll as it is now, its row locked, with its topic and board. Two statements: one that waits sees other tables as
    they were before."""
    found = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    found.topic = Topic.objects.select_related("board").get(pk=found.topic_id)
    return found


@transaction.atomic
def close(*, member: "Member", poll: Poll) -> None:
    """Who asked closes it before its time, for good; twice is once. Raises NotAllowed."""
    poll = _locked(poll)
    if poll.closed_at is not None:
        return
    if not can_close(member, poll):
        raise NotAllowed
    _closed(poll, at=min(timezone.now(), poll.closes_at), by=member)


@transaction.atomic
def close_early(*, poll: Poll, by: "Member") -> bool:
    """Close another's before its time: what moderators decide (`moderation.polls`). Was it open?"""
    poll = _locked(poll)
    if poll.is_over:
        return False
    _closed(poll, at=min(timezone.now(), poll.closes_at), by=by)
    return True


@transaction.atomic
def close_in_time(*, poll: Poll) -> None:
    """Its time is over: remember it, and tell those who answered. Called by what is scheduled."""
    poll = _locked(poll)
    if poll.closed_at is None and poll.is_over:
        _closed(poll, at=poll.closes_at, by=None)


def _closed(poll: Poll, *, at: datetime, by: "Member | None") -> None:
    Poll.objects.filter(pk=poll.pk).update(closed_at=at, closed_by=by)
    tell_here(CLOSED, key=f"{CLOSED}-{poll.pk}", actor=by, data={"poll": poll.pk})


@transaction.atomic
def remind(*, poll: Poll) -> None:
    """A day before it closes, once: to who follows the topic, is asked, and has not answered."""
    poll = _locked(poll)
    if poll.reminded_at is None and not poll.is_over:
        Poll.objects.filter(pk=poll.pk).update(reminded_at=timezone.now())
        tell_here(CLOSING, key=f"{CLOSING}-{poll.pk}", data={"poll": poll.pk})


@transaction.atomic
def take_back(*, member: "Member", poll: Poll) -> None:
    """Who asked takes it back, until somebody has answered; twice is once. Raises NotAllowed."""
    lock_topic(poll.topic_id)
    poll = _locked(poll)
    if poll.author_id == member.pk and poll.withdrawn_at is not None:
        return
    if not can_take_back(member, poll):
        raise NotAllowed(_("Somebody has answered it, so it stays. You can close it."))
    Poll.objects.filter(pk=poll.pk).update(withdrawn_at=timezone.now())
    count_shown([poll.topic_id])


@transaction.atomic
def set_hidden(*, poll: Poll, on: bool) -> bool:
    """Hide it, or show it again: what moderators decide (`moderation.withdrawing`). Was it not so before?"""
    lock_topic(poll.topic_id)
    poll = _locked(poll)
    if (poll.hidden_at is not None) == on:
        return False
    Poll.objects.filter(pk=poll.pk).update(hidden_at=timezone.now() if on else None)
    count_shown([poll.topic_id])
    return True


# -- With its topic ---------------------------------------------------------------------------------


@transaction.atomic
def move_along(*, source: Topic, target: Topic) -> None:
    """A topic (both locked) is merged into another: its polls stand there now, and remember from where they came."""
    for poll in Poll.objects.select_for_update().filter(topic=source).order_by("pk"):
        _move(poll, target.pk, [*poll.came_through, source.pk])
    count_shown([source.pk, target.pk])


@transaction.atomic
def move_back(*, source: Topic, target: Topic) -> None:
    """The merge is undone: what came from `source` last goes back."""
    there = Poll.objects.select_for_update().filter(
        topic=target, came_through__contains=[source.pk]
    )
    for poll in there.order_by("pk"):
        if poll.came_through[-1] == source.pk:
            _move(poll, source.pk, poll.came_through[:-1])
    count_shown([source.pk, target.pk])


def _move(poll: Poll, topic_id: int, through: list[int]) -> None:
    Poll.objects.filter(pk=poll.pk).update(topic=topic_id, came_through=through)


# -- When somebody leaves ---------------------------------------------------------------------------


def take_answers_back(parting: Parting) -> int | None:
    """Delete her next ballots. Where a poll is open it counts them no more; of one that has closed the figures stay, or
    whoever compares them would read her answer in the difference."""
    hers = PollBallot.objects.filter(member=parting.member).order_by("poll_id")
    some = list(hers[: parting.size])
    for ballot in some:
        poll = _locked(Poll(pk=ballot.poll_id))
        if not poll.is_over:
            _count(poll, before=ballot.marks, after=None)
        PollBallot.objects.filter(pk=ballot.pk).delete()
    return parting.after if some else None


def empty_polls(parting: Parting) -> int | None:
    """Where she wants it, the next polls of who leaves lose their words and stand nowhere; what a network asks is not hers."""
    if parting.choice != Farewell.EMPTIED:
        return None
    hers = Poll.objects.filter(author=parting.member, in_name=False, pk__gt=parting.after)
    some = list(hers.order_by("pk")[: parting.size])
    for poll in some:
        lock_topic(poll.topic_id)
        poll = _locked(poll)
        Poll.objects.filter(pk=poll.pk).update(
            question=EMPTIED,
            about="",
            options=[EMPTIED] * len(poll.options),
            withdrawn_at=poll.withdrawn_at or timezone.now(),
        )
        count_shown([poll.topic_id])
    return some[-1].pk if some else None
