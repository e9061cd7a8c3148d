"""Style sheets and catalogues are made of their sources, whenever something starts."""

import gettext
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from roypalang import building
from roypalang.building import catalogues, css
from tests.needs import CHECKOUT

MADE = {
    *(css.FOLDER / name for name in ("site.css", "first.css", "tokens.css")),
    *(path.with_suffix(".mo") for path in catalogues.sources()),
}


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A checkout of its own with three sheets and one catalogue, so that nobody else's is touched."""
    sheets, locale = tmp_path / "static" / "css", tmp_path / "locale"
    (sheets / "src").mkdir(parents=True)
    locale.mkdir()
    for name in ("tokens", "base", "forms"):
        (sheets / "src" / f"{name}.css").write_text(f".{name} {{ color: red; }}\n")
    (locale / "django.po").write_text('msgid "Board"\nmsgstr "ห้อง"\n')
    monkeypatch.setattr(css, "FOLDER", sheets)
    monkeypatch.setattr(css, "SOURCES", sheets / "src")
    monkeypatch.setattr(css, "ORDER", ("tokens", "forms", "base"))
    monkeypatch.setattr(css, "LATER", {"forms"})
    monkeypatch.setattr(css, "TOKENS", ("tokens",))
    monkeypatch.setattr(catalogues, "LOCALE", locale)
    monkeypatch.setattr(building, "CHECKOUT", tmp_path)
    return tmp_path


def names(paths: list[Path]) -> list[str]:
    return sorted(path.name for path in paths)


def test_before_the_first_test_all_is_built():
    assert building.build() == []
    assert all(path.is_file() for path in MADE)


def test_what_is_missing_or_changed_is_made_and_nothing_else(elsewhere):
    assert names(building.build()) == ["django.mo", "first.css", "site.css", "tokens.css"]
    assert building.build() == []
    (elsewhere / "static/css/src/base.css").write_text(".base { color: blue; }\n")
    assert names(building.build()) == ["first.css", "site.css"]
    assert "blue" in (elsewhere / "static/css/site.css").read_text()
    assert "forms" in (elsewhere / "static/css/site.css").read_text()
    assert "forms" not in (elsewhere / "static/css/first.css").read_text()
    (elsewhere / "locale/django.mo").unlink()
    assert names(building.build()) == ["django.mo"]
    (elsewhere / "static/css/tokens.css").write_text("by hand")
    assert names(building.build()) == ["tokens.css"]


def test_new_times_alone_make_nothing(elsewhere):
    building.build()
    os.utime(elsewhere / "locale/django.po", (1, 1))
    assert building.build() == []


def test_many_at_once_leave_whole_files_and_nothing_beside_them(elsewhere):
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda _n: building.build(), range(16)))
    assert building.build() == []
    there = {path.name for path in elsewhere.rglob("*") if path.is_file()}
    sheets = {"tokens.css", "base.css", "forms.css", "site.css", "first.css"}
    assert there == sheets | {"django.po", "django.mo", ".built"}


def test_a_sheet_without_a_place_in_the_order_is_named(elsewhere):
    (elsewhere / "static/css/src/lost.css").write_text("")
    with pytest.raises(SystemExit, match="lost"):
        building.build()


def test_the_python_that_makes_catalogues_knows_plurals_contexts_and_what_is_not_done(elsewhere):
    (elsewhere / "locale/django.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
        'msgid "%(n)d day"\nmsgid_plural "%(n)d days"\nmsgstr[0] "%(n)d วัน"\n\n'
        'msgctxt "button"\nmsgid "Open"\nmsgstr "เปิด"\n\n'
        '#, fuzzy\nmsgid "Guess"\nmsgstr "เดา"\n\nmsgid "Later"\nmsgstr ""\n\n'
        '#~ msgid "Gone"\n#~ msgstr "หาย"\n'
    )
    building.build()
    with (elsewhere / "locale/django.mo").open("rb") as file:
        said = gettext.GNUTranslations(file)
    assert [said.ngettext("%(n)d day", "%(n)d days", n) for n in (0, 1, 2)] == ["%(n)d\xa0วัน"] * 3
    assert said.pgettext("button", "Open") == "เปิด"
    assert [said.gettext(word) for word in ("Open", "Guess", "Later", "Gone")] == [
        *("Open", "Guess", "Later", "Gone")
    ]


def test_nothing_that_is_built_is_kept_in_git():
    if not (CHECKOUT / ".git").exists():
        pytest.skip("not a git checkout")
    ignored = subprocess.run(["git", "check-ignore", *MADE], cwd=CHECKOUT, capture_output=True)
    assert len(ignored.stdout.splitlines()) == len(MADE)
    kept = subprocess.run(["git", "ls-files", *MADE], cwd=CHECKOUT, capture_output=True)
    assert kept.stdout == b""


def test_manage_py_builds_before_it_does_anything():
    code = (
        "import os, sys; from roypalang import building; done = []\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'roypalang.settings'  # the tests' build too\n"
        "building.build = lambda: done.append(1); import manage\n"
        "sys.argv = ['manage.py', 'version']; manage.main(); print(done)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "[1]"


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("รูปใหญ่ไม่เกิน 12 MB", "รูปใหญ่ไม่เกิน 12_MB"),
        ("<b>%(n)s</b> คนบอกว่าจะไป", "<b>%(n)s</b>_คนบอกว่าจะไป"),
        ("อีก {n} รายการ", "อีก {n}_รายการ"),
        ("เปิดถึง 18.20 น.", "เปิดถึง 18.20_น."),
        ("ถึงวันที่ %(day)s สำหรับหนึ่งคน", "ถึงวันที่_%(day)s สำหรับหนึ่งคน"),
        ("เช่น 5 ธ.ค. 2569 หรือ พ.ศ. 2569", "เช่น 5_ธ.ค._2569 หรือ พ.ศ._2569"),
        ("สั้น ๆ ก็ดี", "สั้น_ๆ ก็ดี"),
        ("มี 3 ตัวอย่างให้ดู", "มี 3 ตัวอย่างให้ดู"),
        ("เช่น 5/12/2569 หรือ 31/1/2569", "เช่น 5/12/2569 หรือ 31/1/2569"),
    ],
)
def test_a_thai_message_keeps_a_number_and_its_unit_in_one_line(typed, held):
    assert catalogues.held(typed).replace(catalogues.NO_BREAK, "_") == held
