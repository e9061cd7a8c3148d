"""`manage.py reindex`: brings the search index up to date, counts its words, finds what is near new topics."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from forums.management.batches import add_batch_arguments, through_posts
from forums.search.related.storing import relate_oldest
from forums.search.upkeep.actions import count_words, counting_is_due, reindex_posts

BATCH = 100


class Command(BaseCommand):
    help = (
        "Index what has no entry in the search index, or one out of date, and count the words. "
        "Safe at any time; started again, it goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_batch_arguments(parser)

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Exits with 1 when a text could not be indexed; the others are."""
        count, failed = through_posts(
            lambda after: reindex_posts(after=after, size=BATCH, everything=options["all"]),
            command="reindex",
            options=options,
            stderr=self.stderr,
        )
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
