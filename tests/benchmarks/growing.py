"""A database many times as large, by copying: each row again under other ids, with the same texts.

What `seed_load` made is read by statements over whole tables, so a million posts take minutes, not the hour they
would take through the actions. Copies keep to themselves (their members, networks, topics and posts are all their
own), so what rows count of one another stays right. Shared are the house's boards, the tags and the longest topic:
all copies of its posts stand in the one. All or nothing: one transaction, in which indexes are taken away and built again.
"""

# ruff: noqa: S608 - made of names of columns and of whole numbers
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import ForeignKey, Max, Model

from accounts.models import Member
from forums.activities.models import Activity, ActivityHost, ActivityTopic, Attendance
from forums.discussions.boards.models import Board
from forums.discussions.openings.maintenance import repair_boards, repair_tags, repair_topics
from forums.discussions.posts.models import Post, Reaction, Revision
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.discussions.voices.maintenance import learn_sizes, repair_ties
from forums.discussions.voices.models import View
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Event, Network, TaggedNetwork, Tie
from forums.groups.networks.search_words import store_search_words
from forums.groups.organisations.maintenance import repair_organisations
from forums.groups.organisations.models import NetworkOrganisation, Organisation, Representative
from forums.search.index.models import SearchEntry
from forums.search.upkeep.actions import count_words
from forums.tags.models import TaggedTopic
from forums.text.naming import name_key
from forums.text.thai import sort_key

COPIED: tuple[type[Model], ...] = (
    Member, Network, Organisation, Representative, NetworkOrganisation, Membership, Tie, TaggedNetwork, Board,
    Topic, TaggedTopic, TopicNetwork, View, Post, SearchEntry, Revision, Reaction, Standpoint,
    Activity, ActivityHost, ActivityTopic, Attendance, Event,
)  # fmt: skip
_OF_THE_LONG = (Topic, TaggedTopic, TopicNetwork, View)  # what the longest topic has once
_MEMORY = "512MB"  # to build an index in


def grow(*, posts: int) -> None:
    """Copy what is there until there are `posts` posts, or a few more: the whole of it so many times."""
    copies = -(-posts // Post.objects.count()) - 1
    first = {model: _last(model) + 1 for model in (Network, Organisation)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # nothing may wait where indexes come and go
        cursor.execute(
            "SET LOCAL session_replication_role = replica"
        )  # no foreign keys, no triggers
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{_MEMORY}'")
        cursor.execute("SET LOCAL max_parallel_maintenance_workers = 0")  # as the server is set up
        indexes = _take_indexes(cursor)
        copying = _Copying(cursor)
        for copy in range(1, copies + 1):
            for model in COPIED:
                copying.copy(model, copy)
        for definition in indexes:
            cursor.execute(definition)
        for model in COPIED:
            _set_sequence(cursor, model)
    repair_topics(after=copying.long.pk - 1, size=1)
    repair_boards()
    _in_batches(lambda after: repair_tags(after=after, size=1000)[0])
    _in_batches(
        lambda after: repair_organisations(after=after, size=1000)[0],
        after=first[Organisation] - 1,
    )
    learn_sizes()
    _in_batches(lambda after: repair_ties(after=after, size=100)[0])
    for some in _batches(Network, first[Network]):
        with transaction.atomic():
            store_search_words(some)
    count_words()


class _Copying:
    """Writes one copy of a table after the other; `steps`: by how much the ids of each are raised a copy."""

    def __init__(self, cursor: Any) -> None:
        self.cursor = cursor
        self.steps = {model: _last(model) for model in COPIED if model is not SearchEntry}
        self.steps[SearchEntry] = self.steps[Post]
        self.long = Topic.objects.order_by("-last_number")[0]
        self.house = list(Board.objects.filter(network=None).values_list("pk", flat=True)) or [0]

    def copy(self, model: type[Model], copy: int) -> None:
        table, pk = model._meta.db_table, str(model._meta.pk.column)
        columns = [str(field.column) for field in model._meta.local_concrete_fields]
        values = {column: f"o.{column}" for column in columns}
        values |= {
            str(field.column): self._raised(field, copy)
            for field in model._meta.local_concrete_fields
            if field.primary_key
            or (isinstance(field, ForeignKey) and field.related_model in COPIED)
        }
        values |= self._other(model, copy)
        where = [f"o.{pk} <= {self.steps[model]}", *self._only(model)]
        self.cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) "
            f"SELECT {', '.join(values[column] for column in columns)} "
            f"FROM {table} o {self._beside(model, copy)} WHERE {' AND '.join(where)} ORDER BY o.{pk}"
        )

    def _raised(self, field: Any, copy: int) -> str:
        """The id of the row's copy, or of the copy of what the row refers to."""
        column = f"o.{field.column}"
        model = field.model if field.primary_key else field.related_model
        if model is SearchEntry:
            model = Post
        raised = f"{column} + {copy * self.steps[model]}"
        if model is Board and not field.primary_key:
            return f"CASE WHEN {column} = ANY({_array(self.house)}) THEN {column} ELSE {raised} END"
        if model is Topic and not field.primary_key:
            return f"CASE WHEN {column} = {self.long.pk} THEN {column} ELSE {raised} END"
        if model is Network and field.model in (Post, Standpoint):  # as many speak there as before
            return f"CASE WHEN o.topic_id = {self.long.pk} THEN {column} ELSE {raised} END"
        return raised

    def _only(self, model: type[Model]) -> list[str]:
        if model is Board:
            return ["o.network_id IS NOT NULL"]
        if model in _OF_THE_LONG:
            column = {Topic: "id", TaggedTopic: "content_object_id"}.get(model, "topic_id")
            return [f"o.{column} <> {self.long.pk}"]
        return []

    def _other(self, model: type[Model], copy: int) -> dict[str, str]:
        """What differs beside ids."""
        if model is Post:
            further = copy * (self.long.last_number + 1)
            return {
                "number": f"CASE WHEN o.topic_id = {self.long.pk} THEN {further} ELSE 0 END + o.number"
            }
        if model is Topic:
            return {
                name: self._raised_list(name, other, copy)
                for name, other in (
                    ("taking_part", Member),
                    ("voices", Network),
                    ("related", Topic),
                )
            }
        if model is TopicNetwork:
            return {"most_useful": self._raised_list("most_useful", Post, copy)}
        if model is SearchEntry:
            return {"names": "concat(m.display_name, ' @', m.handle, ' ', n.name)"}
        if model is Activity:
            return {"uid": "gen_random_uuid()"}
        if model is Board:
            return {"slug": f"'{copy}-' || o.slug"}
        if model is Member:
            return {
                "handle": f"o.handle || '.{copy}'",
                "handle_key": f"o.handle_key || '.{copy}'",
                "email": f"'{copy}.' || o.email",
            }
        if model in (Network, Organisation):
            return {name: f"named.{name}" for name in ("slug", "name", "name_key", "sort_key")}
        return {}

    def _raised_list(self, column: str, model: type[Model], copy: int) -> str:
        """The ids of the copies of what a list refers to, in its order."""
        raised = f"each + {copy * self.steps[model]}"
        its = f"unnest(o.{column}) WITH ORDINALITY its (each, place) ORDER BY place"
        return f"ARRAY(SELECT {raised} FROM {its})"

    def _beside(self, model: type[Model], copy: int) -> str:
        """What `_other` reads beside the row."""
        if model is SearchEntry:
            return f"""JOIN forums_post p ON p.id = o.post_id + {copy * self.steps[Post]}
                JOIN accounts_member m ON m.id = p.author_id LEFT JOIN forums_network n ON n.id = p.network_id"""
        if model in (Network, Organisation):
            self._name(model, copy)
            return "JOIN named ON named.id = o.id"
        return ""

    def _name(self, model: type[Model], copy: int) -> None:
        """Into the table `named`: what the copies of networks or organisations are called."""
        self.cursor.execute("DROP TABLE IF EXISTS named")
        self.cursor.execute(
            "CREATE TEMP TABLE named (id bigint, slug text, name text, name_key text, sort_key text)"
        )
        old = model._default_manager.filter(pk__lte=self.steps[model])
        rows = list(old.values_list("pk", "slug", "name"))
        with self.cursor.copy("COPY named FROM STDIN") as lines:
            for pk, slug, name in rows:
                name = f"{name} ชุด {copy}"
                lines.write_row((pk, f"{copy}-{slug}", name, name_key(name), sort_key(name)))


def _take_indexes(cursor: Any) -> list[str]:
    """Drop every index of what is copied that upholds nothing; the statements that build them again."""
    cursor.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
        WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisunique""",
        [[model._meta.db_table for model in COPIED]],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def _set_sequence(cursor: Any, model: type[Model]) -> None:
    if model is not SearchEntry:
        table = model._meta.db_table
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} HAVING count(*) > 0"
        )


def _in_batches(step: Callable[[int], int | None], *, after: int | None = 0) -> None:
    while after is not None:
        after = step(after)


def _batches(model: type[Model], first: int, size: int = 500) -> Iterator[list[int]]:
    ids = model._default_manager.filter(pk__gte=first).order_by("pk").values_list("pk", flat=True)
    while some := list(ids.filter(pk__gte=first)[:size]):
        yield some
        first = some[-1] + 1


def _last(model: type[Model]) -> int:
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0


def _array(ids: list[int]) -> str:
    return f"ARRAY[{', '.join(map(str, ids))}]::bigint[]"
