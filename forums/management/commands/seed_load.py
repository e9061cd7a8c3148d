"""`manage.py seed_load`: fills the database with made-up posts, to see how it bears them."""

from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from forums.discussions.posts.models import Post
from forums.discussions.voices.maintenance import learn_sizes, repair_ties
from forums.imports.actions import Result, bring_in
from forums.imports.file_lines import FileLines, Unusable
from forums.imports.load.discussions import Texts, make_load
from forums.imports.load.networks import Society
from forums.imports.models import Imported, ImportedType
from forums.imports.network_records import NetworkRecord
from forums.imports.networks.actions import bring_in_networks
from forums.imports.records import BadLine, PostRecord, Record, TopicRecord, read_record
from forums.management.progress import Progress

BATCH = 1000
NETWORKS = 100


class Command(BaseCommand):
    help = "Fill the database with made-up posts, the same ones each time. Stopped, it can go on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--posts", type=int, default=200_000, help="posts there are afterwards (200000)"
        )
        parser.add_argument("--members", type=int, default=5_000, help="who write them (5000)")
        parser.add_argument(
            "--long-topic", type=int, default=10_000, help="posts of the longest topic (10000)"
        )
        parser.add_argument(
            "--networks", type=int, default=0, help="networks that speak in some topics (none)"
        )
        parser.add_argument(
            "--memberships", type=int, help="places in them (25 a network, if members suffice)"
        )
        parser.add_argument("--seed", type=int, default=1, help="another number, other posts (1)")
        parser.add_argument(
            "--corpus",
            type=Path,
            metavar="FILE",
            help="take the texts from a file of docs/import.md",
        )
        parser.add_argument("--yes", action="store_true", help="even in production")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION and not options["yes"]:
            raise CommandError(
                "This is production: thousands of made-up posts would stand among real ones. "
                "Say --yes if that is meant."
            )
        if min(options["posts"], options["members"], options["long_topic"]) < 1:
            raise CommandError("--posts, --members and --long-topic must be at least 1.")
        society = self._society(options)
        texts = self._texts(options["corpus"])
        others = Post.objects.count() - _seeded(options["seed"])
        wanted = max(0, options["posts"] - others)
        records = make_load(
            posts=wanted,
            members=options["members"],
            long_topic=options["long_topic"],
            seed=options["seed"],
            texts=texts,
            networks=society,
        )
        with Progress(self.stderr, total=wanted, unit="posts") as progress:
            made, there = self._write(records, progress)
            if society:
                _count_ties()
            seconds = progress.seconds
        self.stdout.write(
            f"{made:,} posts made, {there:,} were there already, {others:,} others; "
            f"{seconds:,.1f} s ({made / seconds:,.0f} a second)"
        )

    def _society(self, options: dict[str, Any]) -> Society | None:
        if not options["networks"]:
            return None
        memberships = options["memberships"]
        if memberships is None:
            memberships = options["networks"] * min(25, options["members"])
        try:
            return Society(
                networks=options["networks"],
                memberships=memberships,
                members=options["members"],
                seed=options["seed"],
            )
        except ValueError as error:
            raise CommandError(f"--networks and --memberships: {error}.") from error

    def _write(
        self, records: Iterator[Record | NetworkRecord], progress: Progress
    ) -> tuple[int, int]:
        made = there = 0
        for batch in _batches(records):
            if isinstance(batch[0], NetworkRecord):
                bring_in_networks(batch)
                continue
            for record, outcome in zip(batch, bring_in(batch), strict=True):
                if outcome.result == Result.REFUSED:
                    raise CommandError(f"{record.type} {record.key}: {outcome.reason}")
                if isinstance(record, TopicRecord | PostRecord):
                    made += outcome.result == Result.CREATED
                    there += outcome.result == Result.THERE
            progress.reach(made + there, made)
        return made, there

    def _texts(self, corpus: Path | None) -> Texts:
        if corpus is None:
            return Texts()
        topics, posts = [], []
        try:
            for line in FileLines(Path(corpus)):
                try:
                    record = read_record(line)
                except BadLine:
                    continue
                if isinstance(record, TopicRecord):
                    topics.append((record.title, record.body))
                elif isinstance(record, PostRecord):
                    posts.append(record.body)
        except Unusable as error:
            raise CommandError(f"{corpus}: {error}", returncode=2) from error
        return Texts(topics, posts)


def _batches(records: Iterator[Record | NetworkRecord]) -> Iterator[list[Any]]:
    """A thousand at a time; networks, with all their members, a hundred, and apart."""
    for are_networks, alike in groupby(records, key=lambda each: isinstance(each, NetworkRecord)):
        while batch := list(islice(alike, NETWORKS if are_networks else BATCH)):
            yield batch


def _count_ties() -> None:
    learn_sizes()
    after: int | None = 0
    while after is not None:
        after, _wrong = repair_ties(after=after, size=NETWORKS)


def _seeded(seed: int) -> int:
    """How many posts of this seed are in: each topic is one, by its text."""
    return Imported.objects.filter(
        type__in=[ImportedType.TOPIC, ImportedType.POST], external_id__startswith=f"load:{seed}:"
    ).count()
