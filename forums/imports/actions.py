"""The writes of an import: a batch of records, all of them or none."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Model

from accounts.models import Member
from forums.base.advisory_locks import Lock, hold
from forums.discussions.boards.models import Board
from forums.discussions.posts import counters
from forums.discussions.posts.models import Post
from forums.discussions.topics.counters import count_board, is_public
from forums.discussions.topics.models import Topic
from forums.imports.making import make_board, make_member, make_post, make_topic, render_texts
from forums.imports.models import Imported, ImportedType
from forums.imports.records import (
    BadLine,
    BoardRecord,
    MemberRecord,
    PostRecord,
    Record,
    TopicRecord,
)
from forums.search.index.entries import entry_of, names_of
from forums.search.index.models import SearchEntry
from forums.tags.counters import count_tags_by
from forums.tags.models import TaggedTopic
from forums.tags.tagging import get_tags
from forums.text.handles import handle_key
from forums.text.naming import tag_key
from forums.text.render import Rendered

type Name = tuple[ImportedType, str]


class Result(StrEnum):
    CREATED = "created"
    THERE = "already there"
    REFUSED = "refused"


class Outcome(NamedTuple):
    """What became of one record; `reason` says why it was refused."""

    result: Result
    reason: str = ""


@transaction.atomic
def bring_in(records: Sequence[Record]) -> list[Outcome]:
    """Write `records`, in their order, and say what became of each.

    Records that came in before are left as they are. A record that refers to one that is neither
    here nor among those before it is refused, the others go in. Two imports at once take turns,
    batch by batch; members may write into the same topics meanwhile.
    Raises IntegrityError when somebody took a handle or an address at this very moment: the batch
    is undone, and can be tried again.
    """
    known = _ids_of(records)
    if all((record.type, record.key) in known for record in records):
        return [Outcome(Result.THERE)] * len(records)
    texts = render_texts(records, known=known)  # before anything is locked
    lock_imports()
    batch = _Batch(records, texts)
    outcomes = [batch.add(record) for record in records]
    batch.write()
    return outcomes


def lock_imports() -> None:
    """Until the transaction ends nobody else imports."""
    hold(Lock.IMPORTS)


def _ids_of(records: Iterable[Record]) -> dict[Name, int]:
    """Of all that `records` are or refer to: what came in before, and its id here."""
    keys: dict[ImportedType, set[str]] = {type_: set() for type_ in ImportedType}
    for record in records:
        keys[record.type].add(record.key)
        match record:
            case TopicRecord():
                keys[ImportedType.BOARD].add(record.board)
            case PostRecord():
                keys[ImportedType.TOPIC].add(record.topic)
                if record.parent is not None:
                    keys[ImportedType.POST].add(record.parent)
        if isinstance(record, TopicRecord | PostRecord):
            keys[ImportedType.MEMBER].add(record.author)
    return {
        (type_, key): pk
        for type_, wanted in keys.items()
        for key, pk in Imported.objects.filter(
            type=type_, external_id__in=sorted(wanted)
        ).values_list("external_id", "object_id")
    }


@dataclass
class _Batch:
    """First every record is added, which decides what comes in; then all is written at once."""

    records: Sequence[Record]
    texts: dict[Name, Rendered]
    there: set[Name] = field(default_factory=set)
    ids: dict[Name, int] = field(default_factory=dict)
    imported: list[Imported] = field(default_factory=list)
    boards: list[Board] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    topics: dict[int, Topic] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    entries: list[SearchEntry] = field(default_factory=list)
    tags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    answered: dict[int, Post] = field(default_factory=dict)
    authors: dict[int, Member] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Look up, in a handful of queries, whatever the records may refer to, and lock it."""
        ids = _ids_of(self.records)
        self.there = set(ids)
        new = [record for record in self.records if (record.type, record.key) not in ids]
        self.slugs = dict(
            Board.objects.filter(
                slug__in=[record.key for record in new if isinstance(record, BoardRecord)]
            ).values_list("slug", "pk")
        )
        self.handles = set(
            Member.objects.filter(
                handle_key__in=[
                    handle_key(record.handle) for record in new if isinstance(record, MemberRecord)
                ]
            ).values_list("handle_key", flat=True)
        )
        by_type: dict[ImportedType, set[int]] = {type_: set() for type_ in ImportedType}
        for (type_, _), pk in ids.items():
            by_type[type_].add(pk)
        self.locked_boards = _locked(Board, by_type[ImportedType.BOARD] | {*self.slugs.values()})
        self.locked_topics = _locked(Topic, by_type[ImportedType.TOPIC])
        self.parents = _load_parents(by_type[ImportedType.POST])
        self.authors = Member.objects.only("handle", "display_name").in_bulk(
            by_type[ImportedType.MEMBER]
        )
        # What came in once may have been taken away since: then nothing can refer to it.
        present: dict[ImportedType, Collection[int]] = {
            ImportedType.BOARD: self.locked_boards,
            ImportedType.MEMBER: set(self.authors),
            ImportedType.TOPIC: self.locked_topics,
            ImportedType.POST: self.parents,
        }
        self.ids = {name: pk for name, pk in ids.items() if pk in present[name[0]]}
        self.next_ids = {
            Board: _ids(Board, sum(isinstance(record, BoardRecord) for record in new)),
            Member: _ids(Member, sum(isinstance(record, MemberRecord) for record in new)),
            Topic: _ids(Topic, sum(isinstance(record, TopicRecord) for record in new)),
            Post: _ids(Post, sum(isinstance(record, TopicRecord | PostRecord) for record in new)),
        }

    # -- deciding ---------------------------------------------------------------------------

    def add(self, record: Record) -> Outcome:
        """Decide about one record; those before it have been added."""
        if (record.type, record.key) in self.there:
            return Outcome(Result.THERE)
        try:
            match record:
                case BoardRecord():
                    return self._add_board(record)
                case MemberRecord():
                    self._add_member(record)
                case TopicRecord():
                    self._add_topic(record)
                case PostRecord():
                    self._add_post(record)
        except BadLine as error:
            return Outcome(Result.REFUSED, str(error))
        return Outcome(Result.CREATED)

    def _add_board(self, record: BoardRecord) -> Outcome:
        if (pk := self.slugs.get(record.key)) is not None:  # made in the admin, with its rights
            self._remember(record, pk)
            return Outcome(Result.THERE)
        board = make_board(record, pk=self._next_id(Board))
        self.boards.append(board)
        self._remember(record, board.pk)
        return Outcome(Result.CREATED)

    def _add_member(self, record: MemberRecord) -> None:
        if handle_key(record.handle) in self.handles:
            raise BadLine(f'handle "{record.key}" is taken here by another member')
        member = make_member(record, pk=self._next_id(Member))
        self.handles.add(member.handle_key)
        self.members.append(member)
        self.authors[member.pk] = member
        self._remember(record, member.pk)

    def _add_topic(self, record: TopicRecord) -> None:
        board_id = self._known(ImportedType.BOARD, record.board, "board")
        author_id = self._known(ImportedType.MEMBER, record.author, "author")
        text = self.texts[(record.type, record.key)]
        topic = make_topic(
            record,
            text,
            pk=self._next_id(Topic),
            board_id=board_id,
            author_id=author_id,
        )
        post = make_post(
            record,
            text,
            pk=self._next_id(Post),
            topic=topic,
            author_id=author_id,
        )
        self.topics[topic.pk] = topic
        self.posts[post.pk] = post
        self._index(post, text, author_id, record.title, record.tags)
        self.tags[topic.pk] = record.tags
        self._remember(record, topic.pk)

    def _add_post(self, record: PostRecord) -> None:
        topic_id = self._known(ImportedType.TOPIC, record.topic, "topic")
        topic = self.topics.get(topic_id) or self.locked_topics[topic_id]
        author_id = self._known(ImportedType.MEMBER, record.author, "author")
        parent = root = None
        if record.parent is not None:
            parent = self._post(self._known(ImportedType.POST, record.parent, "parent"))
            if parent.topic_id != topic_id:
                raise BadLine(f'parent "{record.parent}" is a post of another topic')
            root = self._post(parent.root_id) if parent.root_id else parent
            if root.pk in self.parents:
                self.answered[root.pk] = root
        text = self.texts[(record.type, record.key)]
        post = make_post(
            record,
            text,
            pk=self._next_id(Post),
            topic=topic,
            author_id=author_id,
        )
        post.number, post.reply_number = counters.next_place(topic, root)
        post.root_id = root.pk if root else None
        post.parent_id = parent.pk if parent else None
        self.posts[post.pk] = post
        self._index(post, text, author_id)
        self._remember(record, post.pk)

    def _known(self, type_: ImportedType, key: str, field_name: str) -> int:
        pk = self.ids.get((type_, key))
        if pk is None:
            raise BadLine(f'{field_name} "{key}" is unknown: no line before this brought it in')
        return pk

    def _post(self, pk: int) -> Post:
        return self.posts.get(pk) or self.parents[pk]

    def _next_id(self, model: type[Model]) -> int:
        return self.next_ids[model].pop()

    def _remember(self, record: Record, pk: int) -> None:
        self.there.add((record.type, record.key))
        self.ids[(record.type, record.key)] = pk
        self.imported.append(Imported(type=record.type, external_id=record.key, object_id=pk))

    def _index(
        self,
        post: Post,
        text: Rendered,
        author_id: int,
        title: str = "",
        tags: tuple[str, ...] = (),
    ) -> None:
        names = names_of(self.authors[author_id])
        self.entries.append(entry_of(post.pk, text, names=names, title=title, tags=tags))

    # -- writing ----------------------------------------------------------------------------

    def write(self) -> None:
        """Insert what was decided, and move the counters."""
        Board.objects.bulk_create(self.boards)
        Member.objects.bulk_create(self.members)
        Topic.objects.bulk_create(self.topics.values())
        Post.objects.bulk_create(self.posts.values())
        SearchEntry.objects.bulk_create(self.entries)
        Imported.objects.bulk_create(self.imported)
        self._count_topics()
        for pk, post in sorted(self.answered.items()):
            Post.objects.filter(pk=pk).update(last_reply_number=post.last_reply_number)
        touched = self.topics | {
            post.topic_id: self.locked_topics[post.topic_id]
            for post in self.posts.values()
            if post.topic_id in self.locked_topics
        }
        topics = [touched[pk] for pk in sorted(touched)]
        counters.recount_many(topics)

    def _count_topics(self) -> None:
        """Tag the new topics, and let their boards and tags count them."""
        boards = self.locked_boards | {board.pk: board for board in self.boards}
        for pk, count in sorted(Counter(t.board_id for t in self.topics.values()).items()):
            count_board(pk, count)
        names = {name for tags in self.tags.values() for name in tags}
        if not names:
            return
        tags = {tag.key: tag.pk for tag in get_tags(sorted(names))}
        pairs = [(pk, tags[tag_key(name)]) for pk, names in self.tags.items() for name in names]
        TaggedTopic.objects.bulk_create(
            [TaggedTopic(content_object_id=topic_id, tag_id=tag_id) for topic_id, tag_id in pairs]
        )
        public = {pk for pk, t in self.topics.items() if is_public(t, boards[t.board_id])}
        count_tags_by(Counter(tag_id for topic_id, tag_id in pairs if topic_id in public))


def _locked[Row: (Board, Topic)](model: type[Row], ids: set[int]) -> dict[int, Row]:
    rows = model.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {row.pk: row for row in rows}


def _load_parents(ids: set[int]) -> dict[int, Post]:
    """The posts that are answered and the comments they stand under; their topics are locked."""
    columns = ("topic_id", "root_id", "number", "reply_number", "last_reply_number")
    posts = Post.objects.only(*columns)
    parents = posts.in_bulk(ids)
    return parents | posts.in_bulk({post.root_id for post in parents.values() if post.root_id})


def _ids(model: type[Model], count: int) -> list[int]:
    """`count` ids from the table's sequence, the lowest last: a parent's must be lower than its answers'."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted((pk for (pk,) in cursor.fetchall()), reverse=True)
