"""`manage.py backup` and `restore`, as they are typed: one line for what is the matter, and status 1."""

import io
import os
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.management.backups.making import Site
from tests.needs import CHECKOUT


def typed(*words: str) -> tuple[str, str]:
    out, said = io.StringIO(), io.StringIO()
    call_command(*words, stdout=out, stderr=said)
    return out.getvalue(), said.getvalue()


def test_a_backup_says_where_it_is_and_the_check_that_it_can_be_brought_back(community, tmp_path):
    site = Site(tmp_path)
    with override_settings(MEDIA_ROOT=site.media):
        printed, said = typed("backup", str(site.backups), "--keep", "14")
        assert printed.startswith(f"{site.backups}/20")
        assert "rows in" in said
        assert "new), " in said
        printed, _said = typed("backup", "--check", str(site.backups))
        assert "can be brought back: " in printed
        with pytest.raises(CommandError, match="is not empty"):
            typed("restore", str(site.backups))


@pytest.mark.parametrize("days", ["0", "-1", "สอง", "1.5"])
def test_days_are_whole_and_at_least_one(days, tmp_path):
    with pytest.raises(CommandError, match="no number of days"):
        call_command("backup", str(tmp_path / "b"), f"--keep={days}")


def test_a_folder_that_cannot_be_written_to_is_named(community, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file/b: Not a directory"):
        typed("backup", str(tmp_path / "file" / "b"))


@pytest.mark.parametrize("words", [("backup", "b"), ("backup", "--check", "b"), ("restore", "b")])
def test_without_a_database_it_is_one_line_and_status_1(tmp_path, words):
    ran = subprocess.run(
        [sys.executable, "manage.py", words[0], *words[1:-1], str(tmp_path / words[-1])],
        cwd=CHECKOUT,
        env=os.environ
        | {
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
            "ROYPALANG_VAR": str(tmp_path / "var"),
        },
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""
    assert not (tmp_path / "b").exists() or [p.name for p in (tmp_path / "b").iterdir()] == ["lock"]
