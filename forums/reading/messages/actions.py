"""Every write to private messages: begin, say, take back, read, mute, leave, report."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.known import blocked_by, forget_known
from forums.base.errors import BadText, ForumError, NotAllowed, TooFast
from forums.base.limits import fitting
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.notifications.inbox.actions import mark_read_about
from forums.notifications.outbox import write_emails
from forums.notifications.telling import tell_here
from forums.reading.following.models import Block
from forums.reading.messages.going_out import TOLD, go_out, line_key
from forums.reading.messages.lists import key_of, names_of, shown_by_report
from forums.reading.messages.models import (
    LENGTH,
    MOST,
    REASON_LENGTH,
    Conversation,
    Message,
    MessageChoice,
    MessageReport,
    Participant,
    Takes,
)
from forums.reading.messages.permissions import (
    TAKE_BACK,
    can_begin_with_anyone,
    can_take_back,
    in_my_networks,
    unreached,
)
from forums.text.render import RENDERER_VERSION, Rendered, render
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member

MAILED_AFTER = timedelta(minutes=10)  # who is here sees it before
REPORTS_KEPT = timedelta(days=180)  # once they are answered
FORGOTTEN = 5_000  # in one go


class NotReached(ForumError):
    """Whatever the reason: blocked, refused, suspended. Who is told which could find out who blocked her."""

    status = 409

    def __init__(self, people: Sequence["Member"]) -> None:
        super().__init__(
            _("%(names)s cannot be sent private messages by you just now.")
            % {"names": names_of(people)}
        )


class NetworksOnly(NotAllowed):
    message = gettext_lazy(
        "From trust level 1 on you can write to every member; until then, to those in your networks. "
        "You get there by taking part for a while."
    )


class NobodyThere(ForumError):
    status = 409
    message = gettext_lazy("Everyone else has left this conversation, so nobody would read it.")


class TooManyStrangers(TooFast):
    message = gettext_lazy(
        "You have begun to write to many people you share no network with. Please wait %(wait)s, then "
        "send it again. What you wrote is still here."
    )


class TooLate(ForumError):
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("A message can be taken back for %(minutes)d minutes. This one is older.")
            % {"minutes": TAKE_BACK.total_seconds() // 60}
        )


# -- Saying ---------------------------------------------------------------------------------------


@transaction.atomic
def begin(
    *,
    writer: "Member",
    people: Collection["Member"],
    body: str,
    submission: uuid.UUID | None = None,
) -> Message:
    """Say something to these people: in the conversation they have with her, or in a new one.

    `submission` names one filled-in form: sent twice, the first message is returned again.
    Raises BadText, NotReached, NetworksOnly or TooFast.
    """
    (body,) = published(writer, clean_message(body), private=True).texts
    one_at_a_time(writer)
    others = {each.pk: each for each in people if each.pk != writer.pk}
    if not 1 <= len(others) < MOST:
        raise BadText(_("Choose one to %(most)d people.") % {"most": MOST - 1})
    key = key_of([writer.pk, *others])
    sent, submission = _sent_already(writer, submission, f"{key} {body}")
    if sent:
        return sent
    found = Conversation.objects.filter(key=key).first()
    if found is None or not found.participants.of(writer).exists():
        _refuse_beginning(writer, list(others.values()))
        found = _opened(key, [writer.pk, *others], by=writer.pk)
    return _say(writer, found.pk, body, submission)


def _refuse_beginning(writer: "Member", people: list["Member"]) -> None:
    strangers = {each.pk for each in people} - in_my_networks(writer, [each.pk for each in people])
    if strangers and not can_begin_with_anyone(writer):
        raise NetworksOnly
    if deaf := unreached(writer, people):
        raise NotReached(deaf)
    if strangers:
        hold_pace(writer, "strangers", more=len(strangers), error=TooManyStrangers)


def _opened(key: str, people: Sequence[int], *, by: int) -> Conversation:
    """The conversation of that key, locked, `by` being in it (again); made where there is none.

    Who comes back reads on from here.
    """
    now = timezone.now()
    locked = Conversation.objects.select_for_update()
    conversation, is_new = locked.get_or_create(key=key, defaults={"created_at": now})
    if is_new:
        Participant.objects.bulk_create(
            Participant(conversation=conversation, member_id=pk) for pk in sorted(people)
        )
        return conversation
    Conversation.objects.filter(pk=conversation.pk).update(ended_at=None)
    last = conversation.said.order_by("-pk").values_list("pk", flat=True).first() or 0
    away = conversation.participants.filter(member=by, left_at__isnull=False)
    away.update(left_at=None, reads_after=last)
    return conversation


@transaction.atomic
def send(
    *,
    writer: "Member",
    conversation: Conversation,
    body: str,
    submission: uuid.UUID | None = None,
) -> Message:
    """Say something in a conversation. Raises BadText, NotAllowed, NotReached, NobodyThere or TooFast."""
    (body,) = published(writer, clean_message(body), private=True).texts
    one_at_a_time(writer)
    sent, submission = _sent_already(writer, submission, f"{conversation.key} {body}")
    return sent or _say(writer, conversation.pk, body, submission)


def _say(writer: "Member", conversation_id: int, body: str, submission: uuid.UUID) -> Message:
    """Her own lock is held. What is said in one conversation is said one after the other."""
    hold_pace(writer, "messages", Message.objects.filter(writer=writer))
    conversation = Conversation.objects.select_for_update().get(pk=conversation_id)
    people = conversation.participants.select_related("member").order_by("pk")
    places = {place.member_id: place for place in people}
    mine = places.pop(writer.pk, None)
    if mine is None or mine.left_at is not None:
        raise NotAllowed(_("You have left this conversation."))
    others = [place for place in places.values() if conversation.is_pair or place.left_at is None]
    if error := refusal(writer, conversation, [place.member for place in others]):
        raise error
    if conversation.is_pair:
        conversation.participants.update(left_at=None)  # it begins anew for who had left
    message = Message.objects.create(
        conversation=conversation,
        writer=writer,
        body=body,
        body_html=rendered(body).html,
        renderer_version=RENDERER_VERSION,
        submission=submission,
        created_at=timezone.now(),
    )
    conversation.participants.filter(left_at=None).update(newest=message.pk)
    _tell(message, writer, others)
    return message


def refusal(
    writer: "Member", conversation: Conversation, others: Sequence["Member"]
) -> ForumError | None:
    """Why she can say nothing to the others of this conversation now; None where she can."""
    if conversation.is_pair and (deaf := unreached(writer, others)):
        return NotReached(deaf)
    return None if any(each.is_active for each in others) else NobodyThere()


def _tell(message: Message, writer: "Member", others: Sequence[Participant]) -> None:
    """It is unread for those who want to hear the writer; who had read all before gets an email, too."""
    blocking = Block.objects.filter(person=writer, member__in=[place.member_id for place in others])
    deaf = set(blocking.values_list("member_id", flat=True))
    hear = [place for place in others if place.member_id not in deaf]
    hearing = Participant.objects.filter(pk__in=[place.pk for place in hear])
    hearing.update(unread_from=Coalesce(F("unread_from"), message.pk))
    told = [place for place in hear if place.muted_at is None]
    data = {"conversation": message.conversation_id}
    tell_here(
        TOLD,
        key=line_key(message.conversation_id),
        members=[place.member_id for place in told],
        actor=writer,
        data=data,
    )
    write_emails(
        TOLD,
        key=f"{TOLD}-{message.pk}",
        members=[place.member_id for place in told if place.unread_from is None],
        data=data,
        due_at=message.created_at + MAILED_AFTER,
    )


def clean_message(body: str) -> str:
    """The text as it is stored. Raises BadText when nothing is left to read, or too much is."""
    return fitting(clean_text(body).strip(), LENGTH, nothing=_("Please write something first."))


def rendered(body: str) -> Rendered:
    """Markdown as everywhere, but for pictures, which are not shown here."""
    return render(body, site_hosts=(settings.FORUMS_SITE_HOST,))


def _sent_already(
    writer: "Member", submission: uuid.UUID | None, text: str
) -> tuple[Message | None, uuid.UUID]:
    """The message that the form named `submission` has become, or None and the name of a new one.

    With another text (Back brought a sent form back) it is another message, whose name is made of both. The same
    text by another form is meant: people say “yes” twice.
    """
    name = submission or uuid.uuid4()
    for each in (name, uuid.uuid5(name, text)):
        found = Message.objects.filter(writer=writer, submission=each)
        sent = found.select_related("conversation").first()
        if sent is None:
            return None, each
        if f"{sent.conversation.key} {sent.body}" == text or each != name:
            return sent, each
    raise AssertionError


@transaction.atomic
def take_back(*, member: "Member", message: Message) -> None:
    """Take one's own message back: its text is gone, a line keeps its place. Raises NotAllowed or TooLate."""
    Conversation.objects.select_for_update().get(pk=message.conversation_id)
    message = Message.objects.get(pk=message.pk)
    if message.writer_id != member.pk:
        raise NotAllowed(_("Only who wrote a message can take it back."))
    if message.taken_back_at is not None:
        return
    now = timezone.now()
    if not can_take_back(member, message, now):
        raise TooLate
    Message.objects.filter(pk=message.pk).update(body="", body_html="", taken_back_at=now)


# -- Each for herself -----------------------------------------------------------------------------


@transaction.atomic
def mark_read(*, member: "Member", place: Participant, until: int) -> None:
    """She has read a conversation up to the message `until`; never backwards."""
    locked = Participant.objects.select_for_update(of=("self",)).filter(pk=place.pk, left_at=None)
    mine = locked.first()
    if mine is not None and mine.unread_from is not None and mine.unread_from <= until:
        # Asked after the lock is held: who is saying something just now has said it, or comes after this.
        left = Message.objects.filter(conversation=mine.conversation_id, pk__gt=until)
        left = left.exclude(writer__in=[member.pk, *blocked_by(member)]).order_by("pk")
        first = left.values_list("pk", flat=True).first()
        Participant.objects.filter(pk=mine.pk).update(unread_from=first)
    mark_read_about(member=member, key=line_key(place.conversation_id))
    forget_known(member)


@transaction.atomic
def mute(*, member: "Member", conversation: Conversation, on: bool) -> None:
    """Be told nothing more of a conversation, or again; it can be read all the same."""
    muted_at = timezone.now() if on else None
    conversation.participants.of(member).update(muted_at=muted_at)
    forget_known(member)


@transaction.atomic
def leave(*, member: "Member", conversation: Conversation) -> None:
    """Leave a conversation: it is gone for her, with all that was said; the others keep it."""
    go_out(member, Conversation.objects.select_for_update().get(pk=conversation.pk))


@transaction.atomic
def choose(*, member: "Member", takes: str) -> None:
    """Choose from whom to take messages."""
    MessageChoice.objects.update_or_create(member=member, defaults={"takes": Takes(takes)})


# -- Reporting ------------------------------------------------------------------------------------


@transaction.atomic
def report(*, member: "Member", message: Message, reason: str) -> MessageReport:
    """Show the moderators a message and the three before it, and say why. Reported once, it stays reported.

    Raises BadText or NotAllowed. How often one reports, `moderation.reports` holds, of whatever.
    """
    nothing = _("Please say what is wrong with it.")
    reason = fitting(clean_text(reason).strip(), REASON_LENGTH, nothing=nothing)
    one_at_a_time(member)
    hers = MessageReport.objects.filter(member=member)
    if found := hers.filter(message=message.pk).first():
        return found
    shown = shown_by_report(member, message)
    if not shown or shown[-1].pk != message.pk or message.writer_id == member.pk:
        raise NotAllowed(_("You can report what others wrote to you."))
    if shown[-1].taken_back_at is not None:
        raise BadText(_("This message was taken back, so there is nothing of it to show."))
    return MessageReport.objects.create(
        message=message,
        member=member,
        about_id=message.writer_id,
        reason=reason,
        shown=[
            {"writer": each.writer_id, "at": each.created_at.isoformat(), "text": each.body}
            for each in shown
        ],
        created_at=timezone.now(),
    )


@transaction.atomic
def take_report_back(*, report: MessageReport) -> None:
    """Its copy is gone, unless moderators have answered it."""
    MessageReport.objects.filter(pk=report.pk, answered_at=None).delete()


# -- By night -------------------------------------------------------------------------------------


@transaction.atomic
def forget_ended(now: datetime) -> int:
    """Delete what was said where nobody is any more, and reports answered long ago; a lot at a time."""
    ended = Conversation.objects.select_for_update(skip_locked=True).exclude(ended_at=None)
    left, dropped = FORGOTTEN, 0
    for conversation in ended.filter(ended_at__lt=now).order_by("ended_at")[:500]:
        old = list(conversation.said.order_by("pk").values_list("pk", flat=True)[:left])
        Message.objects.filter(pk__in=old).delete()
        left, dropped = left - len(old), dropped + len(old)
        if left <= 0:
            break
        conversation.delete()
    past = MessageReport.objects.filter(answered_at__lt=now - REPORTS_KEPT).order_by("answered_at")
    MessageReport.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:500])).delete()
    return dropped
