"""Asking for a reply, pinning it, refusing it, taking it back or down.

Lock order: its topic, then the reply; a case is locked before both.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import BadText, NotAllowed, TopicHidden
from forums.base.limits import fitting
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import forget_roles
from forums.moderation.actions import decide
from forums.moderation.clarifications.models import (
    ANSWER_LENGTH,
    BODY_LENGTH,
    HOW_LENGTH,
    Clarification,
    Named,
)
from forums.moderation.clarifications.permissions import can_ask, can_decide
from forums.moderation.clarifications.subject import of_clarification
from forums.moderation.concealing.refusing import refuse_hidden
from forums.moderation.grounds import clean_reason, refuse_undoing
from forums.moderation.models import Act, Decision
from forums.moderation.queue.actions import end_case, open_case
from forums.moderation.queue.models import Case
from forums.notifications.telling import tell
from forums.pictures.bodies import rendered
from forums.text.glance import as_read
from forums.text.render import RENDERER_VERSION
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member

CLARIFY = "clarify"  # the kind of its cases
ANSWERED = "clarify_answered"  # of what the one who asked is told


@transaction.atomic
def ask(*, member: "Member", topic: Topic, named: str, how: str, body: str) -> Clarification:
    """Ask that a reply be pinned; what waits or stands already is returned as it is.

    Raises BadText, NotAllowed, TopicHidden or TooFast.
    """
    if named not in Named.values:
        raise BadText(_("Please say how you are meant."))
    how = fitting(clean_text(how).strip(), HOW_LENGTH, nothing=_("Please say how you are meant."))
    nothing = _("Please write something first.")
    body = fitting(clean_text(body).strip(), BODY_LENGTH, nothing=nothing)
    looked = published(member, body)
    (body,) = looked.texts
    html = rendered(body, reader=None).html
    one_at_a_time(member)
    there = Clarification.objects.filter(topic=topic, member=member, ended_at=None).first()
    if there is not None:
        return there
    hold_pace(member, "clarifications", Clarification.objects.filter(member=member), everyone=True)
    topic = lock_topic(topic.pk)
    if not can_ask(member, topic):
        if not topic.is_listed:
            raise TopicHidden
        raise NotAllowed(_("You wrote this topic: your side stands in its text."))
    refuse_hidden(topic, member, f"{body}\n{as_read(html)}")
    made = Clarification.objects.create(
        topic=topic,
        member=member,
        named=named,
        how=how,
        body=body,
        body_html=html,
        renderer_version=RENDERER_VERSION,
        created_at=timezone.now(),
    )
    open_case(kind=CLARIFY, subject=of_clarification(made), weight=2)
    return made


@transaction.atomic
def pin_reply(*, moderator: "Member", clarification: Clarification, reason: str) -> Decision | None:
    """Pin it under the topic's text, also one that was taken down; pinned already, nothing happens. Raises NotAllowed."""
    topic, clarification = _locked(clarification)
    reason = _asked(moderator, clarification, reason)
    if clarification.pinned_at is not None:
        return None
    other = Clarification.objects.filter(
        topic=topic, member=clarification.member_id, ended_at=None
    ).exclude(pk=clarification.pk)
    if other.exists():
        raise BadText(_("Another reply of hers waits or stands here already."))
    now = timezone.now()
    Clarification.objects.filter(pk=clarification.pk).update(
        pinned_at=now, ended_at=None, answer=""
    )
    _count(topic)
    decision = decide(
        Act.CLARIFY,
        moderator=moderator,
        reason=reason,
        target=topic,
        board=topic.board,
        clarification=clarification.pk,
    )
    _tell(clarification, decision.pk)
    return decision


@transaction.atomic
def refuse_reply(*, moderator: "Member", clarification: Clarification, reason: str) -> None:
    """Say why it is not pinned, to the one who asked and nobody else. Raises NotAllowed."""
    _topic, clarification = _locked(clarification)
    reason = _asked(moderator, clarification, reason)
    if not clarification.waits:
        return
    Clarification.objects.filter(pk=clarification.pk).update(
        ended_at=timezone.now(), answer=reason[:ANSWER_LENGTH]
    )
    _tell(clarification, 0)


@transaction.atomic
def take_down(*, moderator: "Member", clarification: Clarification, reason: str) -> Decision | None:
    """Take a pinned reply down, with a reason; it may be pinned again. Raises NotAllowed."""
    topic, clarification = _locked(clarification)
    reason = _asked(moderator, clarification, reason)
    if clarification.pinned_at is None:
        return None
    refuse_undoing(Act.UNCLARIFY, moderator, topic, details__clarification=clarification.pk)
    Clarification.objects.filter(pk=clarification.pk).update(
        pinned_at=None, ended_at=timezone.now(), answer=reason[:ANSWER_LENGTH]
    )
    _count(topic)
    decision = decide(
        Act.UNCLARIFY,
        moderator=moderator,
        reason=reason,
        target=topic,
        board=topic.board,
        clarification=clarification.pk,
    )
    _tell(clarification, decision.pk)
    return decision


@transaction.atomic
def take_back(*, member: "Member", clarification: Clarification) -> None:
    """She who asked wants it no more: it stands no longer, and nobody needs to decide. Raises NotAllowed."""
    waiting = Case.objects.filter(
        kind=CLARIFY, subject=CLARIFY, key=str(clarification.pk), ended_at=None
    ).first()
    if waiting is not None:
        end_case(case=waiting, moderator=None, refused=True)
    topic, clarification = _locked(clarification)
    if clarification.member_id != member.pk:
        raise NotAllowed
    if clarification.ended_at is not None:
        return
    Clarification.objects.filter(pk=clarification.pk).update(
        pinned_at=None, ended_at=timezone.now()
    )
    _count(topic)


@transaction.atomic
def forget_replies(*, member: "Member", size: int) -> bool:
    """She leaves: her next replies are taken back, with their cases, and go; False when there was none."""
    hers = Clarification.objects.filter(member=member).order_by("topic", "pk")
    found = list(hers.select_related("topic")[:size])
    for clarification in found:
        take_back(member=member, clarification=clarification)
    Clarification.objects.filter(pk__in=[each.pk for each in found]).delete()
    return bool(found)


def _asked(moderator: "Member", clarification: Clarification, reason: str) -> str:
    forget_roles(moderator)
    if not can_decide(moderator, clarification):
        raise NotAllowed(
            _("Who wrote the topic, or asked for the reply, does not decide about it.")
        )
    return clean_reason(reason)


def _locked(clarification: Clarification) -> tuple[Topic, Clarification]:
    topic = lock_topic(clarification.topic_id)
    found = Clarification.objects.select_for_update(of=("self",)).get(pk=clarification.pk)
    found.topic = topic
    return topic, found


def _count(topic: Topic) -> None:
    """Say on the topic's row whether its page has to ask for replies."""
    first = Clarification.objects.pinned().filter(topic=topic).first()
    Topic.objects.filter(pk=topic.pk).update(clarified_at=first.pinned_at if first else None)


def _tell(clarification: Clarification, decision: int) -> None:
    tell(
        ANSWERED,
        key=f"{ANSWERED}-{clarification.pk}-{decision}",
        members=[clarification.member_id],
        data={"clarification": clarification.pk},
    )
