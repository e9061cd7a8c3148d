"""`manage.py seed_load`: fills the database with made-up posts, to see how it bears them."""

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import batched
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from forums.base.advisory_locks import Lock, give_back, take
from forums.discussions.openings.maintenance import repair_tags
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.voices.maintenance import learn_sizes, repair_ties_of
from forums.groups.networks.models import Network
from forums.imports.actions import bring_in
from forums.imports.file_lines import FileLines, Unusable
from forums.imports.load.actions import (
    build_index,
    count_what_was_made,
    forget_indexes,
    make_tags,
    take_indexes,
    taken_indexes,
    write_members,
    write_topics,
)
from forums.imports.load.discussions import BOARDS, Load
from forums.imports.load.filling import Referred
from forums.imports.load.networks import Society
from forums.imports.load.texts import Texts
from forums.imports.models import Imported, ImportedType
from forums.imports.networks.actions import bring_in_networks
from forums.imports.records import BadLine, BoardRecord, PostRecord, TopicRecord, read_record
from forums.management.crew import CrewError, share
from forums.management.progress import Progress

MEMBERS, NETWORKS, TIES, TAGS = 1000, 100, 100, 200  # a transaction
POSTS = 2000  # and so many, if a topic is not longer


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
        parser.add_argument(
            "--bulk",
            action="store_true",
            help="take indexes away and build them at the end: for millions, while nobody uses the site",
        )
        parser.add_argument(
            "--processes", type=int, help="how many make posts at once (one a processor)"
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
        load = Load(
            members=options["members"],
            long_topic=min(options["long_topic"], options["posts"]),
            seed=options["seed"],
            texts=self._texts(options["corpus"]),
            networks=self._society(options),
        )
        if not take(Lock.LOADS):
            raise CommandError("Another seed_load is at work on this database.")
        try:
            self._load(load, options)
        except CrewError as error:
            raise CommandError(f"{error}. Called again, it goes on.") from error
        finally:
            give_back(Lock.LOADS)

    def _load(self, load: Load, options: dict[str, Any]) -> None:
        self.processes = options["processes"] or os.cpu_count() or 1
        there = _there(load)
        others = Post.objects.count() - sum(there.values())
        wanted = max(0, options["posts"] - others)
        self._members(load)
        self._networks(load)
        chunks = list(_chunks(load.sizes(wanted, there=there)))
        if options["bulk"] and chunks:
            take_indexes()
        was = sum(there.values())
        with Progress(self.stderr, total=max(wanted, was), unit="posts") as progress:
            made = 0
            for posts in share(chunks, _writing, load, processes=self.processes):
                made += posts
                progress.reach(was + made, made)
            seconds = progress.seconds
        self._build()
        self._count(load, made)
        self.stdout.write(
            f"{made:,} posts made, {was:,} were there already, {others:,} others; "
            f"{seconds:,.1f} s ({made / seconds:,.0f} a second)"
        )

    def _members(self, load: Load) -> None:
        boards = [BoardRecord(slug, name) for slug, name in BOARDS.items()]
        bring_in(boards)
        make_tags()
        with self._part("members", load.members) as progress:
            done = 0
            chunks = list(batched(range(load.members), MEMBERS, strict=False))
            for some in share(chunks, _enlisting, load, processes=self.processes):
                done += some
                progress.reach(done, done)

    def _networks(self, load: Load) -> None:
        if not isinstance(load.networks, Society):
            return
        with self._part("networks", load.networks.networks) as progress:
            for number, some in enumerate(batched(load.networks.records(), NETWORKS, strict=False)):
                bring_in_networks(some)
                done = number * NETWORKS + len(some)
                progress.reach(done, done)

    def _build(self) -> None:
        """The indexes that were taken away, by this run or by one that was stopped."""
        names = taken_indexes()
        with self._part("indexes", len(names)) as progress:
            for done, _ in enumerate(share(names, _building, processes=self.processes), start=1):
                progress.reach(done, done)
        forget_indexes()

    def _count(self, load: Load, made: int) -> None:
        """What is remembered of topics elsewhere. It is counted whenever it may not have been, and then is quick."""
        if made:
            learn_sizes()
        count_what_was_made()
        after: int | None = 0
        while after is not None:
            after, _wrong = repair_tags(after=after, size=TAGS)
        if load.networks:
            ids = list(Network.objects.order_by("pk").values_list("pk", flat=True))
            with self._part("ties of networks", len(ids)) as progress:
                done = 0
                for some in share(
                    list(batched(ids, TIES, strict=False)), _tying, processes=self.processes
                ):
                    done += some
                    progress.reach(done, done)

    def _part(self, unit: str, total: int) -> Progress:
        return Progress(self.stderr, total=total, unit=unit, title=f"{unit}: ")

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


def _enlisting(load: Load) -> Callable[[Sequence[int]], int]:
    return partial(write_members, load)


def _writing(load: Load) -> Callable[[Sequence[tuple[int, int]]], int]:
    return partial(write_topics, Referred(load))


def _building() -> Callable[[str], int]:
    def build(name: str) -> int:
        build_index(name)
        return 1

    return build


def _tying() -> Callable[[Sequence[int]], int]:
    def tie(ids: Sequence[int]) -> int:
        repair_ties_of(list(ids))
        return len(ids)

    return tie


def _chunks(sizes: Iterator[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Some topics at a time, that have so many posts together that a transaction is worth its while."""
    some: list[tuple[int, int]] = []
    posts = 0
    for number, size in sizes:
        some.append((number, size))
        posts += size
        if posts >= POSTS:
            yield some
            some, posts = [], 0
    if some:
        yield some


def _there(load: Load) -> dict[int, int]:
    """The topics of this seed that are in, by their numbers, and how many posts each has."""
    prefix = load.key("")
    came = Imported.objects.filter(type=ImportedType.TOPIC, external_id__startswith=prefix)
    numbers = {
        pk: int(key.removeprefix(prefix))
        for key, pk in came.values_list("external_id", "object_id")
    }
    return {
        numbers[pk]: replies + 1
        for pk, replies in Topic.objects.filter(pk__in=numbers).values_list("pk", "reply_count")
    }
