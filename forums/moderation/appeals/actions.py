"""Every write to appeals: one is made, answered, or settled because its decision was undone."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed, Stale
from forums.base.limits import fitting_line
from forums.moderation.appeals.locks import lock_thing
from forums.moderation.appeals.models import WORDS_LENGTH, Appeal, AppealOutcome
from forums.moderation.appeals.permissions import (
    can_answer_appeal,
    can_appeal,
    can_read_reasons,
)
from forums.moderation.grounds import Grounds, clean_reason
from forums.moderation.models import TRAITS, Act, Decision
from forums.moderation.permissions import can_moderate
from forums.moderation.queue.actions import end_case, open_case
from forums.moderation.queue.models import Case
from forums.moderation.registry import undoing_of
from forums.moderation.statements.reasons import loaded
from forums.moderation.subjects import Subject
from forums.notifications.telling import tell

CASE = "appeal"
EMPTIED = "–"  # in the place of the words of who has left
ABOUT = "decision"  # the kind of subject of its cases
_PARTS = (
    "version",
    "view",
    "picture",
    "line",
    "message",
    "statement",
    "poll",
    "meaning",
    "restatement",
    "portrayal",
)  # of what a decision is about, in `details`


@transaction.atomic
def appeal(*, member: Member, decision: Decision, words: str) -> Appeal:
    """Ask that somebody else looks again. The same words twice are one appeal.

    Raises NotAllowed, BadText; Stale where it is too late, was asked before, or was taken back meanwhile.
    """
    nothing = _("Say what was judged wrongly, in a few words.")
    words = fitting_line(words, WORDS_LENGTH, nothing=nothing)
    lock_thing(decision, member)
    found = loaded(decision.pk)
    if found is None or not can_read_reasons(member.pk, found):
        raise NotAllowed
    if (before := Appeal.objects.filter(decision=found).first()) is not None:
        if before.member_id == member.pk and before.words == words:
            return before
        raise Stale(_("It was asked already that somebody looks again: that is done once."))
    if was_undone(found):
        raise Stale(_("This was taken back meanwhile, so there is nothing left to look at again."))
    if not can_appeal(member.pk, found, timezone.now()):
        raise Stale(_("It is too late to ask for this, or it is nothing that is looked at again."))
    made = Appeal.objects.create(
        decision=found, member=member, words=words, created_at=timezone.now()
    )
    open_case(kind=CASE, subject=subject_of(found, member.pk), weight=1)
    return made


def subject_of(decision: Decision, asked_by: int | None) -> Subject:
    """The decision as what a case is about; the site's moderators look at it, whoever decided first."""
    return Subject(
        kind=ABOUT,
        key=str(decision.pk),
        title=decision.get_act_display(),
        url=f"/admin/forums/decision/{decision.pk}/change/",
        words=decision.reason,
        owner_id=asked_by,
        network_id=None,
        thing=decision,
    )


@transaction.atomic
def uphold(*, moderator: Member, appeal: Appeal, reason: str) -> Appeal:
    """Leave it as it was decided, and say why. One that is answered stays as it is."""
    reason = clean_reason(reason)
    found = _answerable(moderator, appeal)
    if found.answered_at is None:
        _end(found, AppealOutcome.UPHELD, moderator, reason)
    return found


@transaction.atomic
def overturn(*, moderator: Member, appeal: Appeal, reason: str) -> Appeal:
    """Take the decision back, by the act that undoes it where there is one. One that is answered stays as it is.

    What it is about is locked first, then the appeal: as by whoever undoes it otherwise.
    """
    reason = clean_reason(reason)
    decision = loaded(appeal.decision_id)
    if decision is None or not can_moderate(moderator):
        raise NotAllowed
    lock_thing(decision, moderator)
    found = _answerable(moderator, appeal)
    if found.answered_at is not None:
        return found
    _end(found, AppealOutcome.OVERTURNED, moderator, reason)
    undo = undoing_of(decision)
    if undo is not None and not was_undone(decision):
        found.undone_by = undo(decision, moderator, Grounds(reason, decision.rule))
        found.save(update_fields=["undone_by"])
    return found


@transaction.atomic
def settle_undone(*, decision: Decision) -> None:
    """Answer what was asked about what this decision (its thing is locked) takes back."""
    traits = TRAITS[Act(decision.act)]
    undone = [act for act in (traits.undoes, traits.undoes_too) if act is not None]
    if not undone:
        return
    same = {f"decision__{decision.about}": getattr(decision, f"{decision.about}_id")}
    asked = Appeal.objects.filter(
        answered_at=None, decision__act__in=undone, decision__pk__lt=decision.pk, **same
    )
    rows = asked.select_for_update(of=("self",), no_key=True).select_related("decision")
    for found in rows.order_by("pk"):
        if _is_about_same(found.decision, decision):
            found.undone_by = decision
            _end(found, AppealOutcome.UNDONE, None, "")
            end_case_of(found, decision)


@transaction.atomic
def empty_words(*, member: Member) -> None:
    """Take out what a member who leaves has said; what was decided stays."""
    Appeal.objects.filter(member=member).exclude(words=EMPTIED).update(words=EMPTIED)


def end_case_of(appeal: Appeal, decision: Decision) -> None:
    """What waits about an answered appeal waits no more. Whoever looks at it just now ends it herself."""
    case = (
        Case.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        .filter(kind=CASE, subject=ABOUT, key=str(appeal.decision_id), ended_at=None)
        .first()
    )
    if case is not None:
        end_case(case=case, moderator=None, decision=decision)


def was_undone(decision: Decision) -> bool:
    """Has somebody taken this back since?"""
    acts = [
        act for act, traits in TRAITS.items() if decision.act in (traits.undoes, traits.undoes_too)
    ]
    same = {decision.about: getattr(decision, f"{decision.about}_id")}
    later = Decision.objects.filter(act__in=acts, pk__gt=decision.pk, **same)
    return any(_is_about_same(decision, each) for each in later)


def _is_about_same(decision: Decision, other: Decision) -> bool:
    """Of one text several versions may be closed, and of one topic several networks' views, and several pictures
    taken out; passages that were hidden one
    after the other are shown by themselves."""
    if other.details.get("only", decision.pk) != decision.pk:
        return False
    return all(decision.details.get(key) == other.details.get(key) for key in _PARTS)


def _answerable(moderator: Member, appeal: Appeal) -> Appeal:
    rows = Appeal.objects.select_for_update(of=("self",), no_key=True).select_related("decision")
    found = rows.get(pk=appeal.pk)
    if not can_answer_appeal(moderator, found):
        raise NotAllowed(_("Somebody else than who decided first looks at this again."))
    return found


def _end(appeal: Appeal, outcome: AppealOutcome, moderator: Member | None, answer: str) -> None:
    if appeal.answered_at is not None:
        raise BadText
    appeal.outcome, appeal.answer = outcome, answer
    appeal.answered_by, appeal.answered_at = moderator, timezone.now()
    appeal.save(update_fields=["outcome", "answer", "answered_by", "answered_at", "undone_by"])
    tell(
        "appeal_answered",
        key=f"appeal-{appeal.pk}",
        members=[appeal.member_id],
        data={"appeal_of": appeal.decision_id},
    )
