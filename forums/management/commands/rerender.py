"""`manage.py rerender`: refreshes the stored HTML of posts, pages, networks, activities, private messages and pinned replies."""

from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from forums.activities.maintenance import rerender_activities
from forums.discussions.openings.maintenance import rerender_article, rerender_posts
from forums.groups.profiles.maintenance import rerender_stories
from forums.management.batches import add_batch_arguments, through_posts
from forums.moderation.clarifications.maintenance import rerender_clarifications
from forums.pages.actions import render_again
from forums.pages.models import Page
from forums.reading.messages.maintenance import rerender_messages
from forums.text.render import RENDERER_VERSION

BATCH = 200


class Rerender(Protocol):
    """Renders the next lot: the id to go on after (None: no more), and how many."""

    def __call__(self, *, after: int, size: int, everything: bool) -> tuple[int | None, int]: ...


class Command(BaseCommand):
    help = "Render again what an older renderer made. Safe at any time; started again, it goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        add_batch_arguments(parser)

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Exits with 1 when a text could not be rendered; the others are."""
        everything: bool = options["all"]
        count, failed = through_posts(
            lambda after: self._posts(after, everything),
            command="rerender",
            options=options,
            stderr=self.stderr,
        )
        pages = (
            Page.objects.all()
            if everything
            else Page.objects.filter(renderer_version__lt=RENDERER_VERSION)
        )
        for page in pages:
            render_again(page=page)
        activities, more_failed = self._activities(everything)
        failed += more_failed
        self.stdout.write(f"{count:,} posts and {len(pages):,} pages rendered.")
        if stories := rerender_stories(everything=everything):
            self.stdout.write(f"{stories:,} stories of networks rendered.")
        if activities:
            self.stdout.write(f"{activities:,} activities rendered.")
        if said := self._lots(rerender_messages, everything):
            self.stdout.write(f"{said:,} private messages rendered.")
        if pinned := self._lots(rerender_clarifications, everything):
            self.stdout.write(f"{pinned:,} replies of those who are named rendered.")
        if failed:
            raise CommandError(f"{failed:,} texts could not be rendered; see above.", returncode=1)

    def _posts(self, after: int, everything: bool) -> tuple[int | None, int, list[tuple[int, str]]]:
        batch = rerender_posts(after=after, size=BATCH, everything=everything)
        failed = batch.failed + self._articles(batch.articles)
        return batch.last, batch.done + len(batch.articles), failed

    def _articles(self, ids: list[int]) -> list[tuple[int, str]]:
        failed = []
        for pk in ids:
            try:
                rerender_article(pk=pk)
            except Exception as error:
                failed.append((pk, f"{type(error).__name__}: {error}"))
        return failed

    def _activities(self, everything: bool) -> tuple[int, int]:
        """How many activities were rendered, and how many could not be."""
        after, count, failed = 0, 0, 0
        while True:
            last, done, problems = rerender_activities(
                after=after, size=BATCH, everything=everything
            )
            for pk, problem in problems:
                self.stderr.write(f"activity {pk}: {problem}")
            count, failed = count + done, failed + len(problems)
            if last is None:
                return count, failed
            after = last

    def _lots(self, rerender: Rerender, everything: bool) -> int:
        """How many texts were rendered."""
        after: int | None = 0
        count = 0
        while after is not None:
            after, done = rerender(after=after, size=BATCH, everything=everything)
            count += done
        return count
