"""`manage.py recount`: counts anew what topics, boards, tags and posts remember, and repairs it."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, no_translations
from django.db.models import Max

from forums.management.progress import Progress
from forums.topics.models import Topic
from forums.topics.repairs import repair_boards, repair_tags, repair_topics

TOPICS = 50  # a transaction: their locks are held while they are counted
TAGS = 200


class Command(BaseCommand):
    help = "Count anew what topics, boards, tags and posts remember; say what was wrong. Safe at any time."

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
        for board, before in repair_boards():
            yield f"board {board.slug}: {before} topics, in truth {board.topic_count}"
        after = 0
        while True:
            last, tags = repair_tags(after=after, size=TAGS)
            for tag, before in tags:
                yield f"tag {tag.slug}: {before} topics, in truth {tag.topic_count}"
            if last is None:
                return
            after = last

    def _topics(self) -> Iterator[str]:
        total = Topic.objects.aggregate(last=Max("pk"))["last"] or 0
        after = count = 0
        with Progress(self.stderr, total=total, unit="topics") as progress:
            while True:
                last, topics, posts = repair_topics(after=after, size=TOPICS)
                for pk, columns in posts:
                    yield f"post {pk}: {', '.join(columns)}"
                for topic, columns in topics:
                    yield f"topic {topic.pk}: {', '.join(columns)}"
                if last is None:
                    return
                after, count = last, count + TOPICS
                progress.reach(min(after, total), count)
