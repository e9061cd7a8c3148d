"""`manage.py recount`: how many polls each topic shows, and what the ballots of open ones say together; and what lets
networks be merged."""

from django.db import connection, transaction
from django.utils import timezone

from forums.discussions.polls.counting import count_shown
from forums.discussions.polls.models import Poll, PollBallot
from forums.discussions.polls.tallies import counted
from forums.discussions.topics.models import Topic


@transaction.atomic
def repair_poll_counts(*, after: int, size: int) -> tuple[int | None, list[tuple[Topic, int]]]:
    """Count those of the next `size` topics; the id to go on after, and the wrong ones with what they said."""
    topics = Topic.objects.select_for_update().filter(pk__gt=after).order_by("pk")
    ids = list(topics.values_list("pk", flat=True)[:size])
    return (ids[-1] if ids else None), count_shown(ids)


@transaction.atomic
def repair_polls(*, after: int, size: int) -> tuple[int | None, list[Poll]]:
    """Correct the tallies of the next `size` open polls; returns where to go on, and those that were wrong.

    Of one that has closed the figures are its result: the ballots of who left since are no more, and still count.
    """
    found = Poll.objects.select_for_update().filter(
        pk__gt=after, closed_at=None, closes_at__gt=timezone.now()
    )
    rows = list(found.order_by("pk")[:size])
    wrong = []
    for poll in rows:
        marks = list(PollBallot.objects.filter(poll=poll).values_list("marks", flat=True))
        tally = counted(poll.kind, marks)
        if (poll.voters, _plain(poll.tally)) != (len(marks), _plain(tally)):
            poll.voters, poll.tally = len(marks), tally
            Poll.objects.filter(pk=poll.pk).update(tally=tally, voters=len(marks))
            wrong.append(poll)
    return (rows[-1].pk if rows else None), wrong


def _plain(tally: list[int]) -> list[int]:
    """Nothing counted yet, and counted to nothing, are the same."""
    return tally if any(tally) else []


def let_polls_follow() -> None:
    """Until this transaction ends, polls that were answered may ask another network in place of one: when two are merged, or
    that is undone. Else the trigger on their table lets nobody change whom they ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('forums.networks_merge', 'on', true)")
