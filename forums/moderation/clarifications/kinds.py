"""What may be decided on a reply that waits, who is told, what is held of a person."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.silence import stays_open
from forums.base.personal import Area, Basis, Leaves, Parting, Until, holds
from forums.discussions.topics.models import Topic
from forums.moderation.clarifications import actions
from forums.moderation.clarifications.covered import COVERED, cover, uncover
from forums.moderation.clarifications.models import Clarification
from forums.moderation.clarifications.permissions import can_decide
from forums.moderation.clarifications.subject import of_clarification
from forums.moderation.concealing.registry import hidden_too
from forums.moderation.grounds import Grounds
from forums.moderation.kinds import CARE
from forums.moderation.models import Decision
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import Because, CaseAnswer, Section, case_kind, general
from forums.moderation.subjects import Subject, subject_kind
from forums.notifications.models import Notification
from forums.notifications.registry import Sentence, notification, thing
from forums.notifications.seen import Seen

if TYPE_CHECKING:
    from accounts.models import Member

# Whoever is named may answer, also one who may not write just now: nobody but moderators reads it before it is pinned.
stays_open("clarify", "clarification", "clarification_back")

LOT = 50  # replies taken back at once when she leaves: their topics are locked meanwhile


subject_kind(
    actions.CLARIFY,
    gettext_lazy("a reply of one who is named"),
    lambda member: (
        Clarification.objects.visible_to(member)
        .filter(topic__in=Topic.objects.visible_to(member))
        .select_related("topic__board")
    ),
    of_clarification,
    in_topics=lambda topics: Clarification.objects.filter(topic__in=topics),
)


def _of(case: Case) -> Clarification:
    found = Clarification.objects.select_related("topic__board", "member")
    return found.get(pk=int(case.key))


def _pin(
    moderator: "Member", case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    return actions.pin_reply(moderator=moderator, clarification=_of(case), reason=grounds)


def _refuse(moderator: "Member", case: Case, grounds: Grounds, _more: Mapping[str, Any]) -> None:
    actions.refuse_reply(moderator=moderator, clarification=_of(case), reason=grounds)


def _may(member: Any, case: Case) -> bool:
    return can_decide(member, _of(case))


def _answers(case: Case, subject: Subject | None) -> Sequence[CaseAnswer]:
    if subject is None:  # she has left, and took it along
        return general(case, subject)
    return (
        CaseAnswer("pin", gettext_lazy("Pin it under the topic's text"), _pin, may=_may, place=10),
        CaseAnswer(
            "refuse", gettext_lazy("Not pin it, and say why"), _refuse, refused=True, may=_may
        ),
    )


def _because(cases: Sequence[Case]) -> Mapping[int, Because]:
    found = Clarification.objects.in_bulk([int(case.key) for case in cases])
    return {
        case.pk: Because(_("Asks for a reply"), str(found[int(case.key)].get_named_display()))
        for case in cases
        if int(case.key) in found
    }


def _shown(case: Case) -> Sequence[Section]:
    asked = Clarification.objects.filter(pk=int(case.key)).select_related("member").first()
    if asked is None:
        return []
    return [
        Section(
            _("What she asks"),
            [
                (str(asked.member), asked.body),
                (_("How she is meant"), f"{asked.get_named_display()}: {asked.how}"),
            ],
        )
    ]


case_kind(
    actions.CLARIFY,
    gettext_lazy("reply of one who is named"),
    answers=_answers,
    because=_because,
    shown=_shown,
)


@thing("clarification")
def clarifications(member: Any, ids: Collection[int]) -> Mapping[int, Clarification]:
    """Her own."""
    if member is None:
        return {}
    found = Clarification.objects.filter(member=member).select_related("topic")
    return found.in_bulk(ids)


@notification(actions.ANSWERED, CARE)
def answered(note: Notification, seen: Seen) -> Sentence | None:
    """What became of the reply she asked for."""
    asked = seen.one(note, "clarification")
    if asked is None:
        return None
    names = {"topic": asked.topic.title}
    if asked.pinned_at is not None:
        text = _("Your reply is pinned under “%(topic)s”") % names
        return Sentence(text, asked.topic.get_absolute_url(), icon="shield")
    text = _("Your reply does not stand under “%(topic)s”") % names
    why = _("Why: %(reason)s") % {"reason": asked.answer} if asked.answer else ""
    return Sentence(text, f"/t/{asked.topic_id}/clarify/", why, icon="shield")


@notification(COVERED, CARE)
def covered(note: Notification, seen: Seen) -> Sentence | None:
    """That words of it are hidden, as in the topic above it."""
    asked = seen.one(note, "clarification")
    if asked is None:
        return None
    text = _("A passage of your reply under “%(topic)s” is hidden") % {"topic": asked.topic.title}
    why = _("It stands in the topic as well, and was hidden there.")
    return Sentence(text, f"/t/{asked.topic_id}/clarify/{asked.pk}/", why, icon="shield")


hidden_too(cover, uncover)


def _leave(parting: Parting) -> int | None:
    there_were = actions.forget_replies(member=parting.member, size=LOT)
    return parting.after if there_were else None


holds(
    Clarification,
    "member",
    what=gettext_lazy("Replies you asked for where you were named"),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
    until=Until.BACK.label,
    also=("topic__title",),
    eraser=_leave,
)
