"""Whom a Telling reaches, and the one statement that writes their lines."""

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from psycopg.types.json import Jsonb

from accounts.models import Member
from forums.base.constant_sql import select
from forums.notifications.models import Notification, Telling
from forums.notifications.outbox import write_emails, write_gathered
from forums.notifications.registry import (
    Kind,
    Share,
    audience_of,
    deaf_to,
    kind_of,
    loaders,
    quick_looks,
    tell_on,
)
from forums.notifications.seen import Seen
from forums.notifications.wishes import declined

BATCH = 500  # members of a Telling that names them
MOST = 50  # things and people a line remembers

_WRITE = f"""
    INSERT INTO forums_notification AS n (member_id, kind, key, data, things, people, newest_at)
    SELECT m.id, %(kind)s, s.key, %(data)s, %(things)s::bigint[], %(people)s::bigint[], %(at)s
    FROM unnest(%(members)s::bigint[], %(keys)s::text[]) s(member, key)
    JOIN accounts_member m ON m.id = s.member
    ORDER BY m.id
    ON CONFLICT (member_id, key) DO UPDATE SET
        kind = EXCLUDED.kind,
        data = EXCLUDED.data,
        things = (SELECT kept.all[greatest(1, cardinality(kept.all) - {MOST - 1}):] FROM (SELECT
            CASE WHEN n.read_at IS NULL OR NOT %(again)s THEN n.things ELSE '{{}}' END || EXCLUDED.things
        ) kept("all")),
        people = (SELECT kept.all[greatest(1, cardinality(kept.all) - {MOST - 1}):] FROM (SELECT
            CASE WHEN n.read_at IS NULL OR NOT %(again)s THEN array_remove(n.people, %(actor)s::bigint) ELSE '{{}}' END
            || EXCLUDED.people
        ) kept("all")),
        newest_at = CASE WHEN n.read_at IS NULL OR %(again)s THEN greatest(n.newest_at, EXCLUDED.newest_at)
            ELSE n.newest_at END,
        read_at = CASE WHEN %(again)s THEN NULL ELSE n.read_at END
    WHERE cardinality(EXCLUDED.things) = 0 OR NOT EXCLUDED.things <@ n.things
    RETURNING n.member_id
"""  # noqa: S608 - made of constants


def next_shares(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """Who comes next, and how far that goes; None: nobody is left. Raises KeyError for a kind nobody knows."""
    if (who := audience_of(telling.kind)) is not None:
        return who(telling)
    if kind_of(telling.kind) is None:
        raise KeyError(telling.kind)
    left = [pk for pk in telling.members if pk > telling.after][: BATCH + 1]
    shares = [Share(pk, telling.kind, telling.key) for pk in left[:BATCH]]
    return shares, left[BATCH - 1] if len(left) > BATCH else None


def write_lines(telling: Telling, shares: Sequence[Share]) -> int:
    """Write the lines of those who may see and want to hear it; returns how many were written or changed.

    By kind and then by member: two who write at once wait for one another, never in a circle.
    """
    members = [share.member for share in shares]
    deaf = {telling.actor_id, *(deaf_to(telling, members) if members else ())}
    written: list[int] = []
    for name in sorted({share.kind for share in shares}):
        kind = kind_of(name)
        if kind is None:
            raise KeyError(name)
        keys = {share.member: share.key for share in shares if share.kind == name}
        keys = {pk: key for pk, key in keys.items() if pk not in deaf}
        off = declined(kind.switch, keys)
        if not (kind.mailed or kind.gathered):  # else she may still want the email
            keys = {pk: key for pk, key in keys.items() if pk not in off}
        told = _who_see(kind, telling, keys)
        if kind.mailed:
            write_emails(name, key=f"{name}-{telling.pk}", members=told, data=telling.data)
        if told and kind.gathered:
            about = {pk: keys[pk].removeprefix(f"{kind.name}-") for pk in told}
            post = telling.data["post"]
            write_gathered(kind.name, post=post, about=about, at=telling.created_at)
        if here := {pk: keys[pk] for pk in told if pk not in off}:
            written += _write(kind, telling, here)
    if written:
        tell_on(written, telling.created_at)
    return len(written)


def _who_see(kind: Kind, telling: Telling, keys: dict[int, str]) -> list[int]:
    """Those who may see what it speaks of: all, if a visitor may; else each is asked. Where there is a quick look at
    everything it speaks of, that must do: what else the line asks, it asks when it is shown.
    """
    if not keys:
        return []
    things = {name: pk for name, pk in telling.data.items() if name in loaders()}
    if things and things.keys() <= quick_looks().keys():
        if _quickly([AnonymousUser()], things):
            return sorted(keys)
        return sorted(each.pk for each in _quickly(Member.objects.in_bulk(keys).values(), things))
    note = _note(kind, telling)
    if kind.line(note, Seen(None, [note])) is not None:
        return sorted(keys)
    members = Member.objects.in_bulk(keys).values()
    return sorted(each.pk for each in members if kind.line(note, Seen(each, [note])) is not None)


def _quickly(readers: Collection[Any], things: dict[str, int]) -> list[Any]:
    """Those of `readers` who may see all of these things."""
    seen = {each.pk for each in readers}
    for name, pk in things.items():
        seen &= set(quick_looks()[name](readers, pk))
    return [each for each in readers if each.pk in seen]


def _note(kind: Kind, telling: Telling) -> Notification:
    """The line as it would be if it were the first."""
    return Notification(
        kind=kind.name, data=telling.data, things=_things(telling), people=_people(telling)
    )


def _things(telling: Telling) -> list[int]:
    return [telling.data["post"]] if "post" in telling.data else []


def _people(telling: Telling) -> list[int]:
    return [] if telling.actor_id is None else [telling.actor_id]


def _write(kind: Kind, telling: Telling, keys: dict[int, str]) -> list[int]:
    rows = select(
        _WRITE,
        kind=kind.name,
        again=kind.again,
        data=Jsonb(telling.data),
        things=_things(telling) if kind.again else [],
        people=_people(telling),
        actor=telling.actor_id,
        at=telling.created_at,
        members=list(keys),
        keys=list(keys.values()),
    )
    return [member for (member,) in rows]
