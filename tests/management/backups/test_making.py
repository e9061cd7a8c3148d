"""A backup holds every row with its picture, or there is none."""

import errno
import json
import os
import subprocess
import threading
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection

from accounts.models import PICTURE_SIZES, Member
from forums.management.backups import pictures as backup_pictures
from forums.management.backups import postgres
from forums.management.backups.errors import BackupError
from forums.management.backups.folders import backups_in, growing
from forums.management.backups.pictures import Collected, of_rows
from forums.management.backups.sealing import Seal
from forums.management.backups.sums import SUMS
from roypalang.embedded_postgres import programs
from roypalang.picture_store import PictureFolder
from tests.management.backups.making import pictures
from tests.needs import needs_program


def test_a_backup_holds_every_row_every_picture_and_the_settings(site):
    made = site.backup()
    told = json.loads((made.path / "manifest.json").read_text())
    assert told["rows"] == postgres.counts(connection)
    assert told["rows"]["forums_post"] == 9
    assert {"django_session", "cache"}.isdisjoint(told["rows"])
    assert pictures(made.path / "pictures") == pictures(site.media)
    assert made.what.missing == []
    assert (made.path / "settings.env").read_text() == "SECRET_KEY=of-this-site\n"
    assert {path.name for path in site.backups.iterdir()} == {made.path.name, "lock"}


def test_its_list_is_one_that_sha256sum_reads_and_only_its_maker_may(site):
    needs_program("sha256sum")
    made = site.backup()
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", SUMS],
        cwd=made.path,
        capture_output=True,
        text=True,
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    assert not [
        p for p in [made.path, *made.path.rglob("*")] if p.is_dir() and p.stat().st_mode & 0o077
    ]


def test_a_picture_that_has_not_changed_is_the_same_file_and_what_rots_is_not_blessed(site):
    first = site.backup()
    some, other = sorted(pictures(site.media))[:2]
    (first.path / "pictures" / other).write_bytes(
        b"rotten"
    )  # of the same day: nobody touched its time
    stat = (site.media / other).stat()
    os.utime(first.path / "pictures" / other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (site.media / "pictures" / "new.webp").write_bytes(b"new")
    second = site.backup()
    assert (first.new, second.new) == (
        first.pictures,
        2,
    )  # what is shorter than it was is taken again
    assert (second.path / "pictures" / some).samefile(first.path / "pictures" / some)
    assert (second.path / "pictures" / other).read_bytes() == (site.media / other).read_bytes()
    (first.path / "pictures" / some).write_bytes(b"X" * (site.media / some).stat().st_size)
    stat = (site.media / some).stat()
    os.utime(first.path / "pictures" / some, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    third = site.backup()
    checked = subprocess.run(["sha256sum", "--check", SUMS], cwd=third.path, capture_output=True)
    assert checked.returncode == 1


def test_encrypted_ones_are_the_same_file_too_unless_the_key_is_another(site, key):
    public, _file = key
    first = site.backup(keys=(public,))
    assert not [
        path
        for path in first.path.rglob("*")
        if path.is_file() and path.suffix != ".age" and path.name != SUMS
    ]
    assert site.backup(keys=(public,)).new == 0
    assert site.backup().new == first.pictures


def test_what_is_deleted_or_comes_while_pictures_are_taken_is_there_where_a_row_needs_it(
    site, monkeypatch
):
    needed = sorted(of_rows("default"))
    deleted, come = needed[0], needed[-1]
    late = (site.media / come).read_bytes()
    (site.media / come).unlink()
    nobodys = site.media / "pictures" / "nobodys.webp"
    nobodys.write_bytes(b"of no row")
    take = Collected.take

    def meanwhile(self, stream):
        take(self, stream)
        (site.media / deleted).unlink(missing_ok=True)
        nobodys.unlink(missing_ok=True)
        (site.media / come).write_bytes(late)

    monkeypatch.setattr(Collected, "take", meanwhile)
    made = site.backup()
    assert made.what.missing == []
    assert (made.path / "pictures" / deleted).is_file()
    assert (made.path / "pictures" / come).read_bytes() == late
    assert not (made.path / "pictures" / "pictures" / "nobodys.webp").exists()
    assert "nobodys" not in (made.path / SUMS).read_text()


def test_members_may_change_their_pictures_all_the_while(site):
    member, stop = Member.objects.exclude(picture=None).order_by("pk")[0], threading.Event()
    before = member.picture
    face = (site.media / f"members/{before}/{PICTURE_SIZES[0]}.webp").read_bytes()

    def changing() -> None:
        old = before
        try:
            while not stop.is_set():
                new = uuid.uuid4()
                (site.media / f"members/{new}").mkdir()
                for size in PICTURE_SIZES:
                    (site.media / f"members/{new}/{size}.webp").write_bytes(face)
                Member.objects.filter(pk=member.pk).update(picture=new)
                for size in PICTURE_SIZES:
                    (site.media / f"members/{old}/{size}.webp").unlink()
                old = new
                stop.wait(0.2)
        finally:
            connection.close()

    thread = threading.Thread(target=changing)
    thread.start()
    try:
        made = site.backup()
    finally:
        stop.set()
        thread.join()
        Member.objects.filter(pk=member.pk).update(picture=before)
    assert made.what.missing == []


def test_a_picture_that_was_lost_before_is_said_and_the_backup_is_made(site):
    lost = sorted(of_rows("default"))[0]
    (site.media / lost).unlink()
    made = site.backup()
    assert made.what.missing == [lost]
    assert json.loads((made.path / "manifest.json").read_text())["missing"] == [lost]


def test_old_ones_are_deleted_once_this_one_is_made(site):
    first, second = site.backup().path, site.backup().path
    foreign = site.backups / "2020-01-01T000000"  # of a version before, or somebody's
    foreign.mkdir()
    third = site.backup(days=2)
    assert third.forgotten == []
    assert site.backup(days=2).forgotten == [first]
    assert backups_in(site.backups)[:2] == [second, third.path]
    assert foreign.exists()


def test_a_full_disk_is_said_and_nothing_half_written_stays(site, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Seal, "write", full)
    with pytest.raises(BackupError, match="disk of .*backups is full"):
        site.backup()
    assert [path.name for path in site.backups.iterdir()] == ["lock"]


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("pg_dump: error: could not write to file: No space left on device", "is full"),
        ("pg_dump: error: server version: 19; aborting", "pg_dump: .*server version: 19"),
    ],
)
def test_what_pg_dump_says_is_passed_on_and_nothing_stays(site, monkeypatch, tmp_path, says, told):
    program = tmp_path / "pg_dump"
    program.write_text(
        f'#!/bin/sh\n[ "$1" != --version ] || {{ echo "pg_dump (PostgreSQL) 18.6"; exit; }}\necho "{says}" >&2\nexit 1\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(programs, "where_is", lambda name: str(program))
    with pytest.raises(BackupError, match=told):
        site.backup()
    assert backups_in(site.backups) == []


def test_without_pg_dump_it_says_what_to_install(site, monkeypatch):
    monkeypatch.setattr(programs, "where_is", lambda name: None)
    with pytest.raises(BackupError, match="pg_dump is missing: apt install postgresql-client"):
        site.backup()


def test_two_at_once_into_one_folder_are_one(site):
    with (
        growing(site.backups, datetime(2026, 1, 1, tzinfo=UTC)),
        pytest.raises(BackupError, match="Another backup"),
    ):
        site.backup()


def test_what_a_killed_run_left_is_removed(site):
    left = site.backups / "2026-01-01T000000Z.part" / "pictures"
    left.mkdir(parents=True)
    site.backup()
    assert not left.parent.exists()


def test_backups_and_pictures_may_not_lie_in_each_other(site):
    site.backups = site.media / "backups"
    with pytest.raises(BackupError, match="lie in each other"):
        site.backup()


@pytest.mark.parametrize("key", ["", "age1", "ssh-ed25519 AAAA", "age1" + "q" * 58, "กุญแจ"])
def test_a_key_that_is_none_is_refused_before_anything_is_made(site, key):
    with pytest.raises(BackupError, match="no public key"):
        site.backup(keys=(key,))
    assert not site.backups.exists()


def test_those_that_are_drawn_again_and_those_being_written_are_left(tmp_path):
    for path in ("shared/ab/x.png", "pictures/ab/1.part/480.webp", "pictures/ab/2/480.webp"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_bytes(b"x")
    assert list(backup_pictures.there(PictureFolder(tmp_path))) == ["pictures/ab/2/480.webp"]
    assert backup_pictures.there(PictureFolder(tmp_path / "nowhere")) == {}


def test_programs_of_postgresql_are_told_what_stands_after_the_question_mark(monkeypatch):
    options = connection.settings_dict["OPTIONS"] | {"host": "/run/elsewhere", "port": "5499"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    typed, _told = connection.client.settings_to_cmd_args_env(postgres.settings_of(connection), [])
    assert "-h /run/elsewhere -p 5499" in " ".join(typed)
