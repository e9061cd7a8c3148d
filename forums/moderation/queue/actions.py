"""Every write to cases: one is opened, weighed, taken, given back, answered, ended."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import AlreadyDecided, BadText, NotAllowed
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import forget_roles
from forums.groups.memberships.permissions import moderator_ids
from forums.moderation.parties import refuse_party
from forums.moderation.permissions import can_moderate
from forums.moderation.queue.models import WAITING, Case, CaseState, place
from forums.moderation.queue.permissions import can_look_into
from forums.moderation.queue.registry import answers_to, case_kinds, kind_of, network_of
from forums.moderation.subjects import Subject, subject_at, subject_kinds
from forums.notifications.outbox import write_emails
from forums.notifications.telling import tell

if TYPE_CHECKING:
    from forums.moderation.grounds import Grounds
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
    made = _new(kind, subject, timezone.now(), weight, at_once=at_once, due_at=due_at)
    while True:
        # One that ends between the two statements leaves room for a new one.
        Case.objects.bulk_create([made], ignore_conflicts=True)
        there = Case.objects.select_for_update(of=("self",), no_key=True)
        found = there.filter(
            kind=kind, subject=subject.kind, key=subject.key, ended_at=None
        ).first()
        if found is None:
            continue
        if found.network_id != made.network_id:  # what it is about has gone elsewhere
            found.network_id = made.network_id
            found.save(update_fields=["network"])
        return found


def _new(
    kind: str,
    subject: Subject,
    since: datetime,
    weight: float = 0,
    *,
    at_once: bool = False,
    due_at: datetime | None = None,
) -> Case:
    return Case(
        kind=kind,
        subject=subject.kind,
        key=subject.key,
        network_id=network_of(kind, subject),
        about_id=subject.owner_id,
        weight=weight,
        at_once=at_once,
        due_at=due_at,
        opened_at=since,
        ranked_at=place(since, weight=weight, at_once=at_once, due_at=due_at),
    )


@transaction.atomic
def follow(
    *,
    kind: str,
    subject: Subject,
    waits: bool,
    since: datetime | None = None,
    moderator: Member | None = None,
    refused: bool = False,
) -> None:
    """Let a case stand for as long as something waits in a table of another noun, whose rows are locked.

    It waits for nobody, so that it may be called with the thing locked: a case that somebody decides about at this moment
    is left to her, or to `look_again`.
    """
    if waits:
        Case.objects.bulk_create(
            [_new(kind, subject, since or timezone.now())], ignore_conflicts=True
        )
        return
    here = Case.objects.filter(kind=kind, subject=subject.kind, key=subject.key)
    for case in _free(here):
        _end(case, moderator, refused=refused)


@transaction.atomic
def look_again() -> None:
    """Open and end what should follow a table of another noun and does not: what waited before there were cases, what
    changed while its case was held."""
    for name, kind in case_kinds().items():
        if kind.waiting is None:
            continue
        waiting = {(each.kind, each.key): (each, since) for each, since in kind.waiting()}
        there = {
            (case.subject, case.key): case.pk for case in Case.objects.filter(kind=name).waiting()
        }
        for named, (subject, since) in waiting.items():
            if named not in there:
                follow(kind=name, subject=subject, waits=True, since=since)
        over = [pk for named, pk in there.items() if named not in waiting]
        for case in _free(Case.objects.filter(pk__in=over)):
            _end(case, None)


def _free(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those that wait and that nobody holds, locked."""
    rows = cases.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return rows.filter(ended_at=None).order_by("pk")


@transaction.atomic
def go_along(*, topics: Collection[int]) -> None:
    """These topics (locked) stand in another board now, or what stood in them: what waits about it waits for the moderators
    there. A case that somebody holds stays where it is; `_refuse_elsewhere` asks where its thing stands."""
    for topic in Topic.objects.filter(pk__in=topics).select_related("board"):
        for name, kind in subject_kinds().items():
            if kind.in_topics is None:
                continue
            keys = kind.in_topics([topic.pk]).annotate(text=Cast("pk", TextField()))
            there = Case.objects.filter(subject=name, key__in=keys.values("text"))
            moved = _free(
                there.exclude(kind__in=[each for each, of in case_kinds().items() if of.site_only])
            )
            ids = list(moved.values_list("pk", flat=True))
            Case.objects.filter(pk__in=ids).update(network=topic.board.network_id)


@transaction.atomic
def weigh(*, case: Case, weight: float, at_once: bool) -> Case:
    """Give a case that waits another weight, and so another place."""
    case = _locked(case)
    case.weight, case.at_once = weight, at_once
    case.ranked_at = place(case.opened_at, weight=weight, at_once=at_once, due_at=case.due_at)
    case.save(update_fields=["weight", "at_once", "ranked_at"])
    return case


@transaction.atomic
def take(*, moderator: Member, case: Case) -> bool:
    """Say that one looks into a case; False where it has ended, or another has it. Raises NotAllowed."""
    case = _looked_into(moderator, case)
    _refuse_elsewhere(moderator, case, subject_at(case.subject, case.key, moderator))
    if case.state != CaseState.OPEN:
        return case.state == CaseState.TAKEN and case.taken_by_id == moderator.pk
    case.state, case.taken_by, case.taken_at = CaseState.TAKEN, moderator, timezone.now()
    case.save(update_fields=["state", "taken_by", "taken_at"])
    return True


@transaction.atomic
def give_back(*, moderator: Member, case: Case) -> bool:
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
def answer_case(
    *,
    moderator: Member,
    case: Case,
    answer: str,
    grounds: "Grounds",
    more: Mapping[str, Any] | None = None,
) -> "Decision | None":
    """Decide: do what one of its kind's answers does, and end the case with it. Of two who answer at once the second is
    told so.

    Raises NotAllowed, AlreadyDecided, BadText (no such answer, no reason), and what the answer's act raises.
    """
    case = _looked_into(moderator, case)
    if case.state not in WAITING:
        raise AlreadyDecided
    _refuse_others(moderator, case)
    subject = subject_at(case.subject, case.key, moderator)
    _refuse_elsewhere(moderator, case, subject)
    if subject is not None:
        refuse_party(moderator, subject.thing)
    chosen = answers_to(case, subject, moderator).get(answer)
    if chosen is None:
        raise BadText(_("Please choose what is to be done."))
    decision = chosen.act(moderator, case, grounds, more or {})
    if chosen.ends and end_case(
        case=case, moderator=moderator, decision=decision, refused=chosen.refused, answer=answer
    ):
        return decision
    # The act itself may have ended it, with the last of what waited.
    by_act = Case.objects.filter(pk=case.pk, ended_at__isnull=False)
    by_act.update(state=_over(chosen.refused), ended_by=moderator, decision=decision, answer=answer)
    return decision


@transaction.atomic
def end_case(
    *,
    case: Case,
    moderator: Member | None,
    decision: "Decision | None" = None,
    refused: bool = False,
    answer: str = "",
) -> bool:
    """End a case, by somebody or (None) by a rule; False where it has ended. What follows is its kind's, which reads from
    the case how it ended (`state`, `answer`).

    Raises NotAllowed for who may not look into it, or where another took it.
    """
    if moderator is not None:
        case = _looked_into(moderator, case)
        _refuse_others(moderator, case)
    else:
        case = _locked(case)
    if case.state not in WAITING:
        return False
    _end(case, moderator, decision, refused=refused, answer=answer)
    return True


def _end(
    case: Case,
    moderator: Member | None,
    decision: "Decision | None" = None,
    *,
    refused: bool = False,
    answer: str = "",
) -> None:
    """End a case, whose row is locked."""
    case.state = _over(refused)
    case.ended_at, case.ended_by, case.decision = timezone.now(), moderator, decision
    case.answer = answer
    case.save(update_fields=["state", "ended_at", "ended_by", "decision", "answer"])
    if (ended := kind_of(case).ended) is not None:
        ended(case, decision)


def _over(refused: bool) -> CaseState:
    return CaseState.REFUSED if refused else CaseState.DECIDED


OVERDUE = timedelta(hours=24)  # moderators are written to about what waits longer
_AT_ONCE = 200  # cases in one letter


@transaction.atomic
def write_of_overdue(now: datetime) -> int:
    """One letter to each of the site's moderators about what has waited a day and was not written of before, and to each
    of a network's about what waits there; how many cases that are."""
    late = Case.objects.filter(ended_at=None, written_at=None, opened_at__lt=now - OVERDUE)
    rows = late.order_by("opened_at", "id").select_for_update(of=("self",), skip_locked=True)
    found = list(rows.values_list("pk", flat=True)[:_AT_ONCE])
    if not found:
        return 0
    Case.objects.filter(pk__in=found).update(written_at=now)
    moderators = Member.objects.filter(is_staff=True, is_active=True).order_by("pk")
    write_emails(
        "cases_wait",
        key=f"cases-wait-{found[0]}-{found[-1]}",
        members=moderators.values_list("pk", flat=True),
        data={"cases": found},
    )
    theirs: dict[int, list[int]] = {}
    there = Case.objects.filter(pk__in=found, network__isnull=False).order_by("pk")
    for network_id, pk in there.values_list("network", "pk"):
        theirs.setdefault(network_id or 0, []).append(pk)
    for network_id, cases in theirs.items():
        tell(
            "cases_wait_in",
            key=f"cases-wait-in-{network_id}-{cases[0]}-{cases[-1]}",
            members=moderator_ids(network_id),
            data={"network": network_id, "cases": cases},
        )
    return len(found)


def _refuse_others(moderator: Member, case: Case) -> None:
    if case.state == CaseState.TAKEN and case.taken_by_id != moderator.pk:
        raise NotAllowed(_("Somebody else looks into this."))


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)


def _looked_into(moderator: Member, case: Case) -> Case:
    case = _locked(case)
    forget_roles(moderator)
    if not can_look_into(moderator, case):
        raise NotAllowed
    return case


def _refuse_elsewhere(moderator: Member, case: Case, subject: Subject | None) -> None:
    """A network's moderators decide about what stands in its boards now."""
    if can_moderate(moderator):
        return
    if subject is None or subject.network_id != case.network_id:
        raise NotAllowed(_("It no longer stands in your network's boards."))
