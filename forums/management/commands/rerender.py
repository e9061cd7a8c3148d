"""`manage.py rerender`: refreshes the stored HTML of posts, pages, networks and activities."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db.models import Max

from forums.activities.rerendering import rerender_activities
from forums.management.progress import Progress
from forums.networks.rerendering import rerender_stories
from forums.pages.actions import render_again
from forums.pages.models import Page
from forums.posts.models import Post
from forums.text.render import RENDERER_VERSION
from forums.topics.rerendering import rerender_article, rerender_posts

BATCH = 200


class Command(BaseCommand):
    help = "Render again what an older renderer made. Safe at any time; started again, it goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="also what is of this version already"
        )
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="with --all: go on after this post"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Exits with 1 when a text could not be rendered; the others are."""
        everything: bool = options["all"]
        after: int = options["after"]
        total = Post.objects.aggregate(last=Max("pk"))["last"] or 0
        count, failed = 0, 0
        with Progress(self.stderr, total=total, unit="posts") as progress:
            try:
                while True:
                    batch = rerender_posts(after=after, size=BATCH, everything=everything)
                    problems = batch.failed + self._articles(batch.articles)
                    for pk, problem in problems:
                        progress.say(f"post {pk}: {problem}")
                    failed += len(problems)
                    if batch.last is None:
                        break
                    after, count = batch.last, count + batch.done + len(batch.articles)
                    progress.reach(min(after, total), count)
            except KeyboardInterrupt:
                rest = f"--all --after {after}" if everything else ""
                progress.say(f"Stopped. To go on: manage.py rerender {rest}".rstrip())
                raise
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
        if failed:
            raise CommandError(f"{failed:,} texts could not be rendered; see above.", returncode=1)

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
