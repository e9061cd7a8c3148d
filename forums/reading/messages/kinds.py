"""How private messages are told: a line for each conversation, an email that says who wrote; what is known with a
member; where drafts lie; what is forgotten."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.known import blocked_by
from accounts.registry import known_with_her
from forums.base.personal import Area, Basis, Leaves, Until, holds, moderated
from forums.base.visibility import is_signed_in
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Group,
    Sentence,
    email_kind,
    notification,
    scheduled,
    switch,
    thing,
    whole_address,
)
from forums.notifications.seen import Seen, joined
from forums.reading.drafts.registry import draft_place
from forums.reading.messages import actions
from forums.reading.messages.context import KNOWN
from forums.reading.messages.going_out import empty, forget_reported, part
from forums.reading.messages.lists import names_of, others_in
from forums.reading.messages.models import (
    Message,
    MessageChoice,
    MessageReport,
    Participant,
    conversation_url,
)

MOST_NAMED = 50  # messages whose writers an email names

MESSAGES = switch(
    "messages",
    Group.ME,
    gettext_lazy("Somebody writes you a private message"),
    gettext_lazy("one line for each conversation; the email says who wrote, not what"),
    place=3,
)
known_with_her("unread_messages", KNOWN)


@thing("conversation")
def conversations(member: Any, ids: Collection[int]) -> Mapping[int, Participant]:
    """Her place in each."""
    if not is_signed_in(member):
        return {}
    found = Participant.objects.of(member).filter(conversation__in=ids)
    return {place.conversation_id: place for place in found}


@notification(actions.TOLD, MESSAGES)
def message_line(note: Notification, seen: Seen) -> Sentence | None:
    """Who wrote; nothing of what. Read on the page of the conversation before the worker came, it is told no more."""
    place = seen.one(note, "conversation")
    if place is None or (note.read_at is None and place.unread_from is None):
        return None
    text = _("%(who)s wrote you a private message") % {"who": seen.names(note.people)}
    return Sentence(text, f"{conversation_url(place.conversation_id)}#new", icon="mail")


@email_kind(actions.TOLD, passing=True)
def message_email(email: Email) -> EmailText | None:
    """Who wrote since she read last, and where; None where she has read it, left, or wants to hear nothing of it."""
    if (member := email.member) is None:
        return None
    hers = Participant.objects.of(member).filter(conversation=email.data["conversation"])
    place = hers.filter(muted_at=None, unread_from__isnull=False).first()
    if place is None or _told_by_a_later(email):
        return None
    said = Message.objects.filter(conversation=place.conversation_id, pk__gte=place.unread_from)
    said = said.standing()
    said = said.exclude(writer__in=[member.pk, *blocked_by(member)]).select_related("writer")
    said = said.filter(writer__is_active=True)
    names = dict.fromkeys(str(each.writer) for each in said.order_by("-pk")[:MOST_NAMED])
    if not names:
        return None
    who = {"who": joined(list(names))}
    return EmailText(
        _("%(who)s wrote you a private message") % who,
        "\n\n".join(
            [
                _("%(who)s wrote you a private message on ร้อยพลัง.") % who,
                _("It can be read there only; nothing of it stands in this letter:"),
                whole_address(conversation_url(place.conversation_id)),
            ]
        ),
        _("You get this letter because somebody wrote to you. Turn such letters off: %(where)s")
        % {"where": whole_address("/settings/notifications/")},
    )


def _told_by_a_later(email: Email) -> bool:
    """Whether another email says it: who reads at once what comes has one written for each message until it is due."""
    others = Email.objects.filter(kind=actions.TOLD, member=email.member_id, pk__gt=email.pk)
    others = others.filter(data__conversation=email.data["conversation"], dropped_at=None)
    return others.exists()


def _named(member: Any, keys: set[Any]) -> dict[Any, str]:
    """Of the conversations she is in: with whom."""
    mine = Participant.objects.of(member).filter(conversation__in=keys)
    there = list(mine.values_list("conversation", flat=True))
    people = others_in(there, member)
    return {pk: names_of(people.get(pk, ())) for pk in there}


draft_place("message_new", gettext_lazy("A new private message"))
draft_place(
    "conversation", gettext_lazy("A private message to %(name)s"), argument="pk", names=_named
)


@scheduled("private messages: conversations everyone has left")
def forget(now: datetime) -> None:
    """Some each hour; and reports that were answered long ago."""
    actions.forget_ended(now)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    MessageChoice,
    "member",
    what=gettext_lazy("Private messages, and who may write to you"),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
)
holds(
    Participant,
    "member",
    what=gettext_lazy("Private messages, and who may write to you"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    eraser=part,
    place=35,
)
holds(
    Message,
    "writer",
    what=gettext_lazy("Private messages, and who may write to you"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    eraser=empty,
    place=30,
)
holds(
    MessageReport,
    "member",
    what=gettext_lazy("Private messages you reported"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
    eraser=forget_reported,
)
holds(
    MessageReport,
    "about",
    what=gettext_lazy("Reports about your private messages"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
    copied=False,
)
moderated(MessageReport, "answered_by")
