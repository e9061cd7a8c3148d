"""Who may write to whom. Never says to the one why the other cannot be reached."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.known import blocked_by
from accounts.trust import rights_of
from forums.groups.memberships.models import Membership, Role, coordinated_by, roles_of
from forums.groups.networks.models import Audience
from forums.reading.following.models import Block
from forums.reading.messages.models import Message, MessageChoice, Takes

if TYPE_CHECKING:
    from accounts.models import Member

TAKE_BACK = timedelta(minutes=15)


def in_my_networks(member: "Member", people: Collection[int]) -> set[int]:
    """Those of `people` (ids) who are in a network of `member`'s, as far as she may know it.

    Where a network shows its members to its coordinators alone, only these are known to be in it.
    """
    known = (
        ~Q(network__members_shown_to=Audience.COORDINATORS)
        | Q(role=Role.COORDINATOR)
        | Q(network__in=coordinated_by(member))
    )
    there = Membership.objects.filter(known, network__in=list(roles_of(member)), member__in=people)
    return set(there.values_list("member_id", flat=True))


def can_begin_with_anyone(member: "Member") -> bool:
    """Whom the house knows writes to everyone, a newcomer only to those in her networks."""
    return rights_of(member).writes_to_anyone


def unreached(member: "Member", people: Collection["Member"]) -> list["Member"]:
    """Those of `people` with whom `member` exchanges no messages now.

    One of the two is suspended, blocked the other, or takes no messages from her: who takes none cannot write
    any either, for no answer would come.
    """
    ids = [each.pk for each in people]
    blocking = Block.objects.filter(person=member, member__in=ids)
    deaf = set(blocking.values_list("member_id", flat=True)) | blocked_by(member)
    chosen = MessageChoice.objects.filter(member__in=[member.pk, *ids])
    takes = dict(chosen.values_list("member_id", "takes"))
    near: set[int] | None = None  # asked where somebody's choice depends on it
    if Takes.NETWORKS in takes.values():
        near = in_my_networks(member, ids)
    return [
        each
        for each in people
        if not each.is_active
        or each.pk in deaf
        or Takes.NOBODY in (mine := (takes.get(member.pk), takes.get(each.pk)))
        or (Takes.NETWORKS in mine and each.pk not in (near or ()))
    ]


def can_take_back(member: "Member", message: Message, now: datetime) -> bool:
    """Her own, for a quarter of an hour: what was sent to the wrong people, or too soon."""
    own = message.writer_id == member.pk and message.taken_back_at is None
    return own and message.created_at > now - TAKE_BACK
