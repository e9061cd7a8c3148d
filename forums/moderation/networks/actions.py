"""Every decision about a network but merging two: its state, its boards, its history, the log, the emails.

As in `moderation.actions`: each takes `moderator` and `reason`, returns the Decision it wrote, changes
nothing (and returns None) when the state is already so, and raises NotAllowed or BadText.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.caches import forget_at_once
from forums.base.errors import BadText
from forums.discussions.boards.levels import settle_levels
from forums.groups.memberships.counters import admit
from forums.groups.memberships.models import JoinRequest, Membership, Role, forget_roles
from forums.groups.memberships.permissions import coordinator_ids
from forums.groups.networks.locks import lock_network
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.groups.profiles.actions import register_network
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.moderation.actions import asked
from forums.moderation.grounds import Grounds, refuse_undoing
from forums.moderation.models import Act, Decision
from forums.moderation.parties import refuse_party
from forums.moderation.queue.actions import follow
from forums.moderation.registry import decided
from forums.moderation.subjects import of_network
from forums.notifications.telling import tell as tell_members


def decide(
    act: Act,
    *,
    moderator: Member,
    reason: str,
    network: Network,
    tell: Iterable[int] = (),
    told: Iterable[int] = (),
    **details: Any,
) -> Decision:
    """Write the decision down, and letters about it to the network's coordinators and to `tell`.

    Whoever was `told` already, by the answer to what she asked for, gets no second letter.
    """
    forget_at_once()
    grounds = Grounds.of(reason)
    decision = Decision.objects.create(
        moderator=moderator,
        act=act,
        reason=reason,
        rule=grounds.rule,
        until=grounds.until,
        network=network,
        details=details,
    )
    decided(decision)
    readers = {*coordinator_ids(network.pk), *tell} - {moderator.pk, *told}
    tell_members(
        "network_decided",
        key=f"decision-{decision.pk}",
        members=sorted(readers),
        data={"decision": decision.pk, "network": network.pk, "other": details.get("into")},
    )
    return decision


@transaction.atomic
def register(
    *, moderator: Member, member: Member, name: str, aim: str, kind: str, reason: str
) -> Network:
    """Register a network for `member`, who becomes its first coordinator, and return it.

    Raises BadText (a name that is taken, nothing to read, a suspended coordinator) or NotAllowed.
    """
    reason = asked(moderator, reason)
    _refuse_suspended(member)
    network = register_network(founder=member, name=name, aim=aim, kind=kind)
    decide(Act.REGISTER, moderator=moderator, reason=reason, network=network)
    return network


# -- states -------------------------------------------------------------------------------------


@transaction.atomic
def verify(*, moderator: Member, network: Network, reason: str) -> Decision | None:
    """The moderators know that this network is who it says it is: others than who coordinates it."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    refuse_party(moderator, network)
    _refuse_merged(network)
    told = _answer_staff_requests(network, StaffRequestKind.VERIFY, moderator, reason)
    if network.verified_at is not None:
        return None
    _set(network, verified_at=timezone.now())
    record_event(network.pk, EventKind.VERIFIED, actor=moderator)
    return decide(Act.VERIFY, moderator=moderator, reason=reason, network=network, told=told)


@transaction.atomic
def unverify(*, moderator: Member, network: Network, reason: str) -> Decision | None:
    """Take that back."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    if network.verified_at is None:
        return None
    _set(network, verified_at=None)
    record_event(network.pk, EventKind.UNVERIFIED, actor=moderator)
    return decide(Act.UNVERIFY, moderator=moderator, reason=reason, network=network)


@transaction.atomic
def feature(*, moderator: Member, network: Network, reason: str) -> Decision | None:
    """Show a network at the head of the directory. Only an open one, and nobody her own."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    refuse_party(moderator, network)
    if network.featured_at is not None:
        return None
    if not network.is_open:
        raise BadText(_("This network is archived or hidden, so it cannot be featured."))
    _set(network, featured_at=timezone.now())
    return decide(Act.FEATURE, moderator=moderator, reason=reason, network=network)


@transaction.atomic
def unfeature(*, moderator: Member, network: Network, reason: str) -> Decision | None:
    """Let it stand among the others again."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    if network.featured_at is None:
        return None
    _set(network, featured_at=None)
    return decide(Act.UNFEATURE, moderator=moderator, reason=reason, network=network)


@transaction.atomic
def archive(*, moderator: Member, network: Network, reason: str) -> Decision | None:
    """Close a network that has come to its end: its page and its boards stay, to be read."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    if network.archived_at is not None:
        return None
    _set(network, archived_at=timezone.now(), featured_at=None)
    settle_levels(network)
    record_event(network.pk, EventKind.ARCHIVED, actor=moderator)
    return decide(Act.ARCHIVE, moderator=moderator, reason=reason, network=network)


@transaction.atomic
def reopen(*, moderator: Member, network: Network, member: Member, reason: str) -> Decision | None:
    """Let an archived network live again, with `member` as a coordinator."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    _refuse_merged(network)
    if network.archived_at is None:
        return None
    refuse_undoing(Act.REOPEN, moderator, network)
    _set(network, archived_at=None)
    settle_levels(network)
    make_coordinator(network, member, by=moderator)
    record_event(network.pk, EventKind.REOPENED, actor=moderator, member=member)
    return decide(Act.REOPEN, moderator=moderator, reason=reason, network=network, member=member.pk)


@transaction.atomic
def hide(*, moderator: Member, network: Network, reason: str) -> Decision | None:
    """Take a network and its boards out of everyone's sight but the moderators'."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    if network.hidden_at is not None:
        return None
    _set(network, hidden_at=timezone.now(), featured_at=None)
    settle_levels(network)
    return decide(Act.HIDE, moderator=moderator, reason=reason, network=network)


@transaction.atomic
def unhide(*, moderator: Member, network: Network, reason: str) -> Decision | None:
    """Put it back, its boards as open as they were."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    if network.hidden_at is None:
        return None
    refuse_undoing(Act.UNHIDE, moderator, network)
    _set(network, hidden_at=None)
    settle_levels(network)
    return decide(Act.UNHIDE, moderator=moderator, reason=reason, network=network)


@transaction.atomic
def hand_over(
    *, moderator: Member, network: Network, member: Member, reason: str
) -> Decision | None:
    """Make `member` (of the network or not) a coordinator of a network that has gone quiet."""
    reason = asked(moderator, reason)
    network = lock_network(network.pk)
    if not network.is_open:
        raise BadText(_("This network is archived or hidden. Open it again first."))
    changed = make_coordinator(network, member, by=moderator)
    told = _answer_staff_requests(
        network, StaffRequestKind.TAKE_OVER, moderator, reason, member=member
    )
    if not changed:
        return None
    record_event(network.pk, EventKind.TAKEN_OVER, actor=moderator, member=member)
    return decide(
        Act.HAND_OVER,
        moderator=moderator,
        reason=reason,
        network=network,
        told=told,
        member=member.pk,
    )


def make_coordinator(network: Network, member: Member, *, by: Member) -> bool:
    """Give `member` the role, in the network (its row is locked) already or not; False: had it before.

    Whoever had asked to join is in. Raises BadText for a suspended member.
    """
    _refuse_suspended(member)
    found = Membership.objects.filter(network=network.pk, member=member.pk).first()
    if found is None:
        admit(network, member, role=Role.COORDINATOR)
    elif found.role == Role.COORDINATOR:
        return False
    else:
        Membership.objects.filter(pk=found.pk).update(role=Role.COORDINATOR)
        forget_roles(member)
    JoinRequest.objects.filter(network=network.pk, member=member.pk, decided_at=None).update(
        decided_at=timezone.now(), decided_by=by, accepted=True
    )
    return True


# -- what members ask for ------------------------------------------------------------------------


@transaction.atomic
def grant_verification(
    *, moderator: Member, staff_request: StaffRequest, reason: str
) -> Decision | None:
    """Verify the network, as `staff_request` asks. Raises BadText for a request of another kind."""
    _check_kind(staff_request, StaffRequestKind.VERIFY)
    lock_network(staff_request.network_id)
    if _waiting(staff_request) is None:
        return None
    return verify(moderator=moderator, network=staff_request.network, reason=reason)


@transaction.atomic
def grant_take_over(
    *, moderator: Member, staff_request: StaffRequest, reason: str
) -> Decision | None:
    """Make whoever asks to take the network over its coordinator. Raises BadText for another kind."""
    _check_kind(staff_request, StaffRequestKind.TAKE_OVER)
    lock_network(staff_request.network_id)
    if _waiting(staff_request) is None:
        return None
    refuse_party(moderator, staff_request.member)
    return hand_over(
        moderator=moderator,
        network=staff_request.network,
        member=staff_request.member,
        reason=reason,
    )


@transaction.atomic
def refuse(*, moderator: Member, staff_request: StaffRequest, reason: str) -> Decision | None:
    """Say no to a request, and why."""
    reason = asked(moderator, reason)
    network = lock_network(staff_request.network_id)
    waiting = _waiting(staff_request)
    if waiting is None:
        return None
    _answer(waiting, moderator, reason, granted=False)
    return Decision.objects.create(
        moderator=moderator,
        act=Act.REFUSE,
        reason=reason,
        network=network,
        details={"plea": staff_request.pk, "kind": staff_request.kind},
    )


def close_staff_requests(network: Network, moderator: Member, answer: str) -> None:
    """Refuse what still waits about a network (locked) that is no more."""
    for staff_request in StaffRequest.objects.filter(network=network.pk, decided_at=None).order_by(
        "pk"
    ):
        _answer(staff_request, moderator, answer, granted=False)


def _waiting(staff_request: StaffRequest) -> StaffRequest | None:
    """The request as it is now (its network is locked), None for one that is answered."""
    return (
        StaffRequest.objects.select_for_update(of=("self",))
        .filter(pk=staff_request.pk, decided_at=None)
        .first()
    )


def _check_kind(staff_request: StaffRequest, kind: StaffRequestKind) -> None:
    if staff_request.kind != kind:
        raise BadText(_("One of these requests asks for something else."))


def _answer_staff_requests(
    network: Network, kind: StaffRequestKind, moderator: Member, answer: str, *, member: Any = None
) -> list[int]:
    """Grant what waits of this kind (by `member`); returns whom that writes to."""
    waiting = StaffRequest.objects.filter(network=network.pk, kind=kind, decided_at=None)
    if member is not None:
        waiting = waiting.filter(member=member.pk)
    granted = list(waiting.order_by("pk"))
    for staff_request in granted:
        _answer(staff_request, moderator, answer, granted=True)
    return [staff_request.member_id for staff_request in granted]


def _answer(staff_request: StaffRequest, moderator: Member, answer: str, *, granted: bool) -> None:
    StaffRequest.objects.filter(pk=staff_request.pk).update(
        decided_at=timezone.now(), decided_by=moderator, granted=granted, answer=answer
    )
    tell_members(
        "plea_answered",
        key=f"plea-{staff_request.pk}",
        members=[staff_request.member_id],
        data={"plea": staff_request.pk, "network": staff_request.network_id},
    )
    kind, network = staff_request.kind, staff_request.network
    left = StaffRequest.objects.filter(network=network, kind=kind, decided_at=None)
    if not left.exists():
        subject = of_network(network)
        follow(kind=kind, subject=subject, waits=False, moderator=moderator, refused=not granted)


# -- small things --------------------------------------------------------------------------------


def _set(network: Network, **columns: datetime | None) -> None:
    for column, value in columns.items():
        setattr(network, column, value)
    Network.objects.filter(pk=network.pk).update(**columns)


def _refuse_merged(network: Network) -> None:
    if network.merged_into_id is not None:
        raise BadText(_("This network was merged into another one, which goes on in its place."))


def _refuse_suspended(member: Member) -> None:
    if not Member.objects.filter(pk=member.pk, is_active=True).exists():
        raise BadText(_("This member is suspended and cannot coordinate a network."))
