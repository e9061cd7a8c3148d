"""Every change of who is in a network, and as what: joining, asking, answering, leaving, roles.

Each locks the network's row first (after the member's own lock), so that two at once happen one
after the other, and asks again under that lock for the role its actor has now.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import (
    AlreadyAnswered,
    AlreadyIn,
    BadText,
    LastCoordinator,
    NotAllowed,
    Stale,
)
from forums.base.limits import fitting_line
from forums.base.personal import Parting
from forums.base.rate_limits import one_at_a_time
from forums.groups.memberships.counters import admit, let_go
from forums.groups.memberships.lists import asks_again_from, was_removed
from forums.groups.memberships.models import (
    ANSWER_LENGTH,
    WORD_LENGTH,
    JoinRequest,
    Membership,
    Role,
    forget_roles,
)
from forums.groups.memberships.permissions import coordinator_ids, require_role
from forums.groups.networks.locks import lock_network, lock_open
from forums.groups.networks.models import EventKind, Joining, Network
from forums.groups.networks.recording import record_event
from forums.notifications.models import Email
from forums.notifications.outbox import write_emails
from forums.notifications.telling import tell, tell_here

if TYPE_CHECKING:
    from accounts.models import Member

_AN_HOUR = timedelta(hours=1)


def clean_answers(questions: Sequence[str], answers: Sequence[str]) -> list[str]:
    """One answer to each question, as stored. Raises BadText for a missing or too long one."""
    nothing = _("Please answer each question; a few words will do.")
    if len(answers) < len(questions):
        raise BadText(nothing)
    kept = answers[: len(questions)]
    return [fitting_line(answer, ANSWER_LENGTH, nothing=nothing) for answer in kept]


def clean_reason(reason: str) -> str:
    """Why somebody is removed. Raises BadText for none, or a too long one."""
    nothing = _("Please say why: she gets your reason by e-mail.")
    return fitting_line(reason, WORD_LENGTH, nothing=nothing)


# -- joining ------------------------------------------------------------------------------------


@transaction.atomic
def join(*, member: "Member", network: Network) -> Membership:
    """Put `member` into an open network; one who is in stays as she is. Raises NotAllowed."""
    one_at_a_time(member)
    network = lock_open(network.pk)
    if found := Membership.objects.filter(network=network, member=member).first():
        return found
    if network.joining != Joining.OPEN or not member.is_active:
        raise NotAllowed
    if was_removed(member.pk, network.pk):
        raise NotAllowed(_("You were removed from this network: please ask to join."))
    return take_in(network, member, by="open")


def take_in(
    network: Network, member: "Member", *, by: str, actor: "Member | None" = None
) -> Membership:
    """Put `member`, who is not in, into `network` (locked), and settle what she asked for."""
    membership = admit(network, member)
    asked = JoinRequest.objects.filter(network=network, member=member, decided_at=None)
    asked.update(decided_at=timezone.now(), accepted=True, decided_by=actor)
    record_event(
        network.pk, EventKind.JOINED, actor=actor or member, member=member, details={"by": by}
    )
    return membership


@transaction.atomic
def ask_to_join(
    *,
    member: "Member",
    network: Network,
    answers: Sequence[str] = (),
    seen: Sequence[str] | None = None,
) -> JoinRequest:
    """Ask to be let in; asked twice, the first request stands.

    `seen` are the questions she was shown. Raises NotAllowed, AlreadyIn, BadText, or Stale when the
    questions were changed while she answered.
    """
    one_at_a_time(member)
    network = lock_open(network.pk)
    if Membership.objects.filter(network=network, member=member).exists():
        raise AlreadyIn
    mine = JoinRequest.objects.filter(network=network, member=member)
    if waiting := mine.filter(decided_at=None).first():
        return waiting
    by_request = network.joining == Joining.REQUEST or (
        network.joining == Joining.OPEN and was_removed(member.pk, network.pk)
    )
    if not by_request or not member.is_active or asks_again_from(member.pk, network.pk):
        raise NotAllowed
    if seen is not None and list(seen) != network.questions:
        raise Stale(_("The network has changed its questions just now. Please answer these."))
    request = JoinRequest.objects.create(
        network=network,
        member=member,
        questions=network.questions,
        answers=clean_answers(network.questions, answers),
        created_at=timezone.now(),
    )
    record_event(network.pk, EventKind.ASKED, actor=member, member=member)
    _tell_coordinators(network, request)
    return request


def _tell_coordinators(network: Network, request: JoinRequest) -> None:
    """At most one email an hour, which says how many wait when it is sent. The network is locked."""
    coordinators = coordinator_ids(network.pk)
    tell_here(
        "join_asked",
        key=f"join-asked-{network.pk}",
        members=coordinators,
        actor=request.member,
        data={"network": network.pk},
    )
    letters = Email.objects.filter(key__startswith=f"join-asked-{network.pk}-")
    if letters.filter(sent_at=None, dropped_at=None).exists():
        return
    last = letters.aggregate(last=Max("sent_at"))["last"]
    now = timezone.now()
    due: datetime = max(now, last + _AN_HOUR) if last else now
    write_emails(
        "join_asked",
        key=f"join-asked-{network.pk}-{request.pk}",
        members=coordinators,
        data={"network": network.pk},
        due_at=due,
    )


@transaction.atomic
def take_request_back(*, member: "Member", network: Network) -> bool:
    """Take back what one asked and nobody has answered; False where there is nothing to take back."""
    lock_network(network.pk)
    waiting = JoinRequest.objects.filter(network=network.pk, member=member, decided_at=None)
    return bool(waiting.delete()[0])


@transaction.atomic
def answer_request(
    *, coordinator: "Member", request: JoinRequest, accept: bool, word: str = ""
) -> JoinRequest:
    """Let somebody in, or decline, with a word to her if one wishes.

    Raises NotAllowed, BadText, or AlreadyAnswered when another coordinator was quicker.
    """
    word = fitting_line(word, WORD_LENGTH)
    one_at_a_time(request.member)  # her other networks are counted along
    network = lock_open(request.network_id)
    require_role(coordinator, network)
    waiting = JoinRequest.objects.select_for_update(of=("self",)).select_related("member")
    found = waiting.filter(pk=request.pk, network=network, decided_at=None).first()
    if found is None:
        raise AlreadyAnswered
    if accept and not found.member.is_active:
        raise NotAllowed(_("This member is suspended and cannot join now."))
    found.decided_at, found.decided_by, found.accepted = timezone.now(), coordinator, accept
    found.answer = word
    found.save(update_fields=["decided_at", "decided_by", "accepted", "answer"])
    if accept:
        take_in(network, found.member, by="request", actor=coordinator)
    else:
        record_event(network.pk, EventKind.DECLINED, actor=coordinator, member=found.member)
    tell(
        "join_answered",
        key=f"join-answered-{found.pk}",
        members=[found.member_id],
        data={"request": found.pk, "join_request": found.pk, "network": network.pk},
    )
    return found


# -- leaving ------------------------------------------------------------------------------------


@transaction.atomic
def leave(*, member: "Member", network: Network) -> bool:
    """Go out of a network; False for one who is not in. Raises LastCoordinator."""
    one_at_a_time(member)
    network = lock_network(network.pk)
    membership = _membership(network, member.pk)
    if membership is None:
        return False
    _refuse_last(network, membership)
    membership.member = member
    let_go(membership)
    record_event(network.pk, EventKind.LEFT, actor=member, member=member)
    return True


def part(parting: Parting) -> int | None:
    """Take who leaves the site out of her networks, also of one that has no other coordinator: moderators see to it."""
    hers = Membership.objects.filter(member=parting.member).order_by("network")
    if (membership := hers.first()) is None:
        return None
    membership.network, membership.member = lock_network(membership.network_id), parting.member
    let_go(membership)
    record_event(membership.network_id, EventKind.LEFT, actor=parting.member, member=parting.member)
    return parting.after


@transaction.atomic
def remove(*, coordinator: "Member", network: Network, member: "Member", reason: str) -> bool:
    """Take somebody out of the network, with a reason she gets; False for one who is not in.

    Links she made are revoked: none of them must let her in again. Raises NotAllowed or BadText.
    """
    reason = clean_reason(reason)
    one_at_a_time(member)
    network = lock_open(network.pk)
    require_role(coordinator, network)
    if member.pk == coordinator.pk:
        raise NotAllowed(_("To go yourself, leave the network."))
    membership = _membership(network, member.pk)
    if membership is None:
        return False
    membership.member = member
    let_go(membership)
    now = timezone.now()
    links = network.invitations.filter(created_by=member, revoked_at=None)
    links.update(revoked_at=now, revoked_by=coordinator)
    line = record_event(
        network.pk,
        EventKind.REMOVED,
        actor=coordinator,
        member=member,
        details={"reason": reason, "was": membership.role},
    )
    tell(
        "member_removed",
        key=f"member-removed-{line.pk}",
        members=[member.pk],
        data={"network": network.pk, "reason": reason},
    )
    return True


@transaction.atomic
def give_role(
    *, coordinator: "Member", network: Network, member: "Member", role: str
) -> Membership:
    """Give a member of the network another role. Raises NotAllowed or LastCoordinator."""
    network = lock_open(network.pk)
    require_role(coordinator, network)
    membership = _membership(network, member.pk)
    if membership is None or role not in Role.values or not member.is_active:
        raise NotAllowed
    if membership.role == role:
        return membership
    _refuse_last(network, membership)
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    forget_roles(member, coordinator)
    record_event(
        network.pk,
        EventKind.ROLE,
        actor=coordinator,
        member=member,
        details={"from": before, "to": role},
    )
    if member.pk != coordinator.pk:
        tell(
            "role_given",
            key=f"role-given-{network.pk}-{role}",
            members=[member.pk],
            data={"network": network.pk, "role": role},
            daily=True,
        )
    return membership


def _membership(network: Network, member_id: int) -> Membership | None:
    found = Membership.objects.filter(network=network, member=member_id).first()
    if found is not None:
        found.network = network
    return found


def _refuse_last(network: Network, membership: Membership) -> None:
    """Raise LastCoordinator for the only one of a living network (locked)."""
    if membership.role != Role.COORDINATOR or network.archived_at is not None:
        return
    others = Membership.objects.filter(network=network, role=Role.COORDINATOR)
    if not others.exclude(pk=membership.pk).exists():
        raise LastCoordinator
