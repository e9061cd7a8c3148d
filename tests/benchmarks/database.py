"""The database the pages are measured on: the shared corpus, if it is there, and made-up networks and posts."""

import os
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.models import Max, Model

from forums.base.advisory_locks import Lock, take
from forums.discussions.posts.models import Post
from forums.groups.networks.models import Network
from forums.imports.load.actions import taken_indexes
from forums.search.index.models import SearchWord
from forums.search.upkeep.actions import count_words
from forums.text.words import INDEX_VERSION
from roypalang.building import build
from tests.needs import shared_folder

SEEDED = 200_000  # posts of the database that has the name of the settings; a larger one stands beside it


def prepare(*, posts: int, fresh: bool) -> None:
    """Make the database where it is missing, bring its tables up to date, and fill it to `posts`.

    One that was filled before there were networks is made anew. A larger site has more of everything: 2,000 networks
    with 50,000 memberships and a topic of 10,000 posts for each 200,000. Filling that was stopped goes on.
    """
    if posts > SEEDED:
        connection.close()
        connection.settings_dict["NAME"] = f"{connection.settings_dict['NAME']}_{posts}"
    make(fresh=fresh)
    if Post.objects.exists() and not Network.objects.exists():
        connection.close()
        make(fresh=True)
    if Post.objects.count() < posts or taken_indexes():
        corpus = find_corpus()
        if corpus:
            call_command("import_discussions", corpus)
        larger = max(1, posts // SEEDED)
        call_command(
            "seed_load", posts=posts, corpus=corpus, members=5000 * larger, long_topic=10_000 * larger,
            networks=2000 * larger, memberships=50_000 * larger, bulk=posts > SEEDED,
        )  # fmt: skip
        vacuum()
    if Post.objects.exclude(entry__version=INDEX_VERSION).exists():  # none, or of an older form
        call_command("reindex")
        vacuum()
    if not SearchWord.objects.exists():
        count_words()


def vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def make(*, fresh: bool) -> None:
    """The database of the settings, with today's tables: as it was, or empty."""
    _create(fresh=fresh)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def drop() -> None:
    """Away with the database of the settings."""
    name = connection.settings_dict["NAME"]
    connection.close()
    _command("DROP DATABASE IF EXISTS {}", name)


def alone() -> bool:
    """Whether no other process has asked this of the database; ours is noted until it ends."""
    return take(Lock.BENCHMARKS)


def last_id(model: type[Model]) -> int:
    """The highest id in a table that has rows, 0 in an empty one."""
    return model._default_manager.aggregate(last=Max("pk"))["last"] or 0


def find_corpus() -> Path | None:
    """Real texts beside the checkout, or None: then words are put together."""
    path = shared_folder() / "data" / "thai" / "discussions.jsonl.gz"
    return path if path.exists() else None


def collect_static() -> None:
    """Static files with their hashes, as they are served; only what is missing or older is made."""
    from django.conf import settings

    build()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    newest = max(
        os.path.getmtime(storage.path(path))
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)


def _create(*, fresh: bool) -> None:
    name = connection.settings_dict["NAME"]
    if fresh:
        _command("DROP DATABASE IF EXISTS {}", name)
    if fresh or not _is_there(name):
        _command("CREATE DATABASE {}", name)


def _is_there(name: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _command(statement: str, *names: str) -> None:
    """What is said of whole databases, from outside them."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement.format(*map(connection.ops.quote_name, names)))
