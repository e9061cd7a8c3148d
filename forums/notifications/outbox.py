"""Putting emails into the outbox: the last lines of an action."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from forums.notifications.models import Email


def write_emails(
    kind: str,
    *,
    key: str,
    members: Iterable[int] = (),
    addresses: Iterable[str] = (),
    data: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> None:
    """One email of `kind` to each member (ids) and each address, sent from `due_at` on (None: now).

    `key` names what is said ("activity-7-changed-3"); the reader is added to it, and what was said to
    her already is not said again.
    """
    due_at = due_at or timezone.now()
    emails = [
        Email(kind=kind, key=f"{key}:{pk}", member_id=pk, data=data or {}, due_at=due_at)
        for pk in members
    ]
    emails += [
        Email(
            kind=kind, key=f"{key}:{address}"[:120], address=address, data=data or {}, due_at=due_at
        )
        for address in addresses
    ]
    Email.objects.bulk_create(emails, ignore_conflicts=True)


def drop_emails(*, key: str) -> None:
    """Take back what has not been sent yet of everything whose key begins with `key`."""
    Email.objects.filter(key__startswith=key, sent_at=None, dropped_at=None).update(
        dropped_at=timezone.now()
    )
