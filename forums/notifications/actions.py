"""Sending what lies in the outbox, and looking for what has fallen due.

A letter is taken in one short transaction, which also says when it may be taken again; it is sent
outside of any, and marked as sent at once. So two processes never take the same one, a crash loses
none, and doubles at most the one letter that was on its way.
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
from forums.notifications.models import Letter
from forums.notifications.registry import Words, chores, words_of

logger = logging.getLogger(__name__)

BATCH = 10  # letters taken at once
# How long after the first, second … try a letter may be taken again. The first must be longer than
# a batch takes with a slow mail server: nobody else may take a letter that is on its way.
WAITS = [timedelta(minutes=m) for m in (10, 30, 120, 480, 1440)]
TRIES = len(WAITS) + 1
LEASE = WAITS[0] / 2  # a batch that took longer is left to whoever comes after


def deliver(limit: int = 1000, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Send up to `limit` letters that are due; returns how many went out.

    `stop` is asked before each letter: a process that should end does, and loses none.
    """
    sent, taken = 0, 0
    while taken < limit and not stop():
        letters = _take(min(BATCH, limit - taken))
        if not letters:
            break
        taken += len(letters)
        until = timezone.now() + LEASE
        for letter in letters:
            if stop() or timezone.now() > until:
                _put_back(letter)
            else:
                sent += _send(letter)
    return sent


def remind(now: datetime | None = None) -> list[str]:
    """Run every periodic function; returns the names of those that failed (the log says how)."""
    failed = []
    for name, chore in chores().items():
        try:
            with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
                chore(now or timezone.now())
        except Exception:
            logger.exception("The periodic function %s failed", name)
            failed.append(name)
    return failed


@transaction.atomic
def _take(count: int) -> list[Letter]:
    now = timezone.now()
    waiting = Letter.objects.select_for_update(skip_locked=True, of=("self",))
    letters = list(
        waiting.filter(sent_at=None, dropped_at=None, due_at__lte=now)
        .select_related("member")
        .order_by("due_at", "id")[:count]
    )
    for letter in letters:
        letter.tries += 1
        again = now + WAITS[min(letter.tries, len(WAITS)) - 1]
        Letter.objects.filter(pk=letter.pk).update(tries=letter.tries, due_at=again)
    return letters


@transaction.atomic
def _put_back(letter: Letter) -> None:
    """What was taken and not tried: due at once, its try not counted."""
    Letter.objects.filter(pk=letter.pk).update(tries=F("tries") - 1, due_at=letter.due_at)


def _send(letter: Letter) -> bool:
    """Word, send and mark one letter that was taken. Its failure is logged, never thrown."""
    try:
        # Somebody may have taken it back since it was taken.
        if not Letter.objects.filter(pk=letter.pk, sent_at=None, dropped_at=None).exists():
            return False
        address = _address(letter)
        with translation.override(settings.LANGUAGE_CODE):
            words = words_of(letter) if address else None
            if words is None:
                _drop(letter)
                return False
            _message(words, address).send(using="default")
    except SMTPRecipientsRefused as error:
        logger.warning("Letter %s: the address was refused", letter.pk)
        refused_for_good = all(500 <= code < 600 for code, _why in error.recipients.values())
        if refused_for_good or letter.tries >= TRIES:
            _drop(letter)
        return False
    except (OSError, SMTPException) as error:
        logger.warning("Letter %s could not be sent: %s", letter.pk, error)
        _give_up(letter)
        return False
    except Exception:  # a kind nobody knows, words that cannot be made: the others must go out
        logger.exception("Letter %s (%s) could not be worded", letter.pk, letter.kind)
        _give_up(letter)
        return False
    _mark_sent(letter)
    return True


def _address(letter: Letter) -> str:
    """Where the letter goes: '' for nobody. A member gets it at her confirmed address only."""
    if letter.member is None:
        suspended = Member.objects.filter(email=letter.address.lower(), is_active=False).exists()
        return "" if suspended else letter.address
    if not letter.member.is_active:
        return ""
    confirmed = EmailAddress.objects.filter(user=letter.member, primary=True, verified=True)
    return confirmed.values_list("email", flat=True).first() or ""


def _message(words: Words, address: str) -> EmailMessage:
    why = words.why or _("You get this letter because you are a member of %(site)s.") % {
        "site": settings.SITE_NAME
    }
    return EmailMessage(
        subject=settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + " ".join(words.subject.split()),
        body=f"{words.body.strip()}\n\n-- \n{settings.SITE_NAME} {settings.SITE_URL}\n{why}\n",
        to=[address],
        # No machine answers it: "I am on holiday" to a letter nobody wrote.
        headers={"Auto-Submitted": "auto-generated"},
    )


def _give_up(letter: Letter) -> None:
    if letter.tries >= TRIES:
        _drop(letter)


@transaction.atomic
def _drop(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk, sent_at=None).update(dropped_at=timezone.now())


@transaction.atomic
def _mark_sent(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())
