"""The writes of `seed_load`: some made-up members or topics, all of them or none; indexes that are taken away, and built again."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, transaction

from accounts.models import Member
from forums.discussions.openings.maintenance import repair_boards
from forums.imports.load.copying import Rows, ids
from forums.imports.load.discussions import TAGS, Load, handle_of
from forums.imports.load.filling import FILLED, Filling, Referred
from forums.imports.making import make_member
from forums.imports.models import Imported, ImportedType
from forums.imports.records import MemberRecord
from forums.kept.models import KeptPage
from forums.tags.tagging import get_tags

MEMORY = "512MB"  # to build an index in
_OF_A_MEMBER = (
    "handle", "handle_key", "handle_skeleton", "email", "display_name", "sort_key", "password",
)  # fmt: skip
_MAY = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
# What is taken away is written down in the transaction that takes it: whoever stops anywhere, it is found there.
_NOTED = """
    CREATE SCHEMA IF NOT EXISTS seed_load;
    CREATE TABLE IF NOT EXISTS seed_load.taken
        (name text PRIMARY KEY, definition text NOT NULL, bytes bigint NOT NULL)
"""
_NOTE = """
    INSERT INTO seed_load.taken
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid), pg_relation_size(i.indexrelid)
    FROM pg_index i WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique
    RETURNING name
"""
_ALIVE = """
    UPDATE forums_network n SET last_active_at = said.at
    FROM (
        SELECT network_id, max(created_at) AS at FROM forums_post
        WHERE network_id IS NOT NULL GROUP BY network_id
    ) AS said
    WHERE n.id = said.network_id AND n.last_active_at < said.at
"""


@transaction.atomic
def make_tags() -> None:
    """The tags that topics have: before several processes look for them."""
    get_tags(TAGS)


@transaction.atomic
def write_members(load: Load, numbers: Sequence[int]) -> int:
    """Make those of these members who are not here yet; returns how many were asked for.

    Raises IntegrityError where somebody else has the handle of one.
    """
    handles = {handle_of(number): number for number in numbers}
    came = Imported.objects.filter(type=ImportedType.MEMBER, external_id__in=list(handles))
    here = set(came.values_list("external_id", flat=True))
    new = [number for handle, number in handles.items() if handle not in here]
    pks = ids(Member, len(new))
    members = Rows(Member, "id", *_OF_A_MEMBER)
    imported = Rows(Imported, "external_id", "object_id", type=ImportedType.MEMBER)
    for number in new:
        handle = handle_of(number)
        member = make_member(MemberRecord(handle, handle, load.name(number)), pk=next(pks))
        members.add(member.pk, *(getattr(member, name) for name in _OF_A_MEMBER))
        imported.add(handle, member.pk)
    with _trusted():
        members.write()
        imported.write()
    return len(numbers)


@transaction.atomic
def write_topics(known: Referred, sizes: Sequence[tuple[int, int]]) -> int:
    """Make the topics of these numbers and sizes; returns how many posts they have.

    What they add to boards, tags and networks is counted afterwards, once for all of them.
    """
    with _trusted():
        filling = Filling(known, sizes)
        for number, size in sizes:
            filling.add(known.load.topic(number, size))
        filling.write()
    return sum(size for _number, size in sizes)


@contextmanager
def _trusted() -> Iterator[None]:
    """Rows refer to one another rightly: no foreign key is asked and no trigger runs, where the role may say so.

    Else each row is asked for everything it refers to, which takes longer than writing it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MAY)
        may: bool = cursor.fetchone()[0]
        if may:
            cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        if may:
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@transaction.atomic
def count_what_was_made() -> None:
    """What boards remember of topics, when networks talked last; kept pages, which no trigger has told."""
    repair_boards()
    with connection.cursor() as cursor:
        cursor.execute(_ALIVE)
    KeptPage.objects.all().delete()


# -- indexes ----------------------------------------------------------------------------------


@transaction.atomic
def take_indexes() -> None:
    """Drop every index of the tables that are filled which upholds nothing, and note how it is built."""
    tables = [model._meta.db_table for model in FILLED]
    with connection.cursor() as cursor:
        cursor.execute(_NOTED)
        cursor.execute(_NOTE, [tables])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")


def taken_indexes() -> list[str]:
    """The names of those that are to be built, what was largest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('seed_load.taken') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return []
        cursor.execute(
            "SELECT name FROM seed_load.taken ORDER BY definition LIKE '%% USING gin %%' DESC, bytes DESC, name"
        )
        return [name for (name,) in cursor.fetchall()]


@transaction.atomic
def build_index(name: str) -> None:
    """Build one that was taken away. Several processes may build one each, of one table, too."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM seed_load.taken WHERE name = %s RETURNING definition", [name])
        (definition,) = cursor.fetchone()
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        cursor.execute("SET LOCAL max_parallel_maintenance_workers = 0")
        cursor.execute(definition)


@transaction.atomic
def forget_indexes() -> None:
    """All stand again: nothing is noted any more."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS seed_load CASCADE")
