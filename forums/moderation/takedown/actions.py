"""Every write to takedown notices: given, answered, asked about, sealed, reminded of, forgotten."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.advisory_locks import Lock, hold
from forums.base.errors import AskedTooOften, BadText, NotAllowed, Stale
from forums.base.limits import fitting_line
from forums.moderation.concealing.actions import conceal_passages
from forums.moderation.grounds import clean_reason
from forums.moderation.models import Decision
from forums.moderation.permissions import can_moderate
from forums.moderation.queue.actions import open_case
from forums.moderation.queue.models import Case
from forums.moderation.registry import removal_of
from forums.moderation.subjects import Subject
from forums.moderation.takedown.models import (
    CASE,
    RECEIPT_LENGTH,
    TITLE_LENGTH,
    WHO_LENGTH,
    WORDS_LENGTH,
    Notice,
    NoticeState,
    SealedCopy,
    SealedLook,
)
from forums.moderation.takedown.pages import subject_of
from forums.moderation.takedown.permissions import can_read_sealed, hears_of
from forums.moderation.takedown.sealing import author_of, text_of, words_of
from forums.notifications.outbox import write_emails
from forums.reading.messages.actions import report as copy_message
from forums.reading.messages.models import REASON_LENGTH as COPIED_WORDS

A_DAY = 20  # notices from one address of mail
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another
FORGOTTEN = 1_000  # in one go
REMEMBERED = timedelta(days=365)  # who gave a notice, after it ended


@transaction.atomic
def give_notice(
    *,
    notifier: str,
    name: str,
    email: str,
    address: str,
    harm: str,
    words: str,
    reader: Member | None = None,
) -> Notice:
    """Take a notice in; its clock runs from now. The same sent twice is one. It is about what `reader` (None: a visitor)
    sees. Raises BadText, AskedTooOften."""
    name = fitting_line(name, WHO_LENGTH, nothing=_("Please say who you are."))
    words = fitting_line(words, WORDS_LENGTH, nothing=_("Please say what is wrong with it."))
    subject = subject_of(address, reader)
    now, email = timezone.now(), email.lower()
    hold(Lock.NOTICES, email)
    recent = Notice.objects.filter(email=email, created_at__gt=now - timedelta(days=1))
    before = recent.filter(subject=subject.kind, key=subject.key, words=words).first()
    if before is not None:
        return before
    if recent[:A_DAY].count() >= A_DAY:
        raise AskedTooOften(wait=24 * 3600, count=A_DAY)
    notice = Notice.objects.create(
        receipt=get_random_string(RECEIPT_LENGTH, LETTERS),
        notifier=notifier,
        name=name,
        email=email,
        address=address,
        subject=subject.kind,
        key=subject.key,
        harm=harm,
        words=words,
        created_at=now,
        due_at=now + timedelta(hours=settings.FORUMS_TAKEDOWN_HOURS),
    )
    if subject.kind == "message" and reader is not None:  # of private messages they see copies
        copy_message(member=reader, message=subject.thing, reason=words[:COPIED_WORDS])
    case = open_case(kind=CASE, subject=subject, due_at=notice.due_at)
    _write(notice, "takedown_received", "came")
    _write_moderators(notice, f"case-{case.pk}-{now:%Y%m%d%H}")  # hourly, however many ask
    return notice


@transaction.atomic
def add_to_notice(*, notice: Notice, more: str) -> Notice:
    """What the moderators asked for; the clock begins anew. Raises BadText, Stale."""
    more = fitting_line(more, WORDS_LENGTH, nothing=_("There is nothing to read in this yet."))
    found = Notice.objects.select_for_update().get(pk=notice.pk)
    if found.state == NoticeState.OPEN and found.more == more:
        return found
    if found.state != NoticeState.ASKED:
        raise Stale(_("Nothing is asked of you here now."))
    found.more, found.state = more, NoticeState.OPEN
    found.due_at = timezone.now() + timedelta(hours=settings.FORUMS_TAKEDOWN_HOURS)
    found.warned_at = None
    found.save(update_fields=["more", "state", "due_at", "warned_at"])
    _write_moderators(found, f"{found.pk}-more-{timezone.now():%Y%m%d%H}")
    return found


# -- answers: each about all notices of the case's thing that wait -----------------------------------


@transaction.atomic
def remove(*, moderator: Member, case: Case, subject: Subject, reason: str) -> Decision | None:
    """Take the thing down: it is hidden, and what it said is sealed. None where it was down already."""
    _asked(moderator)
    reason = clean_reason(reason)
    removal = removal_of(subject.kind)
    if removal is None:
        raise BadText(_("This cannot be taken down from here. Decide on its own page."))
    notices = waiting_in(case)
    title, body = words_of(subject)
    decision = removal(subject.thing, moderator, reason)
    _seal(notices, subject, title, body)
    _answer(notices, NoticeState.REMOVED, reason, decision)
    return decision


@transaction.atomic
def remove_part(
    *, moderator: Member, case: Case, subject: Subject, passages: Sequence[str], reason: str
) -> Decision | None:
    """Take these passages down wherever they stand in the topic, and seal them; the rest stays."""
    _asked(moderator)
    reason = clean_reason(reason)
    post = text_of(subject)
    if post is None or not passages:
        raise BadText(_("Which passages? Copy them from the text, one a line."))
    notices = waiting_in(case)
    title, _body = words_of(subject)
    decision = conceal_passages(post=post, moderator=moderator, reason=reason, passages=passages)
    _seal(notices, subject, title, "\n".join(passages))
    _answer(notices, NoticeState.PART, reason, decision)
    return decision


def _seal(notices: Iterable[Notice], subject: Subject, title: str, body: str) -> None:
    now = timezone.now()
    SealedCopy.objects.bulk_create(
        SealedCopy(
            notice=notice,
            author_id=author_of(subject),
            title=title[:TITLE_LENGTH],
            body=body,
            sealed_at=now,
            until=now + timedelta(days=settings.FORUMS_SEALED_DAYS),
        )
        for notice in notices
    )


@transaction.atomic
def refuse_notice(*, moderator: Member, case: Case, reason: str) -> None:
    """Let it stand, and say why."""
    _asked(moderator)
    _answer(waiting_in(case), NoticeState.REFUSED, clean_reason(reason), None)


@transaction.atomic
def ask_for_more(*, moderator: Member, case: Case, reason: str) -> None:
    """Ask the notifiers for what is missing; the case waits on."""
    _asked(moderator)
    reason = clean_reason(reason)
    now = timezone.now()
    for notice in waiting_in(case):
        notice.state, notice.answer = NoticeState.ASKED, reason
        notice.save(update_fields=["state", "answer"])
        _write(notice, "takedown_asked", f"asked-{now:%Y%m%d%H%M}")


def waiting_in(case: Case) -> list[Notice]:
    """The notices about this case's thing that have no answer yet, locked."""
    rows = Notice.objects.select_for_update().filter(
        subject=case.subject, key=case.key, answered_at=None
    )
    return list(rows.order_by("pk"))


def _asked(moderator: Member) -> None:
    if not can_moderate(moderator):
        raise NotAllowed


def _answer(
    notices: Iterable[Notice], state: NoticeState, answer: str, decision: Decision | None
) -> None:
    for notice in notices:
        notice.state, notice.answer, notice.decision = state, answer, decision
        notice.answered_at = timezone.now()
        notice.save(update_fields=["state", "answer", "decision", "answered_at"])
        _write(notice, "takedown_answered", "answered")


# -- what was sealed --------------------------------------------------------------------------------


@transaction.atomic
def read_sealed(*, member: Member, copy: SealedCopy) -> SealedLook:
    """Record that somebody reads a sealed copy, before she does. Raises NotAllowed."""
    if not can_read_sealed(member):
        raise NotAllowed
    return SealedLook.objects.create(receipt=copy.notice.receipt, member=member)


# -- from time to time --------------------------------------------------------------------------------


def warn_moderators(now: datetime) -> None:
    """Write to the moderators of each notice whose clock runs out soon, once."""
    soon = now + timedelta(hours=settings.FORUMS_TAKEDOWN_WARNED)
    rows = Notice.objects.select_for_update(skip_locked=True).filter(
        answered_at=None, state=NoticeState.OPEN, warned_at=None, due_at__lte=soon
    )
    for notice in rows.order_by("due_at")[:FORGOTTEN]:
        notice.warned_at = now
        notice.save(update_fields=["warned_at"])
        thing = f"{notice.subject}-{notice.key}"
        _write_moderators(notice, f"{thing}-soon-{notice.due_at:%Y%m%d%H}")


def forget(now: datetime) -> None:
    """Delete the next sealed copies whose time is over, and forget who gave notices that ended a year ago."""
    over = SealedCopy.objects.filter(until__lt=now).order_by("until").values_list("pk", flat=True)
    SealedCopy.objects.filter(pk__in=list(over[:FORGOTTEN])).delete()
    old = Notice.objects.filter(answered_at__lt=now - REMEMBERED, forgotten_at=None)
    ids = list(old.order_by("answered_at").values_list("pk", flat=True)[:FORGOTTEN])
    Notice.objects.filter(pk__in=ids).update(name="", email="", forgotten_at=now)


# -- letters ------------------------------------------------------------------------------------------


def _write(notice: Notice, kind: str, step: str, **data: Any) -> None:
    write_emails(
        kind,
        key=f"takedown-{notice.pk}-{step}",
        addresses=[notice.email],
        data={"notice": notice.pk, **data},
    )


def _write_moderators(notice: Notice, what: str) -> None:
    """To those who may look into it: never to whose text it is, a moderator or not."""
    moderators = Member.objects.filter(is_staff=True, is_active=True).order_by("pk")
    members = [each.pk for each in moderators if hears_of(each, notice)]
    write_emails(
        "takedown_waits",
        key=f"takedown-{what}",
        members=members,
        addresses=[] if members else [settings.CONTACT_EMAIL],  # its only moderator wrote it
        data={"notice": notice.pk},
    )
