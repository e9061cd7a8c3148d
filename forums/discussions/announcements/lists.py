"""A network's announcements, as far as a reader may read their topics. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from forums.base.keyset import NUMBER, Keyset, Page
from forums.discussions.announcements.models import Announcement
from forums.discussions.topics.models import TOPIC_FOR_LIST, topic_url
from forums.groups.networks.models import Network

SIZE = 20
_NEWEST = Keyset({"pk": NUMBER}, falling=True, onward="before")


@dataclass(frozen=True, slots=True)
class AnnouncementRow:
    """One announcement, its topic and how it stands."""

    pk: int
    title: str
    url: str
    board: str
    at: datetime  # when it goes out, or went
    by: str
    replies: int
    waits: bool  # it can still be taken back
    taken_back: bool


def announcements(
    network: Network, reader: Any, query: Any, *, all_of_them: bool
) -> Page[AnnouncementRow]:
    """The newest first; with `all_of_them`, for its coordinators, also what was taken back."""
    found = Announcement.objects.filter(TOPIC_FOR_LIST.q(reader, "topic__"), network=network)
    if not all_of_them:
        found = found.filter(taken_back_at=None)
    found = found.select_related("topic__board", "announced_by").defer("topic__contents")
    page = _NEWEST.page(found, query, size=SIZE)
    now = timezone.now()
    return page.with_rows([_row(each, now) for each in page.rows])


def _row(each: Announcement, now: datetime) -> AnnouncementRow:
    taken_back = each.taken_back_at is not None
    return AnnouncementRow(
        pk=each.pk,
        title=each.topic.title,
        url=topic_url(each.topic_id, each.topic.slug),
        board=each.topic.board.name,
        at=each.goes_out_at,
        by=str(each.announced_by),
        replies=each.topic.reply_count,
        waits=not taken_back and each.goes_out_at > now,
        taken_back=taken_back,
    )
