"""Sending what lies in the outbox, and looking for what has fallen due.

An email is taken in one short transaction, which also says when it may be taken again; it is sent
outside of any, and marked as sent at once. So two processes never take the same one, a crash loses
none, and doubles at most the one email that was on its way.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, scheduled_jobs, text_of
from forums.text.links import without_links

logger = logging.getLogger(__name__)

BATCH = 10  # emails taken at once
# How long after the first, second … try an email may be taken again. The first must be longer than
# a batch takes with a slow mail server: nobody else may take an email that is on its way.
WAITS = [timedelta(minutes=m) for m in (10, 30, 120, 480, 1440)]
TRIES = len(WAITS) + 1
LEASE = WAITS[0] / 2  # a batch that took longer is left to whoever comes after


def deliver(limit: int = 1000, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Send up to `limit` emails that are due; returns how many went out.

    `stop` is asked before each email: a process that should end does, and loses none.
    """
    sent, taken = 0, 0
    while taken < limit and not stop():
        emails = _take(min(BATCH, limit - taken))
        if not emails:
            break
        taken += len(emails)
        until = timezone.now() + LEASE
        for email in emails:
            if stop() or timezone.now() > until:
                _put_back(email)
            else:
                sent += _send(email)
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
def _take(count: int) -> list[Email]:
    now = timezone.now()
    waiting = Email.objects.select_for_update(skip_locked=True, of=("self",))
    emails = list(
        waiting.filter(sent_at=None, dropped_at=None, due_at__lte=now)
        .select_related("member")
        .order_by("due_at", "id")[:count]
    )
    for email in emails:
        email.tries += 1
        again = now + WAITS[min(email.tries, len(WAITS)) - 1]
        Email.objects.filter(pk=email.pk).update(tries=email.tries, due_at=again)
    return emails


@transaction.atomic
def _put_back(email: Email) -> None:
    """What was taken and not tried: due at once, its try not counted."""
    Email.objects.filter(pk=email.pk).update(tries=F("tries") - 1, due_at=email.due_at)


def _send(email: Email) -> bool:
    """Word, send and mark one email that was taken. Its failure is logged, never thrown."""
    try:
        # Somebody may have taken it back since it was taken.
        if not Email.objects.filter(pk=email.pk, sent_at=None, dropped_at=None).exists():
            return False
        address = _address(email)
        with translation.override(email.member.reads if email.member else settings.LANGUAGE_CODE):
            text = text_of(email) if address else None
            if text is None:
                _drop(email)
                return False
            _message(text, address).send(using="default")
    except SMTPRecipientsRefused as error:
        logger.warning("Email %s: the address was refused", email.pk)
        refused_for_good = all(500 <= code < 600 for code, _why in error.recipients.values())
        if refused_for_good or email.tries >= TRIES:
            _drop(email)
        return False
    except (OSError, SMTPException) as error:
        logger.warning("Email %s could not be sent: %s", email.pk, error)
        _give_up(email)
        return False
    except Exception:  # a kind nobody knows, words that cannot be made: the others must go out
        logger.exception("Email %s (%s) could not be worded", email.pk, email.kind)
        _give_up(email)
        return False
    _mark_sent(email)
    return True


def _address(email: Email) -> str:
    """Where the email goes: '' for nobody. A member gets it at her confirmed address only."""
    if email.member is None:
        suspended = Member.objects.filter(email=email.address.lower(), is_active=False).exists()
        return "" if suspended else email.address
    if not email.member.is_active:
        return ""
    confirmed = EmailAddress.objects.filter(user=email.member, primary=True, verified=True)
    return confirmed.values_list("email", flat=True).first() or ""


def _message(text: EmailText, address: str) -> EmailMessage:
    why = text.why or _("You get this letter because you are a member of %(site)s.") % {
        "site": settings.SITE_NAME
    }
    return EmailMessage(
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX
        + without_links(" ".join(text.subject.split())),  # names from before they were refused
        body=f"{text.body.strip()}\n\n-- \n{settings.SITE_NAME} {settings.SITE_URL}\n{why}\n",
        to=[address],
        # No machine answers it: "I am on holiday" to an email nobody wrote.
        headers={"Auto-Submitted": "auto-generated"},
    )


def _give_up(email: Email) -> None:
    if email.tries >= TRIES:
        _drop(email)


@transaction.atomic
def _drop(email: Email) -> None:
    Email.objects.filter(pk=email.pk, sent_at=None).update(dropped_at=timezone.now())


@transaction.atomic
def _mark_sent(email: Email) -> None:
    Email.objects.filter(pk=email.pk).update(sent_at=timezone.now())
