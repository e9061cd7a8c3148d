"""Every write to cases: one is opened, weighed, taken, given back, ended."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import NotAllowed
from forums.groups.memberships.models import forget_roles
from forums.moderation.queue.models import WAITING, Case, CaseState, place
from forums.moderation.queue.permissions import can_look_into
from forums.moderation.queue.registry import kind_of
from forums.moderation.subjects import Subject

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.moderation.models import Decision


@transaction.atomic
def open_case(
    *,
    kind: str,
    subject: Subject,
    weight: float = 0,
    at_once: bool = False,
    due_at: datetime | None = None,
) -> Case:
    """The open case of this kind about the thing, locked; made where there is none.

    Two at once make one: the second waits for the first, and gets its row. One that is there keeps its weight:
    `weigh` changes it.
    """
    now = timezone.now()
    made = Case(
        kind=kind,
        subject=subject.kind,
        key=subject.key,
        network_id=subject.network_id,
        about_id=subject.owner_id,
        weight=weight,
        at_once=at_once,
        due_at=due_at,
        opened_at=now,
        ranked_at=place(now, weight=weight, at_once=at_once, due_at=due_at),
    )
    while True:
        # One that ends between the two statements leaves room for a new one.
        Case.objects.bulk_create([made], ignore_conflicts=True)
        there = Case.objects.select_for_update(of=("self",), no_key=True)
        found = there.filter(
            kind=kind, subject=subject.kind, key=subject.key, ended_at=None
        ).first()
        if found is not None:
            return found


@transaction.atomic
def weigh(*, case: Case, weight: float, at_once: bool) -> Case:
    """Give a case that waits another weight, and so another place."""
    case = _locked(case)
    case.weight, case.at_once = weight, at_once
    case.ranked_at = place(case.opened_at, weight=weight, at_once=at_once, due_at=case.due_at)
    case.save(update_fields=["weight", "at_once", "ranked_at"])
    return case


@transaction.atomic
def take(*, moderator: "Member", case: Case) -> bool:
    """Say that one looks into a case; False where it has ended, or another has it. Raises NotAllowed."""
    case = _looked_into(moderator, case)
    if case.state != CaseState.OPEN:
        return case.state == CaseState.TAKEN and case.taken_by_id == moderator.pk
    case.state, case.taken_by, case.taken_at = CaseState.TAKEN, moderator, timezone.now()
    case.save(update_fields=["state", "taken_by", "taken_at"])
    return True


@transaction.atomic
def give_back(*, moderator: "Member", case: Case) -> bool:
    """Let others have a case one took; moderators of the site also what another took. Raises NotAllowed."""
    case = _looked_into(moderator, case)
    if case.state != CaseState.TAKEN:
        return False
    if case.taken_by_id != moderator.pk and not moderator.is_staff:
        raise NotAllowed(_("Somebody else looks into this."))
    case.state, case.taken_by, case.taken_at = CaseState.OPEN, None, None
    case.save(update_fields=["state", "taken_by", "taken_at"])
    return True


@transaction.atomic
def end_case(
    *,
    case: Case,
    moderator: "Member | None",
    decision: "Decision | None" = None,
    refused: bool = False,
) -> bool:
    """End a case, by somebody or (None) by a rule; False where it has ended. What follows is its kind's.

    Raises NotAllowed for who may not look into it, or where another took it.
    """
    if moderator is not None:
        case = _looked_into(moderator, case)
        if case.state == CaseState.TAKEN and case.taken_by_id != moderator.pk:
            raise NotAllowed(_("Somebody else looks into this."))
    else:
        case = _locked(case)
    if case.state not in WAITING:
        return False
    case.state = CaseState.REFUSED if refused else CaseState.DECIDED
    case.ended_at, case.ended_by, case.decision = timezone.now(), moderator, decision
    case.save(update_fields=["state", "ended_at", "ended_by", "decision"])
    if (ended := kind_of(case).ended) is not None:
        ended(case, decision)
    return True


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)


def _looked_into(moderator: "Member", case: Case) -> Case:
    case = _locked(case)
    forget_roles(moderator)
    if not can_look_into(moderator, case):
        raise NotAllowed
    return case
