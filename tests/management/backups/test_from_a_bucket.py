"""Pictures in a bucket come into a backup, the unchanged ones as links, and back into an empty one."""

import io

import pytest
from django.db import connection

from forums.management.backups.errors import BackupError
from forums.management.backups.making import make
from forums.management.backups.restoring import database_beside, restore
from roypalang.bucket import Bucket
from roypalang.picture_store import PictureFolder
from tests.drills.cluster import free_port
from tests.management.backups.making import pictures


@pytest.fixture
def bucket(object_store, site):
    found = Bucket(object_store.url)
    for path, _stored in PictureFolder(site.media).walk():
        found.put({path: (site.media / path).read_bytes()})
    yield found
    found.drop([path for path, _stored in found.walk()])


def test_it_is_backed_up_by_links_and_brought_back(site, bucket, tmp_path):
    def backup():
        site.now = site.now.replace(day=site.now.day + 1)
        return make(
            site.backups,
            connection=connection,
            store=bucket,
            settings_file=site.settings_file,
            keys=[],
            days=None,
            now=site.now,
            stream=io.StringIO(),
        )

    first, second = backup(), backup()
    assert (first.new, second.new) == (len(pictures(site.media)), 0)
    assert first.what.missing == second.what.missing == []
    assert pictures(second.path / "pictures") == pictures(site.media)
    with database_beside(connection, "again") as database:

        def bring():
            restore(
                second.path,
                connection=database,
                store=bucket,
                key_file=None,
                anew=False,
                stream=io.StringIO(),
            )

        with pytest.raises(BackupError, match="is not empty: pictures that are there"):
            bring()
        bucket.drop([path for path, _stored in bucket.walk()])
        bring()
    assert {path: bucket.read(path) for path, _stored in bucket.walk()} == pictures(site.media)


def test_one_that_is_away_leaves_no_half_a_backup(site):
    pytest.importorskip("obstore")
    away = Bucket(f"http://key:secret@127.0.0.1:{free_port()}/pictures")
    with pytest.raises(BackupError, match="The pictures cannot be reached"):
        make(
            site.backups,
            connection=connection,
            store=away,
            settings_file=site.settings_file,
            keys=[],
            days=None,
            now=site.now,
            stream=io.StringIO(),
        )
    assert [path.name for path in site.backups.iterdir()] == ["lock"]
