"""`manage.py pictures`: says what is missing and what is nobody's, sweeps, and carries pictures from store to store."""

import os
import time

import pytest
from django.core.management import CommandError, call_command

from forums.management.picture_care import MANY
from forums.pictures.files import picture_paths
from forums.pictures.models import Attachment
from roypalang.bucket import bucket
from roypalang.picture_store import PictureFolder
from tests.make import make_member

pytestmark = pytest.mark.django_db
OLD = time.time_ns() - 2 * 24 * 3600 * 1_000_000_000


@pytest.fixture
def store(settings, tmp_path):
    """A row's picture in two sizes; one nobody speaks of, of before yesterday, and one of just now."""
    settings.MEDIA_ROOT = tmp_path / "media"
    picture = Attachment.objects.create(uploader=make_member(), width=960, height=640, bytes=1)
    store = PictureFolder(settings.MEDIA_ROOT)
    store.put({path: path.encode() for path in picture_paths(picture)}, changed=OLD)
    store.put({"members/old/72.webp": b"old"}, changed=OLD)
    store.put({"members/young/72.webp": b"young"})
    (store.root / "shared/ab").mkdir(parents=True)
    (store.root / "shared/ab/x.png").write_bytes(b"drawn again")
    return store


def paths(store) -> set[str]:
    return {path for path, _stored in store.walk()}


def run(capsys, *words: object) -> str:
    call_command("pictures", *map(str, words))
    return capsys.readouterr().out


def test_it_says_what_no_row_speaks_of_and_leaves_it(store, capsys):
    before = paths(store)
    said = run(capsys)
    assert said.startswith(f"4 files of pictures in {store}; 1 no row speaks of; 0 that rows")
    assert paths(store) == before


def test_it_sweeps_what_is_nobodys_but_not_what_is_just_coming(store, capsys):
    assert "1 no row speaks of, deleted" in run(capsys, "--sweep")
    assert "members/old/72.webp" not in paths(store)
    assert len(paths(store)) == 4  # with what is drawn again
    assert "; 0 no row speaks of; 0 that" in run(capsys, "--sweep")


def test_what_is_no_picture_of_ours_is_left(store, capsys):
    others = ["night/backup.tar", "members/list.csv", "pictures/ab/notes/72.txt", "72.webp"]
    for path in others:
        (store.root / path).parent.mkdir(parents=True, exist_ok=True)
        (store.root / path).write_bytes(b"somebody's")
        os.utime(store.root / path, ns=(OLD, OLD))
    assert "1 no row speaks of, deleted" in run(capsys, "--sweep")
    assert paths(store) >= set(others)


def test_a_row_without_its_file_ends_with_1(store):
    lost = picture_paths(Attachment.objects.get())[0]
    store.drop([lost])
    with pytest.raises(CommandError, match=f"Missing: {lost}"):
        call_command("pictures")


def test_the_pictures_of_another_database_are_not_swept(store):
    for number in range(MANY):
        store.put({f"members/{number}/72.webp": b"x"}, changed=OLD)
    before = paths(store)
    with pytest.raises(CommandError, match="is this their database. Nothing was deleted"):
        call_command("pictures", "--sweep")
    assert paths(store) == before


def test_they_are_carried_into_a_folder_and_what_differs_is_carried_again(store, tmp_path, capsys):
    other = PictureFolder(tmp_path / "other")
    assert "4 files of pictures are in" in run(capsys, "--to", other.root)
    assert paths(other) == {path for path in paths(store) if not path.startswith("shared")}
    changed, lost = sorted(paths(other))[:2]
    stored = other.stat(changed)
    (other.root / changed).write_bytes(b"X" * stored.size)
    other.drop([lost])
    assert "; 2 of them came now" in run(capsys, "--to", other.root)
    assert {path: other.read(path) for path in paths(other)} == {
        path: store.read(path) for path in paths(other)
    }
    assert "; 0 of them came now" in run(capsys, "--to", other.root)


def test_from_where_nothing_is_nothing_is_carried(store, tmp_path):
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("pictures", "--from", str(tmp_path / "nowhere"))


def test_a_disk_that_takes_nothing_is_said(store, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CommandError, match="is full"):
        call_command("pictures", "--to", str(tmp_path / "other"))


def test_a_bucket_takes_them_and_gives_them_back(store, settings, tmp_path, object_store, capsys):
    theirs = paths(store) - {"shared/ab/x.png"}
    settings.MEDIA_BUCKET = object_store.url
    there = bucket(object_store.url)
    try:
        assert "4 of them came now" in run(capsys, "--from", store.root)
        assert "; 0 of them came now" in run(capsys, "--from", store.root)
        there.put({"members/old/72.webp": b"odd"})  # as long, and another
        assert "; 1 of them came now" in run(capsys, "--from", store.root)
        assert "; 0 that rows speak of are missing" in run(capsys)
        back = PictureFolder(tmp_path / "back")
        run(capsys, "--to", back.root)
        assert {path: back.read(path) for path in paths(back)} == {
            path: store.read(path) for path in theirs
        }
    finally:
        there.drop(paths(there))
