"""Putting emails into the outbox: the last lines of an action."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from forums.notifications.models import Email
from forums.notifications.registry import TOLD

GATHERED = 100  # posts at most in one email, the newest: after a day without a mail server there may be more
AWHILE = timedelta(minutes=10)  # in which its reader may see what she would be mailed


def write_emails(
    kind: str,
    *,
    key: str,
    members: Iterable[int] = (),
    addresses: Iterable[str] = (),
    data: dict[str, Any] | None = None,
    due_at: datetime | None = None,
    daily: bool = False,
) -> None:
    """One email of `kind` to each member (ids) and each address, sent from `due_at` on (None: now).

    `key` names what is said ("activity-7-changed-3"); the reader is added to it, and what was said to
    her already is not said again; what was taken back before it was sent, is. With `daily` the same may be
    said again on another day: for what can be asked, taken back and asked again, the key being of those
    it is between, not of the row that is made anew each time.
    """
    due_at = due_at or timezone.now()
    if daily:
        key = said_today(key)
    emails = [
        Email(kind=kind, key=f"{key}:{pk}", member_id=pk, data=data or {}, due_at=due_at)
        for pk in members
    ]
    emails += [
        Email(kind=kind, key=key_to(key, address), address=address, data=data or {}, due_at=due_at)
        for address in addresses
    ]
    Email.objects.bulk_create(emails, ignore_conflicts=True)
    # What waits speaks of what stands now: the row it spoke of may have been made anew.
    waiting = Email.objects.filter(key__in=[each.key for each in emails], sent_at=None)
    waiting.update(data=data or {})
    waiting.exclude(dropped_at=None).update(dropped_at=None, tries=0, due_at=due_at)


def write_letters(kind: str, letters: Iterable[tuple[str, str, dict[str, Any], datetime]]) -> None:
    """One email to each address, each with a key, data and time of its own: for what is said only once.

    It counts as written when it is due, or an address would be forgotten before it was written to.
    """
    Email.objects.bulk_create(
        Email(
            kind=kind,
            key=key_to(key, address),
            address=address,
            data=data,
            due_at=due_at,
            created_at=due_at,
        )
        for key, address, data, due_at in letters
    )


def drop_letters(keys: Iterable[str]) -> None:
    """Take back what has not been sent yet of exactly these keys."""
    waiting = Email.objects.filter(key__in=list(keys), sent_at=None, dropped_at=None)
    waiting.update(dropped_at=timezone.now())


def key_to(key: str, address: str) -> str:
    """The key of an email to an address."""
    return f"{key}:{address}"[:120]


def said_today(key: str) -> str:
    """What is said today, and may be said again tomorrow."""
    return f"{key}-{timezone.localdate():%Y%m%d}"


def drop_emails(*, key: str) -> None:
    """Take back what has not been sent yet of everything whose key begins with `key`."""
    Email.objects.filter(key__startswith=key, sent_at=None, dropped_at=None).update(
        dropped_at=timezone.now()
    )


# -- What is gathered ---------------------------------------------------------------------------


def write_gathered(kind: str, *, post: int, about: Mapping[int, str], at: datetime) -> None:
    """An email to each member (her id, with what it is about) in a while: that a post was told to her, as this kind."""
    emails = [
        Email(
            kind=TOLD,
            key=f"{TOLD}-{pk}-{thing}-{post}",
            member_id=pk,
            data={"posts": [[post, kind]]},
            due_at=at + AWHILE,
        )
        for pk, thing in sorted(about.items())
    ]
    Email.objects.bulk_create(emails, ignore_conflicts=True)


@transaction.atomic
def gather(email: Email) -> bool:
    """Let an email that was taken say what else waits for its reader about the same thing; False: another says it already.

    All of them are locked in one order, so that of two processes one gathers. What is tried already, and so may be on
    its way, is left alone.
    """
    same = email.key.rpartition("-")[0] + "-"
    waiting = Email.objects.select_for_update().filter(
        key__startswith=same, sent_at=None, dropped_at=None
    )
    found = {each.pk: each for each in waiting.order_by("pk")}
    if email.pk not in found:
        return False
    others = [each for each in found.values() if each.pk != email.pk and not each.tries]
    if others:
        posts = [post for each in (found[email.pk], *others) for post in each.data["posts"]]
        email.data = {"posts": posts[-GATHERED:]}
        Email.objects.filter(pk=email.pk).update(data=email.data)
        Email.objects.filter(pk__in=[each.pk for each in others]).update(dropped_at=timezone.now())
    return True
