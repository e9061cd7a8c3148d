"""Every write to announcements: make one, take it back, announce a topic that was taken back."""

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import ForumError, NotAllowed, Stale
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.announcements.models import Announcement
from forums.discussions.boards.models import Board
from forums.discussions.openings.actions import start_topic
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic, TopicKind
from forums.groups.memberships.permissions import require_role
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.notifications.models import Telling
from forums.notifications.telling import tell_here
from forums.text import dates

if TYPE_CHECKING:
    from accounts.models import Member

KIND = "network-announced"
DELAY = timedelta(minutes=10)  # in which it can be taken back
MOST = 2  # of one network in WEEK
WEEK = timedelta(days=7)


class EnoughThisWeek(ForumError):
    """The network has announced as often as it may; `next_at` is when it may again."""

    status = 429

    def __init__(self, next_at: datetime) -> None:
        super().__init__(
            _(
                "A network announces at most %(most)d times in seven days. The next can go out from %(when)s on. "
                "Keep this one as a draft until then: nothing you wrote is lost."
            )
            % {"most": MOST, "when": dates.exactly(next_at)}
        )


def next_possible(network_id: int, now: datetime) -> datetime | None:
    """When the network may announce again; None: now."""
    lately = Announcement.objects.filter(
        network=network_id, taken_back_at=None, created_at__gt=now - WEEK
    )
    times = list(lately.order_by("-created_at").values_list("created_at", flat=True)[:MOST])
    return times[-1] + WEEK if len(times) == MOST else None


@transaction.atomic
def announce(
    *,
    coordinator: "Member",
    network: Network,
    board: Board,
    title: str,
    body: str,
    with_ai: bool = False,
    submission: uuid.UUID | None = None,
) -> Announcement:
    """Start a topic in a board of `network`, in its name, and tell its members of it, DELAY from now.

    Raises NotAllowed, BadText, TooFast, Stale or EnoughThisWeek; then nothing is written.
    """
    one_at_a_time(coordinator)
    network = lock_open(network.pk)
    require_role(coordinator, network)
    if board.network_id != network.pk:
        raise NotAllowed
    topic = start_topic(
        author=coordinator,
        board=board,
        kind=TopicKind.NEWS,
        title=title,
        body=body,
        with_ai=with_ai,
        submission=submission,
        speak_from=network.pk,
        in_name=True,
    )
    if topic.board.network_id != network.pk:  # that form started another topic, elsewhere
        raise Stale(_("This form has started a topic in another board. Please fill in a new one."))
    return _announce(coordinator, network, topic)


@transaction.atomic
def announce_again(*, coordinator: "Member", announcement: Announcement) -> Announcement:
    """Announce what was taken back, as its topic reads now. Raises NotAllowed, Stale, TooFast or EnoughThisWeek."""
    one_at_a_time(coordinator)
    network = lock_open(announcement.network_id)
    require_role(coordinator, network)
    topic = Topic.objects.listed().filter(pk=announcement.topic_id, board__network=network).first()
    if topic is None:
        raise Stale(_("This topic was hidden, deleted or moved, so it cannot be announced."))
    return _announce(coordinator, network, topic)


def _announce(coordinator: "Member", network: Network, topic: Topic) -> Announcement:
    """With the network's row locked. The same form sent twice is one."""
    if there := Announcement.objects.filter(topic=topic, taken_back_at=None).first():
        return there
    now = timezone.now()
    if next_at := next_possible(network.pk, now):
        raise EnoughThisWeek(next_at)
    # What is taken back leaves room in the week, but a row, and two lines of the network's chronicle.
    hold_pace(
        coordinator,
        "announcements",
        Announcement.objects.filter(announced_by=coordinator),
        everyone=True,
    )
    made = Announcement.objects.create(
        network=network,
        topic=topic,
        announced_by=coordinator,
        created_at=now,
        goes_out_at=now + DELAY,
    )
    record_event(network.pk, EventKind.ANNOUNCED, actor=coordinator, topic=topic)
    opening = Post.objects.get(topic=topic, number=0, reply_number=0)
    tell_here(
        KIND,
        key=f"watched-{topic.pk}",  # who watches is told of it already: one line says both
        actor=coordinator,
        data={"post": opening.pk, "announcement": made.pk},
        due_at=made.goes_out_at,
    )
    return made


@transaction.atomic
def take_back(*, coordinator: "Member", announcement: Announcement) -> None:
    """Tell nobody after all; the topic stays. Twice is once. Raises NotAllowed, or Stale once it has gone out."""
    network = lock_open(announcement.network_id)
    require_role(coordinator, network)
    announcement = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if announcement.taken_back_at is not None:
        return
    now = timezone.now()
    if announcement.goes_out_at <= now:
        raise Stale(_("This announcement has gone out already and cannot be taken back."))
    Telling.objects.filter(kind=KIND, data__announcement=announcement.pk).delete()
    Announcement.objects.filter(pk=announcement.pk).update(taken_back_at=now)
    record_event(
        network.pk, EventKind.UNANNOUNCED, actor=coordinator, topic_id=announcement.topic_id
    )
