"""A site whose backups are made, with pictures of its own; databases to bring them back into."""

import io
import secrets
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import PICTURE_SIZES
from forums.management.backups.making import Made, make
from forums.management.backups.restoring import Restored, database_beside, restore
from forums.pictures.files import picture_path
from forums.pictures.models import Attachment
from roypalang.picture_store import PictureFolder
from tests.make import make_member, make_network, make_post, make_topic


def people_and_pictures(media: Path) -> None:
    """Members, networks, topics; pictures of all kinds, as rows and as files of some bytes."""
    malee, somchai = make_member(), make_member()
    network = make_network("คนรักคลอง", malee)
    topic = make_topic(malee, tags=["น้ำ"])
    for _each in range(8):
        picture = Attachment.objects.create(
            uploader=somchai, post=make_post(topic, somchai), width=960, height=640, bytes=1
        )
        for size in picture.sizes:
            _write(media / picture_path(picture, size))
    for thing, kind in ((malee, "members"), (network, "networks")):
        key = uuid.uuid4()
        type(thing).objects.filter(pk=thing.pk).update(picture=key)
        for size in PICTURE_SIZES:
            _write(media / kind / str(key) / f"{size}.webp")


def _write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(secrets.token_bytes(2_000))


class Site:
    """The database of the test, pictures in a folder of the test's own, and where its backups go."""

    def __init__(self, folder: Path) -> None:
        self.media, self.backups = folder / "media", folder / "backups"
        self.settings_file = folder / "roypalang.env"
        self.settings_file.write_text("SECRET_KEY=of-this-site\n")
        self.said = io.StringIO()
        shutil.copytree(settings.MEDIA_ROOT, self.media)
        self.now = datetime(2026, 12, 1, 3, 10, tzinfo=UTC)

    def backup(self, *, keys: tuple[str, ...] = (), days: int | None = None) -> Made:
        """The next night's."""
        self.now += timedelta(days=1)
        return make(
            self.backups,
            connection=connection,
            store=PictureFolder(self.media),
            settings_file=self.settings_file,
            keys=list(keys),
            days=days,
            now=self.now,
            stream=self.said,
        )


class Target:
    """An empty database and a place for pictures."""

    def __init__(self, database: BaseDatabaseWrapper, media: Path) -> None:
        self.database, self.media = database, media

    def restore(
        self, backup: Path, *, key_file: Path | None = None, anew: bool = False
    ) -> Restored:
        return restore(
            backup,
            connection=self.database,
            store=PictureFolder(self.media),
            key_file=key_file,
            anew=anew,
            stream=io.StringIO(),
        )

    def holds(self) -> list[str]:
        """The tables that are there, and the files."""
        with self.database.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            tables = [name for (name,) in cursor.fetchall()]
        files = [path.as_posix() for path in self.media.rglob("*")] if self.media.exists() else []
        return tables + files


@contextmanager
def a_target(folder: Path) -> Iterator[Target]:
    with database_beside(connection, "again") as database:
        yield Target(database, folder / "again")


def pictures(root: Path) -> dict[str, bytes]:
    """Every file below, but those that are drawn again."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and "shared" not in path.relative_to(root).parts
    }


def contents(database: BaseDatabaseWrapper) -> dict[str, tuple[int, str]]:
    """Each table's rows: how many, and what they say in any order."""
    found = {}
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*), md5(coalesce(string_agg(md5(t::text), '' ORDER BY md5(t::text)), '')) FROM \"{name}\" t"
            )
            found[name] = cursor.fetchone()
    return found
