"""What is said from networks in imported topics: who speaks from where, which take part, their views."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from forums.discussions.posts.models import Post
from forums.discussions.standpoints.counters import repair_voices
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.discussions.voices.models import View
from forums.groups.networks.models import Network
from forums.imports.network_records import JoinedRecord
from forums.imports.records import BadLine, PostRecord, TopicRecord

_ALIVE = """
    UPDATE forums_network n SET last_active_at = said.at
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS said (id, at)
    WHERE n.id = said.id AND n.last_active_at < said.at
"""


class BatchVoices:
    """Gathers them for one batch, then writes them. Does nothing where nobody speaks from a network.

    Ties are not counted: after hundreds of thousands of posts that is `voices.maintenance.repair_ties`'s work.
    """

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.names: dict[str | None, str] = {None: ""}
        self.standpoints: dict[tuple[int, int], Standpoint] = {}
        self.rows: list[TopicNetwork] = []
        self.views: list[View] = []
        self.alive: dict[int, datetime] = {}

    def find(self, records: Iterable[TopicRecord | PostRecord]) -> None:
        """Look up the networks that `records` name."""
        slugs: set[str] = set()
        for record in records:
            if record.network is not None:
                slugs.add(record.network)
            if isinstance(record, TopicRecord):
                slugs.update(joined.network for joined in record.joined)
        if slugs:
            for slug, pk, name in Network.objects.filter(slug__in=slugs).values_list(
                "slug", "pk", "name"
            ):
                self.ids[slug] = pk
                self.names[slug] = name

    def network(self, slug: str | None) -> int | None:
        """The id of a network. Raises BadLine for an unknown one."""
        return None if slug is None else self._id(slug)

    def _id(self, slug: str) -> int:
        if slug not in self.ids:
            raise BadLine(f'network "{slug}" is unknown')
        return self.ids[slug]

    def join(self, topic: Topic, joined: JoinedRecord, *, signed_by: int) -> None:
        """A network takes part in a new topic. Raises BadLine for an unknown one."""
        network_id = self._id(joined.network)
        self.rows.append(
            TopicNetwork(
                topic=topic,
                network_id=network_id,
                state=State.JOINED,
                asked_by_id=topic.author_id,
                asked_at=topic.created_at,
                decided_by_id=signed_by,
                decided_at=topic.created_at,
                first_at=topic.created_at,
            )
        )
        if joined.view:
            self.views.append(
                View(
                    topic=topic,
                    network_id=network_id,
                    number=1,
                    body=joined.view,
                    author_id=signed_by,
                    created_at=topic.created_at,
                )
            )

    def spoke(self, post: Post) -> None:
        """A post was added: with it its author has said from where she speaks in the topic."""
        if post.network_id is None:
            return
        self.standpoints[post.topic_id, post.author_id] = Standpoint(
            topic_id=post.topic_id,
            member_id=post.author_id,
            network_id=post.network_id,
            in_name=post.in_name,
            created_at=post.created_at,
        )
        last = self.alive.get(post.network_id, post.created_at)
        self.alive[post.network_id] = max(last, post.created_at)

    def write(self, topics: Sequence[Topic]) -> None:
        """`topics` are all that were touched, with their posts written; their rows are locked or new."""
        TopicNetwork.objects.bulk_create(self.rows)
        View.objects.bulk_create(self.views)
        if not self.standpoints:
            return
        Standpoint.objects.bulk_create(self.standpoints.values(), ignore_conflicts=True)
        repair_voices(topics)
        alive = sorted(self.alive.items())
        with connection.cursor() as cursor:
            cursor.execute(_ALIVE, [[pk for pk, _ in alive], [at for _, at in alive]])
