"""How a topic or a member stands, as far as it decides which acts are offered."""

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.moderation.sanctions.models import Sanction, SanctionKind
from forums.moderation.topics.models import Regrouping


def goes_on(topic: Topic) -> bool:
    """Neither archived nor merged into another."""
    return topic.archived_at is None and topic.merged_into_id is None


def was_regrouped(topic: Topic, *, merged: bool) -> bool:
    """Can its newest merge, or (not merged) split, still be undone?"""
    found = Regrouping.objects.undoable().filter(source=topic, base__isnull=not merged)
    return found.exists()


def is_warned(member: Member) -> bool:
    """Does a warning count still?"""
    return Sanction.objects.holding().filter(member=member, kind=SanctionKind.WARNING).exists()


def is_banned(member: Member) -> bool:
    """Is she kept out for good?"""
    held = Sanction.objects.holding().filter(member=member, kind=SanctionKind.BAN)
    return not member.is_active and held.exists()
