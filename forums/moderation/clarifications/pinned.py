"""What stands under a topic's text."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from accounts.references import MemberRef
from forums.discussions.topics.models import Topic
from forums.moderation.clarifications.models import Clarification, Named
from forums.text import dates
from forums.text.render import trusted

MOST = 10


@dataclass(frozen=True, slots=True)
class PinnedReply:
    """One reply, as the topic's page prints it."""

    pk: int
    author: MemberRef
    for_a_group: bool
    when: str
    iso: str
    html: SafeString


def pinned_in(topic: Topic) -> list[PinnedReply]:
    """The replies pinned in a topic, oldest first: no query where it has none."""
    if topic.clarified_at is None:
        return []
    rows = Clarification.objects.pinned().filter(topic=topic).select_related("member")[:MOST]
    return [_row(each) for each in rows]


def _row(each: Clarification) -> PinnedReply:
    at: Any = each.pinned_at
    return PinnedReply(
        pk=each.pk,
        author=MemberRef.of(
            each.member.display_name,
            each.member.handle,
            each.member.picture if each.member.is_active else None,
            is_staff=each.member.is_staff,
        ),
        for_a_group=each.named == Named.GROUP,
        when=dates.day(at),
        iso=at.isoformat(timespec="seconds"),
        html=trusted(each.body_html),
    )
