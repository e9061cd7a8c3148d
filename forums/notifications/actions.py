"""Sending what lies in the outbox, and looking for what has fallen due.

An email is taken in one short transaction, for a minute; worded; and a try is counted right before it is made,
which says when the next one may be. It is sent outside of any transaction and marked as sent at once. So two
processes never send the same one, a crash loses none, keeps no other one waiting, and doubles at most the one
that was on its way.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone, translation

from accounts.bounces.actions import refused
from accounts.bounces.return_path import come_back
from accounts.models import BounceScore, Member
from forums.base.database import is_away
from forums.base.mail_server import MailServer
from forums.base.personal import Parting
from forums.base.rate_limits import one_at_a_time
from forums.notifications.envelope import message_of
from forums.notifications.models import Email
from forums.notifications.outbox import gather
from forums.notifications.registry import (
    TOLD,
    guards_account,
    passing_kinds,
    reaches,
    scheduled_jobs,
    text_of,
)
from forums.notifications.wishes import wants_email

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)  # for which an email is taken: it is worded in that time
# How long after the first, second … try the next may be made. The first must be longer than a try takes with a
# slow mail server: nobody else may take an email that is on its way.
WAITS = [timedelta(minutes=m) for m in (10, 30, 120, 480, 1440)]
TRIES = len(WAITS) + 1
# Seconds for each answer of the mail server. Who hangs up on a slow one does not know whether it took the letter, and sends
# it again (RFC 5321, 4.5.3.2); ten answers must still be there before the first of WAITS is over.
PATIENCE = 55
FORGOTTEN = 5_000  # in one go
MOST, A_DAY = 100, timedelta(days=1)  # emails to one member
FULL, STALE = timedelta(hours=4), timedelta(days=3)  # what is more waits for room, but not for ever
PASSED = timedelta(days=14)


class ServerAway(Exception):
    """The mail server takes no letter at all: none was tried."""


def deliver(limit: int = 1000, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Send up to `limit` emails that are due; returns how many went out. Raises ServerAway.

    `stop` is asked before each email: a process that should end does, and loses none.
    """
    sent, server = 0, MailServer(patience=PATIENCE)
    try:
        for _each in range(limit):
            if stop() or (email := _take()) is None:
                break
            sent += _send(email, server)
    finally:
        server.close()
    return sent


def remind(now: datetime | None = None) -> list[str]:
    """Run every periodic function; returns the names of those that failed (the log says how)."""
    failed = []
    for name, chore in scheduled_jobs().items():
        try:
            with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
                chore(now or timezone.now())
        except Exception:
            logger.exception("The periodic function %s failed", name)
            failed.append(name)
    return failed


@transaction.atomic
def forget_strangers(now: datetime) -> None:
    """Delete the next emails to addresses FORUMS_INVITED_DAYS after they were written: the address is in their keys too.

    Nothing is written twice for it: whatever may be said again is said again each day.
    """
    past = now - timedelta(days=settings.FORUMS_INVITED_DAYS)
    old = Email.objects.filter(member=None, created_at__lt=past).order_by("created_at")
    Email.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:FORGOTTEN])).delete()


@transaction.atomic
def forget_passing(now: datetime) -> None:
    """Delete the next emails of passing kinds, some time after they were written.

    Nothing is written twice for it: their keys name a post, a message, or a day.
    """
    old = Email.objects.filter(kind__in=passing_kinds(), created_at__lt=now - PASSED)
    ids = old.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN]
    Email.objects.filter(pk__in=list(ids)).delete()


def forget_addresses(parting: Parting) -> None:
    """Delete the emails to addresses of somebody who leaves: the address is in their keys too."""
    Email.objects.filter(address__in=parting.addresses).delete()


@transaction.atomic
def _take() -> Email | None:
    """The next email that is due, left to us for a minute."""
    now = timezone.now()
    waiting = Email.objects.select_for_update(skip_locked=True, of=("self",))
    due = waiting.filter(sent_at=None, dropped_at=None, due_at__lte=now)
    email = due.select_related("member").order_by("due_at", "id").first()
    if email is not None:
        email.due_at = now + LEASE
        Email.objects.filter(pk=email.pk).update(due_at=email.due_at)
    return email


def _send(email: Email, server: MailServer) -> bool:
    """Word, send and mark one email that was taken. Its failure is logged, never thrown."""
    if email.kind == TOLD and not gather(email):
        return False
    try:
        address = _address(email)
        with translation.override(email.member.reads if email.member else settings.LANGUAGE_CODE):
            text = text_of(email) if address else None
            message = come_back(message_of(email, text, address)) if text else None
    except (
        Exception
    ) as error:  # a kind nobody knows, words that cannot be made: the others must go out
        if is_away(error):
            raise  # no try was made, and the next one taken would fare no better
        logger.exception("Email %s (%s) could not be worded", email.pk, email.kind)
        _begin_try(email)
        _give_up(email)
        return False
    if message is None:
        _drop(email)
        return False
    try:
        server.open()
    except OSError as error:
        raise ServerAway(error) from error
    return _begin_try(email) and _try(email, message, server)


@transaction.atomic
def _begin_try(email: Email) -> bool:
    """Count a try of an email that is still ours. Not so where somebody took it back, or our minute was over; nor
    where its reader got as many today as anybody wants: then it waits.
    """
    if not _has_room(email):
        _wait_for_room(email)
        return False
    email.tries += 1
    again = timezone.now() + WAITS[min(email.tries, len(WAITS)) - 1]
    ours = Email.objects.filter(pk=email.pk, sent_at=None, dropped_at=None, due_at=email.due_at)
    return bool(ours.update(tries=email.tries, due_at=again))


def _has_room(email: Email) -> bool:
    """Counted under her lock: several processes send. What is on its way, or tried again, counts as well."""
    if email.member is None or guards_account(email.kind):
        return True
    one_at_a_time(email.member)
    counts = Q(sent_at__gt=timezone.now() - A_DAY) | Q(sent_at=None, dropped_at=None, tries__gt=0)
    others = Email.objects.filter(counts, member=email.member).exclude(pk=email.pk)
    return len(others.values_list("pk")[:MOST]) < MOST


def _wait_for_room(email: Email) -> None:
    now = timezone.now()
    if email.created_at < now - STALE:
        _drop(email)
    else:
        Email.objects.filter(pk=email.pk, due_at=email.due_at).update(due_at=now + FULL)


def _try(email: Email, message: EmailMessage, server: MailServer) -> bool:
    try:
        server.send(message)
    except SMTPRecipientsRefused as error:
        logger.warning("Email %s: the address was refused", email.pk)
        (code, words), *_others = error.recipients.values()
        if 500 <= code < 600 or email.tries >= TRIES:
            _drop(email)
            refused(email=message.to[0], answer=f"{code} {words.decode(errors='replace')}")
        return False
    except Exception as error:  # or a header that cannot be written
        logger.warning("Email %s could not be sent: %s", email.pk, error)
        _give_up(email)
        return False
    _mark_sent(email)
    return True


def _address(email: Email) -> str:
    """Where the email goes: '' for nobody. A member gets it at her confirmed address only, while mails do not come back."""
    if email.member is None:
        to = email.address.lower()
        closed = Q(is_active=False) | Q(mail_wish__stopped_at__isnull=False)
        unwanted = (
            Member.objects.filter(closed, email=to).exists()
            or BounceScore.objects.filter(stopped_at__isnull=False, address__email=to).exists()
        )
        return "" if unwanted else email.address
    if not (reaches(email.kind, email.member) and wants_email(email.member.pk, email.kind)):
        return ""
    confirmed = EmailAddress.objects.filter(
        user=email.member, primary=True, verified=True, bounces__stopped_at=None
    )
    return confirmed.values_list("email", flat=True).first() or ""


def _give_up(email: Email) -> None:
    if email.tries >= TRIES:
        _drop(email)


@transaction.atomic
def _drop(email: Email) -> None:
    Email.objects.filter(pk=email.pk, sent_at=None).update(dropped_at=timezone.now())


def _mark_sent(email: Email) -> None:
    """Say that it went. A database that is away now is waited for: unmarked, it would go once more."""
    for wait in (1, 5, 30, None):
        try:
            Email.objects.filter(pk=email.pk).update(sent_at=timezone.now())
            return
        except DatabaseError as error:
            if wait is None or not is_away(error):
                raise
            connection.close()
            time.sleep(wait)
