"""What waits to be looked at: in a topic, for a member; and who is reminded of it."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.models import Member, TrustLevel
from forums.base.keyset import NUMBER, Keyset, Page
from forums.discussions.boards.models import Access
from forums.discussions.topics.models import TOPIC_SHOWN, Topic
from forums.groups.memberships.permissions import moderator_ids
from forums.knowledge.statements.models import Statement
from forums.knowledge.statements.permissions import can_look

SIZE = 20
LONG = timedelta(days=1)  # what waits longer is reminded of, each day
TOO_LONG = timedelta(days=3)  # from then on every steward is
MOST = 200  # topics looked through
_OLDEST_FIRST = Keyset({"id": NUMBER})


def waiting_in(topic: Topic, query: Any) -> Page[Statement]:
    """Those of a topic nobody has looked at, the oldest first."""
    found = Statement.objects.waiting().filter(topic=topic).for_list()
    return _OLDEST_FIRST.page(found, query, size=SIZE)


class LongWait(NamedTuple):
    """A topic, and how many of its statements have waited long."""

    topic: Topic
    statements: int


def waits_for(member: Any) -> list[LongWait]:
    """What has waited long for somebody like `member`, the topic that waits longest first; not what she wrote herself."""
    counts = _waiting_since(timezone.now() - LONG, without=member.pk)
    topics = Topic.objects.visible_to(member).select_related("board").in_bulk(list(counts))
    found = [LongWait(topics[pk], count) for pk, count in counts.items() if pk in topics]
    return [each for each in found if can_look(member, each.topic)]


def who_is_reminded(now: datetime) -> set[int]:
    """By id, for all that has waited long: who started the topic, and who keeps order where it stands; after three days
    also the site's moderators, and where everyone may read it each steward."""
    waiting = _waiting_since(now - LONG)
    too_long = _waiting_since(now - TOO_LONG)
    found: set[int] = set()
    others = Q(pk__in=())
    topics = Topic.objects.filter(
        TOPIC_SHOWN.q(), pk__in=list(waiting), archived_at=None, merged_into=None
    )
    for topic in topics.select_related("board", "author"):
        if topic.author.trust_level >= TrustLevel.REGULAR:
            found.add(topic.author_id)
        keepers = moderator_ids(topic.board.network_id) if topic.board.network_id else []
        found.update(keepers)
        if not keepers or topic.pk in too_long:
            others |= Q(is_staff=True)
        if topic.pk in too_long and topic.board.read_level == Access.EVERYONE:
            others |= Q(trust_level__gte=TrustLevel.STEWARD)
    active = Member.objects.filter(Q(pk__in=found) | others, is_active=True)
    return set(active.values_list("pk", flat=True))


def _waiting_since(since: datetime, *, without: int | None = None) -> dict[int, int]:
    """How many wait in each topic since then, the topic that waits longest first."""
    rows = Statement.objects.waiting().filter(created_at__lte=since)
    if without is not None:
        rows = rows.exclude(author=without)
    counted = rows.order_by().values("topic").annotate(count=Count("pk"), first=Min("pk"))
    return dict(counted.order_by("first").values_list("topic", "count")[:MOST])
