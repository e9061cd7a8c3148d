"""Going out of conversations, and out of the site: pieces of a write, in the caller's transaction."""

from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils import timezone

from accounts.known import forget_known
from forums.base.personal import Farewell, Parting
from forums.notifications.inbox.actions import mark_read_about
from forums.reading.messages.models import Conversation, Message, MessageReport, Participant

if TYPE_CHECKING:
    from accounts.models import Member

REPORTS = 100  # put right at once when somebody leaves
TOLD = "message"  # the kind of its line and its email


def line_key(conversation_id: int) -> str:
    """The name of the one line about a conversation."""
    return f"{TOLD}-{conversation_id}"


def go_out(member: "Member", conversation: Conversation) -> None:
    """Take her out of a conversation (locked); where nobody is left in it, it has ended."""
    now = timezone.now()
    mine = conversation.participants.of(member)
    mine.update(left_at=now, reads_after=F("newest"), unread_from=None, muted_at=None)
    if not conversation.participants.filter(left_at=None).exists():
        Conversation.objects.filter(pk=conversation.pk).update(ended_at=now)
    mark_read_about(member=member, key=line_key(conversation.pk))
    forget_known(member)


def empty(parting: Parting) -> int | None:
    """Empty the next messages of who leaves the site, if she wants it."""
    hers = Message.objects.filter(writer=parting.member, taken_back_at=None).order_by("pk")
    some = list(hers.values_list("pk", flat=True)[: parting.size])
    if parting.choice != Farewell.EMPTIED or not some:
        return None
    now = timezone.now()
    Message.objects.filter(pk__in=some).update(body="", body_html="", taken_back_at=now)
    return parting.after


def part(parting: Parting) -> int | None:
    """Take who leaves the site out of her conversations; the others keep them."""
    place = Participant.objects.of(parting.member).first()
    if place is None:
        return None
    conversation = Conversation.objects.select_for_update().get(pk=place.conversation_id)
    go_out(parting.member, conversation)
    return parting.after


def forget_reported(parting: Parting) -> int | None:
    """Take her own words out of the next reports of messages: why she reported; of the copies, where she empties what she wrote,
    what is hers. Who is complained of herself cannot empty what moderators have not looked at yet.
    """
    hers = Q(member=parting.member) | Q(about=parting.member)
    reports = MessageReport.objects.select_for_update().filter(hers, pk__gt=parting.after)
    found = list(reports.order_by("pk")[:REPORTS])
    for report in found:
        own = report.member_id == parting.member.pk
        if own:
            report.reason = ""
        if parting.choice == Farewell.EMPTIED and (own or report.answered_at is not None):
            for said in report.shown:
                said["text"] = "" if said["writer"] == parting.member.pk else said["text"]
        report.save(update_fields=["reason", "shown"])
    return found[-1].pk if found else None
