"""`manage.py recount`: counts anew what topics, boards, tags, posts and networks remember, and repairs it."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, no_translations
from django.db.models import Max

from forums.discussions.openings.maintenance import repair_boards, repair_tags, repair_topics
from forums.discussions.polls.maintenance import repair_poll_counts, repair_polls
from forums.discussions.topics.models import Topic
from forums.discussions.voices.maintenance import learn_sizes, repair_ties
from forums.groups.organisations.maintenance import repair_organisations
from forums.groups.profiles.maintenance import repair_networks
from forums.knowledge.statements.maintenance import repair_statements
from forums.management.progress import Progress

TOPICS = 50  # a transaction: their locks are held while they are counted
TAGS = 200
NETWORKS = 50


class Command(BaseCommand):
    help = (
        "Count anew what topics, boards, tags, posts and networks remember; say what was wrong. "
        "Safe at any time."
    )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Says what it corrected, one line each; nothing wrong is no news but the last line."""
        wrong = 0
        for text in self._repairs():
            self.stdout.write(text)
            wrong += 1
        self.stdout.write(f"{wrong:,} corrected." if wrong else "Everything was right.")

    def _repairs(self) -> Iterator[str]:
        yield from self._topics()
        yield from self._statements()
        yield from self._polls()
        for board, before in repair_boards():
            yield f"board {board.slug}: {before} topics, in truth {board.topic_count}"
        yield from self._tags()
        yield from self._networks()
        yield from self._organisations()
        yield from self._ties()

    def _statements(self) -> Iterator[str]:
        after: int | None = 0
        while after is not None:
            after, topics = repair_statements(after=after, size=TOPICS)
            for topic, before in topics:
                yield f"topic {topic.pk}: {before} statements, in truth {topic.statement_count}"

    def _polls(self) -> Iterator[str]:
        after: int | None = 0
        while after is not None:
            after, topics = repair_poll_counts(after=after, size=TOPICS)
            for topic, before in topics:
                yield f"topic {topic.pk}: {before} polls, in truth {topic.poll_count}"
        after = 0
        while after is not None:
            after, polls = repair_polls(after=after, size=TOPICS)
            for poll in polls:
                yield f"poll {poll.pk}: in truth {poll.voters} ballots, {poll.tally}"

    def _tags(self) -> Iterator[str]:
        after: int | None = 0
        while after is not None:
            after, tags = repair_tags(after=after, size=TAGS)
            for tag, before in tags:
                yield f"tag {tag.slug}: {before} topics, in truth {tag.topic_count}"

    def _networks(self) -> Iterator[str]:
        after: int | None = 0
        while after is not None:
            after, networks, words = repair_networks(after=after, size=NETWORKS)
            for network, columns in networks:
                said = ", ".join(
                    f"{name} {was}, in truth {now}" for name, (was, now) in columns.items()
                )
                yield f"network {network.slug}: {said}"
            for network in words:
                yield f"network {network.slug}: the words it is found by"

    def _organisations(self) -> Iterator[str]:
        after: int | None = 0
        while after is not None:
            after, organisations = repair_organisations(after=after, size=NETWORKS)
            for organisation in organisations:
                yield f"organisation {organisation.slug}: the words it is found by"

    def _ties(self) -> Iterator[str]:
        learn_sizes()
        after: int | None = 0
        while after is not None:
            after, ties = repair_ties(after=after, size=NETWORKS)
            for tie in ties:
                said = ", ".join(
                    f"{name} {was}, in truth {now}"
                    for name, was, now in zip(tie.now._fields, tie.before, tie.now, strict=True)
                    if was != now
                )
                yield f"tie {tie.source_id}–{tie.target_id}: {said}"

    def _topics(self) -> Iterator[str]:
        total = Topic.objects.aggregate(last=Max("pk"))["last"] or 0
        after = count = 0
        with Progress(self.stderr, total=total, unit="topics") as progress:
            while True:
                found = repair_topics(after=after, size=TOPICS)
                for pk, columns in found.posts:
                    yield f"post {pk}: {', '.join(columns)}"
                for topic, columns in found.topics:
                    yield f"topic {topic.pk}: {', '.join(columns)}"
                for topic_id, network_id, said in found.voices:
                    yield f"topic {topic_id}, network {network_id}: in truth {said} posts"
                if found.last is None:
                    return
                after, count = found.last, count + TOPICS
                progress.reach(min(after, total), count)
