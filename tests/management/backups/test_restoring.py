"""What comes back is what there was; what cannot be brought back whole is not brought at all."""

import io
import json
import os
import shutil
import uuid
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.utils import timezone
from pyrage import x25519

from forums.management.backups import pictures as backup_pictures
from forums.management.backups import postgres, restoring, sums
from forums.management.backups.errors import BackupError
from forums.management.backups.restoring import REMARK, check
from roypalang.picture_store import PictureFolder
from tests.management.backups.making import a_target, contents, pictures
from tests.management.commands import killed_once


@pytest.fixture
def copied(made, tmp_path):
    """A backup that may be damaged."""
    return Path(shutil.copytree(made, tmp_path / "copied" / made.name))


def flip(file: Path, *, at: int = -1) -> None:
    """Change one bit; in the middle, where nothing is said."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2 if at < 0 else at] ^= 1
    file.write_bytes(data)


def rewrite(backup: Path, **changed: object) -> None:
    """Another manifest, with its checksum: as another version would have written it."""
    file = backup / sums.MANIFEST
    file.write_text(json.dumps(json.loads(file.read_text()) | changed))
    listed = sums.read(backup)
    sums.write(backup, sums.Sums(listed.keys, {**listed.of, sums.MANIFEST: sums.digest(file)}))


def test_everything_comes_back_but_nobody_is_signed_in(site, target, key):
    public, file = key
    Session.objects.create(session_key="of-somebody", expire_date=timezone.now())
    before = contents(connection)
    made = site.backup(keys=(public,))
    done = target.restore(site.backups, key_file=file)  # the newest there
    assert done.path == made.path
    after = contents(target.database)
    empty = {"django_session", "usersessions_usersession", "cache"}
    assert {t: rows for t, rows in after.items() if t not in empty} == {
        t: rows for t, rows in before.items() if t not in empty
    }
    assert {after[table][0] for table in empty} == {0}
    assert pictures(target.media) == pictures(site.media)
    assert postgres.remark(target.database) == ""
    assert done.settings == made.path / "settings.env.age"
    modes = {path.stat().st_mode & 0o777 for path in target.media.rglob("*") if path.is_file()}
    assert modes == {0o640}  # the site writes, nginx reads by its group
    with pytest.raises(BackupError, match="is not empty. Make a new one"):
        target.restore(site.backups, key_file=file)


def test_a_check_brings_it_back_beside_the_site_and_leaves_nothing(made, tmp_path):
    tried = check(made.parent, connection=connection, key_file=None, stream=io.StringIO())
    assert tried.path == made
    assert tried.what.total == sum(postgres.counts(connection).values())
    assert not [alias for alias in connections.settings if alias.startswith("beside_")]
    with connection.cursor() as cursor:
        name = f"{connection.settings_dict['NAME']}_check_{os.getpid()}"
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        assert cursor.fetchone() == (0,)


def test_a_check_misses_a_picture_that_a_row_speaks_of(copied):
    listed = sums.read(copied)
    name = next(name for name in listed.of if backup_pictures.plain(name).startswith("pictures/"))
    sums.write(copied, sums.Sums((), {n: s for n, s in listed.of.items() if n != name}))
    with pytest.raises(BackupError, match="pictures that are not in it: 1, pictures/"):
        check(copied, connection=connection, key_file=None, stream=io.StringIO())


@pytest.mark.parametrize(
    "file",
    ["database/toc.dat", "manifest.json", "settings.env", "pictures", "SHA256SUMS"],
)
def test_one_bit_that_has_changed_is_found_before_anything_is_written(copied, target, file):
    path = copied / file
    flip(next(p for p in sorted(path.rglob("*")) if p.is_file()) if path.is_dir() else path)
    with pytest.raises(BackupError, match="damaged.*Nothing was written"):
        target.restore(copied)
    assert target.holds() == []


@pytest.mark.parametrize("at", range(0, 64, 7))
def test_no_bit_of_the_first_line_may_change(copied, target, at):
    flip(copied / sums.SUMS, at=at)
    with pytest.raises(BackupError):
        target.restore(copied)
    assert target.holds() == []


def _without_the_end_of_the_list(backup: Path) -> None:
    text = (backup / sums.SUMS).read_text()
    (backup / sums.SUMS).write_text(text[: text.rindex("\n", 0, -1) + 1])


def _in_the_middle_of_a_line(backup: Path) -> None:
    (backup / sums.SUMS).write_text((backup / sums.SUMS).read_text()[:-30])


def _without_a_picture(backup: Path) -> None:
    next(path for path in (backup / "pictures").rglob("*") if path.is_file()).unlink()


def _half_a_table(backup: Path) -> None:
    largest = max((backup / "database").iterdir(), key=lambda path: path.stat().st_size)
    os.truncate(largest, largest.stat().st_size // 2)


def _led_out(backup: Path) -> None:
    text = (backup / sums.SUMS).read_text()
    (backup / sums.SUMS).write_text(text.replace("  pictures/", "  ../pictures/", 1))


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda backup: (backup / sums.SUMS).unlink(), "SHA256SUMS is missing"),
        (lambda backup: (backup / sums.SUMS).write_text(""), "first line is not ours"),
        (_without_the_end_of_the_list, "list is cut short"),
        (_in_the_middle_of_a_line, "list is cut short"),
        (_without_a_picture, "missing: pictures/"),
        (lambda backup: (backup / sums.MANIFEST).unlink(), "missing: manifest.json"),
        (_half_a_table, "changed: database/"),
        (_led_out, "is not readable"),
    ],
)
def test_one_that_was_cut_short_is_found_before_anything_is_written(copied, target, damage, told):
    damage(copied)
    with pytest.raises(BackupError, match=told):
        target.restore(copied)
    assert target.holds() == []


def test_one_of_a_newer_version_says_which_to_install(copied, target):
    rewrite(copied, site="99.0.0", migrations=["forums.9999_of_tomorrow"])
    with pytest.raises(BackupError, match="version 99.0.0 of the site, newer than this one"):
        target.restore(copied)
    rewrite(copied, migrations=[], pg_dump=99)
    with pytest.raises(BackupError, match="the backup was written by 99: apt install"):
        target.restore(copied)
    text = (copied / sums.SUMS).read_text()
    (copied / sums.SUMS).write_text(text.replace("backup 1", "backup 2", 1))
    with pytest.raises(BackupError, match="newer version of the site"):
        target.restore(copied)
    assert target.holds() == []


def test_an_encrypted_one_wants_its_own_key(site, target, key, tmp_path):
    public, file = key
    site.backup(keys=(public,))
    with pytest.raises(BackupError, match="encrypted: give the file"):
        target.restore(site.backups)
    other = tmp_path / "other.txt"
    for typed, told in [
        (str(x25519.Identity.generate()), "does not open with this key"),
        ("nonsense", "no private key"),
        ("# nothing else\n", "is empty"),
    ]:
        other.write_text(typed)
        with pytest.raises(BackupError, match=told):
            target.restore(site.backups, key_file=other)
    with pytest.raises(BackupError, match="cannot be read"):
        target.restore(site.backups, key_file=tmp_path / "nowhere")
    assert target.holds() == []


def test_pictures_that_are_there_are_never_overwritten(made, target):
    target.media.mkdir()
    (target.media / "mine.webp").write_bytes(b"mine")
    with pytest.raises(BackupError, match="is not empty: pictures that are there"):
        target.restore(made)
    assert (target.media / "mine.webp").read_bytes() == b"mine"
    assert postgres.is_empty(target.database)


def test_where_there_is_no_backup_it_says_so(target, tmp_path):
    with pytest.raises(BackupError, match="There is no folder"):
        target.restore(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BackupError, match="is no backup, and holds none"):
        target.restore(tmp_path / "empty")
    (tmp_path / "empty" / "site.dump").write_bytes(b"")
    with pytest.raises(BackupError, match="0.9 or older"):
        target.restore(tmp_path / "empty")


def test_a_table_with_other_rows_than_were_counted_takes_all_of_it_back(copied, target):
    rows = json.loads((copied / sums.MANIFEST).read_text())["rows"]
    rewrite(copied, rows=rows | {"forums_post": rows["forums_post"] + 1})
    with pytest.raises(BackupError, match="Not everything came back .forums_post: "):
        target.restore(copied)
    assert target.holds() == []
    assert postgres.remark(target.database) == ""


def test_stopped_by_hand_it_leaves_nothing(made, target, monkeypatch):
    def stopped(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(postgres, "counts", stopped)
    with pytest.raises(KeyboardInterrupt):
        target.restore(made)
    assert target.holds() == []


def test_killed_in_the_middle_it_says_how_to_begin_anew_and_does(made, target):
    program = """
        import sys, pathlib, django
        django.setup()
        from django.db import connection
        from forums.management.backups.restoring import restore
        connection.settings_dict["NAME"] = sys.argv[2]
        from roypalang.picture_store import PictureFolder
        restore(pathlib.Path(sys.argv[3]), connection=connection, store=PictureFolder(pathlib.Path(sys.argv[4])),
                key_file=None, anew=False, stream=sys.stderr)
    """
    name = str(target.database.settings_dict["NAME"])
    killed_once(
        lambda: not postgres.is_empty(target.database), program, name, str(made), str(target.media)
    )
    assert postgres.remark(target.database) == REMARK
    with pytest.raises(
        BackupError, match=f"stopped in the middle.*manage.py restore {made} --anew"
    ):
        target.restore(made)
    target.restore(made, anew=True)
    assert contents(target.database) == contents(connection) | {
        table: contents(target.database)[table] for table in postgres.left_out()
    }
    assert pictures(target.media) == pictures(made / "pictures")


def test_anew_takes_nothing_from_who_has_no_stopped_restore(made):
    before = postgres.counts(connection)
    with pytest.raises(BackupError, match="is not empty"):
        restoring.restore(
            made,
            connection=connection,
            store=PictureFolder(made.parent / "again"),
            key_file=None,
            anew=True,
            stream=io.StringIO(),
        )
    assert postgres.counts(connection) == before


def test_a_role_that_owns_its_database_and_nothing_more_is_enough(made, tmp_path):
    role = f"plain_{uuid.uuid4().hex[:8]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN")
    try:
        with a_target(tmp_path) as target:
            with target.database.cursor() as cursor:
                cursor.execute(
                    f'ALTER DATABASE "{target.database.settings_dict["NAME"]}" OWNER TO {role}'
                )
            target.database.close()
            target.database.settings_dict["USER"] = role
            target.restore(made)
            with pytest.raises(BackupError, match=f"ALTER ROLE {role} CREATEDB"):
                check(made, connection=target.database, key_file=None, stream=io.StringIO())
            restoring._take_back(target.database, PictureFolder(target.media), [])
            assert postgres.is_empty(target.database)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP ROLE {role}")
