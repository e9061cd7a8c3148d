"""Who is told that a poll closes soon, or has closed."""

from collections.abc import Sequence

from forums.discussions.polls.models import Poll, PollBallot, PollNetwork
from forums.groups.memberships.models import Membership
from forums.notifications.models import Telling
from forums.notifications.registry import Share
from forums.reading.following.levels import BATCH, members_at, who_hear
from forums.reading.following.models import Level


def not_answered(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """The next of those who follow its topic, are asked, and have not answered."""
    poll = _standing(telling)
    if poll is None or poll.is_over:
        return [], None
    near = members_at(poll.topic_id, Level.TRACKING, writer=poll.author_id, after=telling.after)
    asked = set(near.members)
    networks = PollNetwork.objects.filter(poll=poll).values("network")
    if networks.exists():
        inside = Membership.objects.filter(network__in=networks, member__in=asked)
        asked = set(inside.values_list("member_id", flat=True))
    done = PollBallot.objects.filter(poll=poll, member__in=asked)
    asked -= set(done.values_list("member_id", flat=True))
    return _shares(telling, asked), near.after


def answered(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """The next of those who answered, and who asked: not who muted its topic, nor who blocked her."""
    poll = _standing(telling)
    if poll is None:
        return [], None
    ballots = PollBallot.objects.filter(poll=poll, member__gt=telling.after).order_by("member_id")
    found = list(ballots.values_list("member_id", flat=True)[:BATCH])
    until = found[-1] if len(found) == BATCH else None
    told = who_hear(poll.topic_id, found, writer=poll.author_id)
    if poll.author_id > telling.after and (until is None or poll.author_id <= until):
        told.add(poll.author_id)
    return _shares(telling, told), until


def _standing(telling: Telling) -> Poll | None:
    return Poll.objects.shown().filter(pk=telling.data["poll"]).first()


def _shares(telling: Telling, members: set[int]) -> list[Share]:
    return [Share(pk, telling.kind, telling.key) for pk in sorted(members)]
