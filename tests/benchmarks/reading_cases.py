"""Who has read much, and who in the same networks has read nothing: what being told of much costs."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership
from forums.notifications.inbox.rows import PAGE
from forums.notifications.models import Notification, Telling
from forums.reading.following.models import Follow, Level
from forums.reading.marks.lists import WALKED
from forums.reading.marks.models import ReaderState, ReadMark
from forums.tags.models import Tag

MARKS, FOLLOWED, OTHERS = 5_000, 200, 100  # topics read; topics followed; networks, boards and tags
TOLD, WATCHERS = 10_000, 1_000  # lines of notifications; members who watch one topic
UNREAD = 3  # every third topic has grown since

# What is measured for her and for her twin.
PAGES = {"home": "/", "unread": "/unread/", "notifications": "/notifications/"}

# The topics talked in last, as if all of it had been said in the last two weeks, in the same order.
_LATELY = """
    WITH near AS (SELECT id FROM forums_topic ORDER BY last_post_at DESC LIMIT %(topics)s),
        span AS (SELECT max(t.last_post_at) AS last, min(t.created_at) AS first
            FROM forums_topic t JOIN near ON near.id = t.id),
        moved AS (UPDATE forums_post p SET created_at = %(now)s - (span.last - p.created_at)
                * (extract(epoch FROM %(lately)s) / extract(epoch FROM span.last - span.first))
            FROM span WHERE p.topic_id IN (SELECT id FROM near) AND p.created_at <= span.last)
    UPDATE forums_topic t SET
        created_at = %(now)s - (span.last - t.created_at)
            * (extract(epoch FROM %(lately)s) / extract(epoch FROM span.last - span.first)),
        last_post_at = %(now)s - (span.last - t.last_post_at)
            * (extract(epoch FROM %(lately)s) / extract(epoch FROM span.last - span.first))
    FROM span WHERE t.id IN (SELECT id FROM near)
"""


def tell_lately() -> None:
    """Nobody waits for what was said years ago: as many topics as are looked through are of these two weeks."""
    lately = timedelta(days=13)
    with connection.cursor() as cursor:
        values = {"topics": WALKED, "now": timezone.now(), "lately": lately}
        cursor.execute(_LATELY, values)
        cursor.execute("VACUUM (ANALYZE) forums_topic, forums_post")


def has_read(member: Member) -> None:
    """She has marks in the topics talked in last, in some of them not at the end, and follows much: whatever she had
    before."""
    _forget([member])
    now = timezone.now()
    topics = list(Topic.objects.listed().order_by("-last_post_at")[:MARKS])
    ReadMark.objects.bulk_create(
        ReadMark(
            member=member,
            topic=topic,
            number=topic.last_number // 2 if n % UNREAD == 0 else topic.last_number,
            seen_at=topic.created_at if n % UNREAD == 0 else topic.last_post_at,
        )
        for n, topic in enumerate(topics)
        if n % 10  # and some of them she never opened
    )
    networks = Membership.objects.exclude(member=member).order_by("pk").values("network")
    follows = [Follow(member=member, topic=topic) for topic in topics[: FOLLOWED * 2 : 2]]
    follows += [
        Follow(member=member, network_id=pk)
        for pk in networks.values_list("network", flat=True).distinct().order_by()[: OTHERS // 2]
    ]
    follows += [Follow(member=member, tag=tag) for tag in Tag.objects.order_by("pk")[: OTHERS // 2]]
    for follow in follows:
        follow.level = Level.TRACKING
    Follow.objects.bulk_create(follows)
    ReaderState.objects.create(member=member, here_at=now, before_at=now - timedelta(days=3))
    was_told(member, TOLD)


def was_told(member: Member, lines: int) -> None:
    """She has so many notifications, the newest fifty unread: each of another post."""
    newest = Post.objects.for_list(None).order_by("-pk").values_list("pk", "author")[:lines]
    now = timezone.now()
    Notification.objects.bulk_create(
        Notification(
            member=member,
            kind="replied",
            key=f"replied-{post}",
            things=[post],
            people=[author],
            newest_at=now - timedelta(minutes=n),
            read_at=now if n >= 2 * PAGE else None,
        )
        for n, (post, author) in enumerate(newest)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) forums_notification")


def watched(topic: Topic) -> Topic:
    """The topic, now watched by a thousand members."""
    watchers = Member.objects.filter(handle__startswith="load").order_by("pk")[:WATCHERS]
    Follow.objects.bulk_create(
        Follow(member=each, topic=topic, level=Level.WATCHING) for each in watchers
    )
    return topic


def twin_of(member: Member) -> Member:
    """Somebody in the same networks who has read nothing; what a run that was stopped has left is taken away."""
    for left in Member.objects.filter(handle="benchmark"):
        tidy(member, left)
    twin = Member.objects.create_user("benchmark", "benchmark@example.org")
    Membership.objects.bulk_create(
        Membership(member=twin, network_id=place.network_id, role=place.role)
        for place in Membership.objects.filter(member=member)
    )
    ReaderState.objects.create(member=twin, here_at=timezone.now())
    was_told(twin, 2 * PAGE)
    return twin


def tidy(member: Member, twin: Member) -> None:
    """Take all of it away."""
    Follow.objects.filter(level=Level.WATCHING, member__handle__startswith="load").delete()
    Telling.objects.all().delete()
    _forget([member, twin])
    Membership.objects.filter(member=twin).delete()
    twin.delete()


def _forget(members: list[Member]) -> None:
    for model in (ReadMark, ReaderState, Follow, Notification):
        model._default_manager.filter(member__in=members).delete()
