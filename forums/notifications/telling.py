"""Telling members of something: the last lines of an action."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from psycopg.types.json import Jsonb

from forums.base.constant_sql import write_each
from forums.notifications.models import Telling
from forums.notifications.outbox import said_today, write_emails
from forums.notifications.registry import audience_of, deaf_to, has_email

if TYPE_CHECKING:
    from accounts.models import Member


def tell(
    kind: str,
    *,
    key: str,
    members: Iterable[int] = (),
    actor: "Member | None" = None,
    data: dict[str, Any] | None = None,
    due_at: datetime | None = None,
    daily: bool = False,
) -> None:
    """Tell `members` (ids) of something: by the email of this kind, if there is one, and on the page.

    `key` names what is said, `daily` that it may be said again another day, as for `outbox.write_emails`; `actor`
    did it, and is not told on the page; who wants to hear nothing of her is told by neither. For an audience that is
    worked out afterwards (`registry.audience`) there are no `members`.
    """
    readers = list(members)
    if has_email(kind):
        about = Telling(kind=kind, actor=actor, data=data or {})
        deaf = deaf_to(about, readers) if actor and readers else ()
        heard = [pk for pk in readers if pk not in deaf]
        write_emails(kind, key=key, members=heard, data=data, due_at=due_at, daily=daily)
    tell_here(kind, key=said_today(key) if daily else key, members=readers, actor=actor, data=data)


def tell_here(
    kind: str,
    *,
    key: str,
    members: Iterable[int] = (),
    actor: "Member | None" = None,
    data: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> None:
    """The same on the page alone, from `due_at` on. One row, whoever hears it: the worker does the rest."""
    readers = set(members)
    if not readers and audience_of(kind) is None:
        return
    row = {
        "kind": kind,
        "key": key,
        "members": sorted(readers),
        "actor": actor and actor.pk,
        "data": Jsonb(data or {}),
        "at": due_at or timezone.now(),
    }
    write_each(_TELL, [row])


_TELL = """
    INSERT INTO forums_telling (kind, key, members, actor_id, data, created_at, due_at)
    VALUES (%(kind)s, %(key)s, %(members)s::bigint[], %(actor)s::bigint, %(data)s, %(at)s, %(at)s)
"""
