"""Cases of what is asked again, what is told of the outcome, and that an undoing answers what was asked about it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.silence import stays_open
from forums.base.personal import Area, Basis, Leaves, Parting, Until, holds, moderated
from forums.moderation.appeals import actions
from forums.moderation.appeals.models import Appeal, AppealOutcome
from forums.moderation.appeals.permissions import can_answer_appeal
from forums.moderation.grounds import Grounds
from forums.moderation.kinds import CARE
from forums.moderation.letters import letter_path
from forums.moderation.models import Decision
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import CaseAnswer, Section, case_kind
from forums.moderation.registry import after_decided
from forums.moderation.subjects import Subject, subject_kind
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Sentence,
    email_kind,
    notification,
    thing,
    whole_address,
)
from forums.notifications.seen import Seen

RELATED = ("topic__board", "post__topic__board", "member", "network", "activity", "organisation")

stays_open("reasons", "reasons_by_letter")  # a silenced member may object


@after_decided
def undone(decision: Decision) -> None:
    """Whoever undoes a decision answers what was asked about it."""
    actions.settle_undone(decision=decision)


# -- what waits -----------------------------------------------------------------------------------


def _decisions(member: Any) -> QuerySet[Decision]:
    return Decision.objects.visible_to(member).select_related("appeal", *RELATED)


def _made(decision: Decision) -> Subject:
    asked = getattr(decision, "appeal", None)
    return actions.subject_of(decision, asked.member_id if asked else None)


subject_kind(actions.ABOUT, gettext_lazy("decision"), _decisions, _made)


def _uphold(moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]) -> None:
    actions.uphold(moderator=moderator, appeal=_appeal_of(case), reason=grounds)


def _overturn(
    moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    answered = actions.overturn(moderator=moderator, appeal=_appeal_of(case), reason=grounds)
    return answered.undone_by


def _appeal_of(case: Case) -> Appeal:
    return Appeal.objects.select_related("decision__rule").get(decision=int(case.key))


def _may(member: Any, case: Case) -> bool:
    return can_answer_appeal(member, _appeal_of(case))


def _answers(case: Case, subject: Subject | None) -> list[CaseAnswer]:
    stays = gettext_lazy("It stays as it was decided")
    back = gettext_lazy("Take the decision back")
    return [
        CaseAnswer("uphold", stays, _uphold, refused=True, may=_may, place=10),
        CaseAnswer("overturn", back, _overturn, may=_may, place=20),
    ]


def _shown(case: Case) -> list[Section]:
    """What she says, and what was decided."""
    asked = _appeal_of(case)
    decision = asked.decision
    said = [(_("Who asks to look again"), asked.words)]
    first = [(decision.get_act_display(), decision.reason)]
    if decision.rule is not None:
        first.append((_("Rule"), str(decision.rule)))
    return [Section(_("What was judged wrongly?"), said), Section(_("The first decision"), first)]


case_kind(
    actions.CASE,
    gettext_lazy("somebody asks to look again"),
    answers=_answers,
    shown=_shown,
)


# -- what is told ---------------------------------------------------------------------------------


@thing("appeal_of")
def appeals(member: Any, ids: Collection[int]) -> Mapping[int, Appeal]:
    """Her own, by the decision."""
    if member is None:
        return {}
    found = Appeal.objects.filter(member=member, decision__in=ids)
    return {each.decision_id: each for each in found}


@notification("appeal_answered", CARE)
def appeal_answered_line(note: Notification, seen: Seen) -> Sentence | None:
    """The outcome, to who asked."""
    found = seen.one(note, "appeal_of")
    if found is None or not found.outcome:
        return None
    text = _said(found)
    return Sentence(text, f"/decisions/{found.decision_id}/", found.answer, icon="shield")


@email_kind("appeal_answered", guards=True, to_suspended=True)
def appeal_answered(email: Email) -> EmailText | None:
    """The same by mail, which also reaches who may not sign in."""
    found = Appeal.objects.filter(decision=email.data["appeal_of"]).select_related("decision")
    answered = found.first()
    if answered is None or not answered.outcome or answered.member_id != email.member_id:
        return None
    lines = [_said(answered)]
    if answered.answer:
        lines.append(_("Why: %(reason)s") % {"reason": answered.answer})
    if answered.answered_by_id == answered.decision.moderator_id:
        lines.append(
            _("The site has no other moderator now, so the same one looked at it a second time.")
        )
    lines.append(whole_address(letter_path(answered.decision, answered.member_id)))
    return EmailText(
        subject=_said(answered),
        body="\n\n".join(lines) + "\n",
        why=_("You get this letter because you asked that somebody else looks again."),
    )


def _said(appeal: Appeal) -> str:
    match appeal.outcome:
        case AppealOutcome.UPHELD:
            return _("It was looked at again: the decision stays")
        case AppealOutcome.OVERTURNED:
            return _("It was looked at again: the decision was taken back")
        case _undone:
            return _("The decision was taken back before anybody looked at it again")


# -- what is held of a person -----------------------------------------------------------------------


def _silence(parting: Parting) -> int | None:
    """Her own words go; that she asked, and what was answered, is part of the log."""
    actions.empty_words(member=parting.member)
    return None


holds(
    Appeal,
    "member",
    what=gettext_lazy("What you said when you asked that somebody looks again at a decision"),
    area=Area.ORDER,
    leaves=Leaves.NAMELESS,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
    eraser=_silence,
)
moderated(Appeal, "answered_by")
