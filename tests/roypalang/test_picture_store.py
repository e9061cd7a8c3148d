"""A folder and a bucket keep pictures alike: all sizes or none, found by their paths, gone when they are deleted."""

import hashlib
import os
import time
from urllib.request import urlopen

import pytest

from roypalang.bucket import Bucket
from roypalang.picture_store import PictureFolder, picture_store

FILES = {"pictures/ab/one/480.webp": b"small", "pictures/ab/one/960.webp": b"large" * 9_000}


@pytest.fixture(params=["folder", "bucket"])
def store(request, tmp_path):
    if request.param == "folder":
        yield PictureFolder(tmp_path / "media")
        return
    found = Bucket(request.getfixturevalue("object_store").url)
    yield found
    found.drop([path for path, _stored in found.walk()])


def test_all_sizes_come_and_are_found(store):
    before = time.time_ns() - 2_000_000_000
    store.put(FILES)
    assert {path: store.read(path) for path in FILES} == FILES
    found = dict(store.walk())
    assert {path: stored.size for path, stored in found.items()} == {
        path: len(data) for path, data in FILES.items()
    }
    for path, stored in found.items():
        assert store.stat(path) == stored
        assert before < stored.changed < time.time_ns() + 2_000_000_000
        assert stored.md5 in ("", hashlib.md5(FILES[path]).hexdigest())
    assert store.why_away() == ""


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store):
    store.put(FILES)
    for _twice in range(2):
        store.drop(FILES)
        assert dict(store.walk()) == {}
        for ask in (store.read, store.stat):
            with pytest.raises(FileNotFoundError):
                ask(next(iter(FILES)))


def test_one_size_more_comes_beside_the_others(store):
    first, second = ({path: data} for path, data in FILES.items())
    store.put(first)
    store.put(second)
    assert {path: store.read(path) for path in FILES} == FILES


def test_more_than_one_question_can_hold_are_listed_and_deleted(store):
    for number in range(6):
        store.put({f"members/{number}/{size}.webp": b"x" for size in range(4)})
    assert len(list(store.walk())) == 24
    store.drop(path for path, _stored in store.walk())
    assert list(store.walk()) == []


def test_a_folder_that_was_being_written_when_the_power_went_is_not_there(tmp_path):
    store = PictureFolder(tmp_path)
    (tmp_path / "pictures/ab/two.part").mkdir(parents=True)
    (tmp_path / "pictures/ab/two.part/480.webp").write_bytes(b"ha")
    assert list(store.walk()) == []
    store.put({"pictures/ab/two/480.webp": b"whole"})
    assert [path for path, _stored in store.walk()] == ["pictures/ab/two/480.webp"]
    (tmp_path / "pictures/ab/three.part").mkdir()
    store.drop(["pictures/ab/two/480.webp"])
    store.tidy()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_neither_size(tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        PictureFolder(tmp_path).put(FILES)
    assert [path for path in tmp_path.rglob("*") if path.name != "pictures"] == [
        tmp_path / "pictures/ab"
    ]


def test_as_if_they_had_come_then(tmp_path):
    store = PictureFolder(tmp_path)
    store.put(FILES, changed=1_000_000_000)
    assert {stored.changed for _path, stored in store.walk()} == {1_000_000_000}


def test_the_web_server_in_front_is_told_where_a_picture_lies(object_store):
    store = Bucket(object_store.url)
    store.put(FILES)
    inside = store.inside("pictures/ab/one/480.webp", "GET")
    assert inside.startswith("pictures/ab/one/480.webp?X-Amz-")
    with urlopen(f"http://{object_store.place}/pictures/{inside}", timeout=10) as answer:
        assert (answer.read(), answer.headers["Content-Type"]) == (b"small", "image/webp")
    assert PictureFolder("/x").inside("a/b.webp", "GET") == "a/b.webp"


def test_the_site_keeps_them_in_the_bucket_that_is_named(settings, tmp_path, object_store):
    settings.MEDIA_ROOT = tmp_path
    assert str(picture_store()) == str(tmp_path)
    settings.MEDIA_BUCKET = object_store.url
    assert str(picture_store()) == f"{object_store.place}/pictures"
    assert picture_store() is picture_store()
