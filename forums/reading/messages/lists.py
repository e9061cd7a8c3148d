"""A member's conversations as their list shows them, and the pages of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.known import blocked_by
from accounts.references import MemberRef
from forums.base.keyset import NUMBER, Keyset, Page
from forums.reading.messages.models import (
    Conversation,
    Message,
    Participant,
    conversation_url,
)
from forums.reading.messages.permissions import can_take_back
from forums.text.glance import glance
from forums.text.render import trusted

if TYPE_CHECKING:
    from accounts.models import Member

SIZE = 20
BEFORE = 3  # messages before the reported one that its report shows
_LIST = Keyset({"newest": NUMBER}, falling=True, onward="before")
_TALK = Keyset({"id": NUMBER}, falling=True, onward="before", back="after")


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation in her list: with whom, and how it ends."""

    url: str
    names: str
    people: list[MemberRef]  # at most two, as beads
    beginning: str  # of what was said last; '' where nothing of it is to be shown
    by_me: bool
    at: datetime | None
    is_new: bool
    is_muted: bool


def page_of(member: "Member", query: Any) -> Page[ConversationRow]:
    """The page of her conversations that `query` asks for, what was said last first."""
    page: Page[Participant] = _LIST.page(Participant.objects.of(member), query, size=SIZE)
    people = others_in([row.conversation_id for row in page.rows], member)
    said = Message.objects.only("writer_id", "body_html", "created_at", "hidden_at")
    newest = said.in_bulk([row.newest for row in page.rows])
    rows = [
        _row(row, people.get(row.conversation_id, []), newest.get(row.newest), member)
        for row in page.rows
    ]
    return page.with_rows(rows)


def _row(
    mine: Participant, people: Sequence["Member"], newest: Message | None, member: "Member"
) -> ConversationRow:
    heard = newest is not None and newest.writer_id not in blocked_by(member)
    url = conversation_url(mine.conversation_id)
    return ConversationRow(
        url=f"{url}{'#new' if mine.unread_from else '#last'}",
        names=names_of(people),
        people=[reference(each) for each in people[:2]],
        beginning=glance(_said(member, newest), 140) if newest is not None and heard else "",
        by_me=newest is not None and newest.writer_id == member.pk,
        at=newest.created_at if newest is not None else None,
        is_new=mine.unread_from is not None,
        is_muted=mine.muted_at is not None,
    )


def others_in(conversations: Iterable[int], member: "Member") -> dict[int, list["Member"]]:
    """By conversation who is in it beside `member`; between two the other also while she is away. One query."""
    found = Participant.objects.filter(conversation__in=list(conversations)).exclude(member=member)
    rows = found.select_related("member", "conversation").order_by("member__sort_key", "member")
    people: dict[int, list[Member]] = {}
    for row in rows:
        if row.left_at is None or row.conversation.is_pair:
            people.setdefault(row.conversation_id, []).append(row.member)
    return people


def names_of(people: Sequence["Member"]) -> str:
    """“มาลี, สมชาย”; of a conversation in which nobody else is left that."""
    return ", ".join(map(str, people)) if people else _("Nobody else is here any more")


def reference(member: "Member") -> MemberRef:
    """A member as a bead and a name; a suspended one shows no picture."""
    picture = member.picture if member.is_active else None
    return MemberRef.of(str(member), member.handle, picture, is_staff=member.is_staff)


# -- One conversation -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message on its page."""

    pk: int
    writer: MemberRef
    is_mine: bool
    html: SafeString
    at: datetime
    is_gone: bool  # taken back
    is_hidden: bool  # by moderators: only who wrote it has its text
    is_folded: bool  # of somebody she blocked
    begins_new: bool  # the first she has not read
    may_take_back: bool


def messages_of(member: "Member", mine: Participant, query: Any) -> Page[MessageRow]:
    """A page of a conversation in the order it was said: the one asked for, else the newest.

    What she has not read is not passed over: where it begins before the newest page, that page is shown.
    """
    said = Message.objects.filter(conversation=mine.conversation_id, pk__gt=mine.reads_after)
    said = said.select_related("writer").defer("body")
    page: Page[Message] = _TALK.page(said, query, size=SIZE)
    first = mine.unread_from
    if page.is_first and first and page.rows and page.rows[-1].pk > first:
        page = _TALK.page(said, {"after": str(first - 1)}, size=SIZE)
    new = min((row.pk for row in page.rows if first and row.pk >= first), default=0)
    rows = [_message_row(row, member, new) for row in reversed(page.rows)]
    return page.with_rows(rows)


def _message_row(message: Message, member: "Member", new: int) -> MessageRow:
    return MessageRow(
        pk=message.pk,
        writer=reference(message.writer),
        is_mine=message.writer_id == member.pk,
        html=trusted(_said(member, message)),
        at=message.created_at,
        is_gone=message.taken_back_at is not None,
        is_hidden=message.hidden_at is not None,
        is_folded=message.writer_id in blocked_by(member),
        begins_new=message.pk == new,
        may_take_back=can_take_back(member, message, timezone.now()),
    )


def _said(member: "Member", message: Message) -> str:
    """Its HTML; of what moderators took out of sight only for who wrote it."""
    read = message.hidden_at is None or message.writer_id == member.pk
    return message.body_html if read else ""


def shown_by_report(member: "Member", message: Message) -> list[Message]:
    """What a report of `message` by `member` shows: it, and up to three before it that she can read; in order."""
    there = Message.objects.visible_to(member).filter(conversation=message.conversation_id)
    found = there.filter(pk__lte=message.pk).select_related("writer").order_by("-pk")
    return list(found[: BEFORE + 1])[::-1]


def shown_rows(member: "Member", message: Message) -> list[MessageRow]:
    """The same as rows, for her to see before she sends it."""
    return [_message_row(each, member, 0) for each in shown_by_report(member, message)]


def with_her_alone(member: "Member", person: "Member") -> Conversation | None:
    """The conversation between these two, if `member` is in it."""
    key = key_of([member.pk, person.pk])
    return Conversation.objects.visible_to(member).filter(key=key).first()


def key_of(people: Iterable[int]) -> str:
    """What the conversation between these (ids) is called."""
    return ",".join(map(str, sorted(set(people))))
