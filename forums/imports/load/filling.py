"""From a made-up topic to the rows it becomes, counted on the way: `manage.py recount` finds nothing to correct.

A topic is made as a whole, so whatever it remembers of its posts is known when its own row is written, last.
"""

from array import array
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from heapq import nsmallest
from itertools import chain
from typing import NamedTuple

from django.utils import timezone

from forums.discussions.boards.models import Board
from forums.discussions.posts.counters import hotness
from forums.discussions.posts.models import Post, Reaction, ReactionKind
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.addresses import topic_slug
from forums.discussions.topics.models import (
    MOST_USEFUL,
    TAKING_PART,
    VOICES,
    State,
    Topic,
    TopicNetwork,
)
from forums.discussions.voices.models import View
from forums.groups.networks.models import Network
from forums.imports.load.copying import Rows, ids
from forums.imports.load.discussions import TAGS, Load, MadePost, MadeTopic, handle_of
from forums.imports.load.texts import NOTHING, Worded, said
from forums.imports.models import Imported, ImportedType
from forums.search.index.models import SearchEntry
from forums.tags.models import TaggedTopic
from forums.tags.tagging import get_tags
from forums.text.pairs import clusters_vector
from forums.text.render import RENDERER_VERSION
from forums.text.words import INDEX_VERSION, words, words_vector

WAITING = 4000  # posts whose rows wait in memory
FILLED = (Topic, Post, SearchEntry, Reaction, Standpoint, TopicNetwork, TaggedTopic, View)
_LATELY = 60  # posts in which is looked for who takes part, as `posts.counters` does


class Speaking(NamedTuple):
    """A network, and the words of its name."""

    pk: int
    name: str
    words: list[str]


class Referred:
    """What topics refer to, by the numbers and keys they are made up with; of one `load` it is asked once a process."""

    def __init__(self, load: Load) -> None:
        self.load = load
        came = Imported.objects.filter(type=ImportedType.MEMBER, external_id__startswith="load")
        by_handle = dict(came.values_list("external_id", "object_id"))
        self.members = array("q", [by_handle[handle_of(n)] for n in range(load.members)])
        self.boards = dict(Board.objects.values_list("slug", "pk"))
        self.tags = {name: tag.pk for name, tag in zip(TAGS, get_tags(TAGS), strict=True)}
        self.networks: list[Speaking] = []
        if load.networks:
            rows = {
                slug: (pk, name)
                for slug, pk, name in Network.objects.values_list("slug", "pk", "name")
            }
            for slug in load.networks.slugs():
                pk, name = rows[slug]
                self.networks.append(Speaking(pk, name, _words(name)))


class Filling:
    """Gathers the rows of some topics, and copies them a few thousand posts at a time."""

    def __init__(self, known: Referred, sizes: Sequence[tuple[int, int]]) -> None:
        self.known = known
        self.topic_ids, self.post_ids = ids(Topic, len(sizes)), ids(Post, sum(n for _, n in sizes))
        now = timezone.now().isoformat()
        self.topics = Rows(
            Topic, "id", "board_id", "author_id", "network_id", "kind", "title", "slug",
            "created_at", "last_post_at", "last_author_id", "last_number", "reply_count",
            "useful_count", "hot", "taking_part", "voices",
        )  # fmt: skip
        self.posts = Rows(
            Post, "id", "topic_id", "author_id", "network_id", "in_name", "number", "reply_number",
            "root_id", "parent_id", "last_reply_number", "body", "body_html", "created_at",
            "useful_count", "agree_count", renderer_version=RENDERER_VERSION,
        )  # fmt: skip
        self.entries = Rows(
            SearchEntry, "post_id", "text", "names", "words", "pairs", version=INDEX_VERSION
        )
        self.marks = Rows(Reaction, "post_id", "member_id", "kind", created_at=now)
        self.standpoints = Rows(
            Standpoint, "topic_id", "member_id", "network_id", "in_name", "created_at"
        )
        self.voices = Rows(
            TopicNetwork, "topic_id", "network_id", "state", "asked_by_id", "asked_at",
            "decided_by_id", "decided_at", "first_at", "post_count", "most_useful",
        )  # fmt: skip
        self.tagged = Rows(TaggedTopic, "content_object_id", "tag_id")
        self.views = Rows(
            View, "topic_id", "network_id", "body", "author_id", "created_at", number=1
        )
        self.imported = Rows(Imported, "external_id", "object_id", type=ImportedType.TOPIC)

    def add(self, made: MadeTopic) -> None:
        topic = _Topic(self, made)
        for thread in made.threads:
            topic.add(thread)
            if len(self.posts.lines) >= WAITING:
                self.write()
        topic.end()

    def write(self) -> None:
        """Copy what waits. Foreign keys are looked at when the transaction ends: a long topic's posts come before it."""
        for rows in (
            self.topics, self.posts, self.entries, self.marks, self.standpoints, self.voices,
            self.tagged, self.views, self.imported,
        ):  # fmt: skip
            rows.write()


class _Voice:
    """A network in a topic: from when, how often, and its comments with their marks."""

    def __init__(self, at: datetime) -> None:
        self.first_at = at
        self.posts = 0
        self.best: list[tuple[int, int]] = []  # marks (negative) and id, the first few


class _Topic:
    """One topic while its posts are written."""

    def __init__(self, rows: Filling, made: MadeTopic) -> None:
        self.rows, self.known, self.made = rows, rows.known, made
        self.pk = next(rows.topic_ids)
        self.posts = self.comments = self.useful = 0
        self.voices: dict[int, _Voice] = {}
        self.standpoints: dict[int, tuple[int, bool, datetime]] = {}
        self.lately: deque[int] = deque(maxlen=_LATELY)

    def add(self, thread: list[MadePost]) -> None:
        """Its own text, or a comment with its replies."""
        if self.posts == 0:
            self.first = thread[0]
            heading = Worded.all(map(said, self.made.title.split()))
            tags = Worded.all(map(said, sorted(self.made.tags)))
            self._post(thread[0], 0, {}, heading=heading, tags=tags)
            return
        self.comments += 1
        ids: dict[int | None, int] = {}
        for reply_number, post in enumerate(thread):
            last = 0 if reply_number else len(thread) - 1
            self._post(post, reply_number, ids, last_reply_number=last)

    def _post(
        self,
        post: MadePost,
        reply_number: int,
        ids: dict[int | None, int],
        *,
        last_reply_number: int = 0,
        heading: Worded = NOTHING,
        tags: Worded = NOTHING,
    ) -> None:
        known, rows = self.known, self.rows
        pk = ids[post.place] = next(rows.post_ids)
        author = known.members[post.author]
        network = None if post.network is None else known.networks[post.network]
        useful = 0
        for member, kind in post.marks:
            useful += kind == ReactionKind.USEFUL
            rows.marks.add(pk, known.members[member], kind)
        text = post.text
        rows.posts.add(
            pk, self.pk, author, network and network.pk, post.in_name, self.comments, reply_number,
            ids.get(post.root), ids.get(post.parent), last_reply_number, text.body, text.html, post.at,
            useful, len(post.marks) - useful,
        )  # fmt: skip
        self._entry(pk, post, network, heading, tags)
        self.posts += 1
        self.useful += useful
        self.lately.appendleft(author)
        self.last = post
        if network:
            self.standpoints[author] = (network.pk, post.in_name, post.at)
            self._voice(network.pk, pk, useful, post.at)

    def _entry(
        self, pk: int, post: MadePost, network: Speaking | None, heading: Worded, tags: Worded
    ) -> None:
        """What `search.index.entries` makes of it."""
        name, handle, text = self.known.load.name(post.author), handle_of(post.author), post.text
        fields = [
            ("A", chain.from_iterable(heading.runs)),
            ("B", chain.from_iterable(tags.runs)),
            ("B", ()),  # headings: no text has any
            ("C", chain.from_iterable(text.said.runs)),
            ("D", [*_words(name), *words(f"@{handle}"), *(network.words if network else ())]),
        ]
        pairs = clusters_vector([heading.clusters, tags.clusters, text.said.clusters])
        names = f"{name} @{handle} {network.name if network else ''}"
        self.rows.entries.add(pk, text.plain, names, words_vector(fields), pairs)

    def _voice(self, network: int, pk: int, useful: int, at: datetime) -> None:
        voice = self.voices.get(network)
        if voice is None:
            voice = self.voices[network] = _Voice(at)
        voice.posts += 1
        if self.comments:
            voice.best = nsmallest(MOST_USEFUL, [*voice.best, (-useful, pk)])

    def end(self) -> None:
        """All its posts are there: what it remembers of them, and the networks in it."""
        made, known, first, rows = self.made, self.known, self.first, self.rows
        author = known.members[first.author]
        network = None if first.network is None else known.networks[first.network].pk
        hot = hotness(created_at=made.at, replies=self.posts - 1, useful=self.useful)
        taking_part = list(dict.fromkeys(self.lately))[:TAKING_PART]
        # In the order they arrived; no two come in the same moment.
        present = sorted(self.voices, key=lambda pk: self.voices[pk].first_at)[:VOICES]
        rows.topics.add(
            self.pk, known.boards[made.board], author, network, made.kind, made.title,
            topic_slug(made.title), made.at, self.last.at, known.members[self.last.author],
            self.comments, self.posts - 1, self.useful, hot, taking_part, present,
        )  # fmt: skip
        for tag in made.tags:
            rows.tagged.add(self.pk, known.tags[tag])
        for member, (network_id, in_name, at) in self.standpoints.items():
            rows.standpoints.add(self.pk, member, network_id, in_name, at)
        self._end_voices(author)
        rows.imported.add(known.load.key(made.number), self.pk)

    def _end_voices(self, author: int) -> None:
        made, known, rows = self.made, self.known, self.rows
        joined = {known.networks[one.network].pk: one for one in made.joined}
        for pk in [*joined, *(self.voices.keys() - joined.keys())]:
            voice = self.voices.get(pk) or _Voice(made.at)
            counted = (voice.first_at, voice.posts, [post for _, post in voice.best])
            one = joined.get(pk)
            if one is None:
                rows.voices.add(self.pk, pk, State.PRESENT, None, None, None, None, *counted)
                continue
            signed_by = author if one.signed_by is None else known.members[one.signed_by]
            rows.voices.add(
                self.pk, pk, State.JOINED, author, made.at, signed_by, made.at, *counted
            )
            if one.view:
                rows.views.add(self.pk, pk, one.view, signed_by, made.at)


def _words(name: str) -> list[str]:
    return [word for piece in name.split() for run in said(piece).runs for word in run]
