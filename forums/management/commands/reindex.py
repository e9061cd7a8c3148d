"""`manage.py reindex`: brings the search index up to date, counts its words, finds what is near new topics."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations
from django.db.models import Max

from forums.management.progress import Progress
from forums.posts.models import Post
from forums.search.counting import count_words
from forums.search.reindexing import counting_is_due, reindex_posts
from forums.search.relating import relate_oldest

BATCH = 100


class Command(BaseCommand):
    help = (
        "Index what has no entry in the search index, or one out of date, and count the words. "
        "Safe at any time; started again, it goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="also what is up to date")
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="with --all: go on after this post"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Exits with 1 when a text could not be indexed; the others are."""
        everything: bool = options["all"]
        after: int = options["after"]
        total = Post.objects.aggregate(last=Max("pk"))["last"] or 0
        count, failed = 0, 0
        with Progress(self.stderr, total=total, unit="posts") as progress:
            try:
                while True:
                    batch = reindex_posts(after=after, size=BATCH, everything=everything)
                    for pk, problem in batch.failed:
                        progress.say(f"post {pk}: {problem}")
                    failed += len(batch.failed)
                    if batch.last is None:
                        break
                    after, count = batch.last, count + batch.done
                    progress.reach(min(after, total), count)
            except KeyboardInterrupt:
                rest = f"--all --after {after}" if everything else ""
                progress.say(f"Stopped. To go on: manage.py reindex {rest}".rstrip())
                raise
        if options["verbosity"]:
            self.stdout.write(f"{count:,} posts indexed.")
        # Looking through every entry is not worth it where nothing came to them.
        if count or counting_is_due():
            words = count_words()
            if options["verbosity"]:
                self.stdout.write(f"{words:,} words counted.")
        related = 0
        while some := relate_oldest(size=BATCH, new_only=True):
            related += some
        if related and options["verbosity"]:
            self.stdout.write(f"{related:,} topics know which are near them.")
        if failed:
            raise CommandError(f"{failed:,} texts could not be indexed; see above.", returncode=1)
