"""The rules of the house that a machine can check; docs/architecture.md says why each stands."""

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from roypalang.building.catalogues import held
from tests.conftest import LONGEST
from tests.needs import CHECKOUT, needs_program

TEMPLATES = sorted((CHECKOUT / "templates").rglob("*.html"))
PYTHON = sorted(
    path
    for folder in ("accounts", "forums", "roypalang", "scripts")
    for path in (CHECKOUT / folder).rglob("*.py")
)
TESTS = sorted((CHECKOUT / "tests").rglob("*.py"))
LETTERS = CHECKOUT / "templates" / "mail"
CATALOGUE = CHECKOUT / "locale" / "th" / "LC_MESSAGES" / "django.po"
THIRD_PARTY = CHECKOUT / "locale/third_party/th/LC_MESSAGES/django.po"


def found(pattern: str, paths: list[Path], flags: int = 0) -> list[str]:
    """file:line of every match."""
    hits = []
    for path in paths:
        text = path.read_text()
        for match in re.finditer(pattern, text, flags):
            line = text.count("\n", 0, match.start()) + 1
            hits.append(f"{path.relative_to(CHECKOUT)}:{line}: {match[0]}")
    return hits


def tracked() -> list[Path]:
    """Every file of the project, as git knows it; without git (an archive) this is skipped."""
    if not (shutil.which("git") and (CHECKOUT / ".git").exists()):
        pytest.skip("not a git checkout")
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    ).stdout
    return [path for name in names.split("\0") if name and (path := CHECKOUT / name).is_file()]


def test_html_is_trusted_nowhere_but_in_text():
    outside = [p for p in PYTHON if "forums/text/" not in p.as_posix()]
    assert found(r"\bmark_safe\b|\bSafeString\(|\bhtml_safe\b|__html__", outside) == []
    assert found(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off", TEMPLATES) == []


def test_no_script_and_no_style_stands_in_a_template():
    pages = [path for path in TEMPLATES if path.parent != LETTERS]
    assert found(r"<style\b|\sstyle\s*=", pages, re.I) == []
    assert found(r"<[^>{]*\son[a-z]+\s*=", TEMPLATES, re.I) == []
    assert found(r"javascript:", TEMPLATES, re.I) == []
    scripts = found(r"<script\b[^>]*>", TEMPLATES, re.I)
    assert [tag for tag in scripts if "src=" not in tag and "application/json" not in tag] == []


def test_letters_bring_their_style_with_them_and_load_nothing():
    """Mail programs read no style sheet; what is loaded would tell who reads, and when."""
    letters = [path for path in TEMPLATES if path.parent == LETTERS]
    assert letters
    assert (
        found(r"<(?:img|link|script|svg)\b|\ssrc\s*=|url\(|@import|@font-face", letters, re.I) == []
    )


def test_files_are_short_enough_to_be_read_in_one_go():
    long = [p for p in TEMPLATES if len(p.read_text().splitlines()) >= 100]
    long += [
        path
        for path in (*PYTHON, *TESTS)
        if "/migrations/" not in path.as_posix() and len(path.read_text().splitlines()) >= 400
    ]
    assert [str(path.relative_to(CHECKOUT)) for path in long] == []


def test_what_is_said_to_take_longest_is_there():
    assert [name for name in LONGEST if not list(CHECKOUT.glob(f"{name}*"))] == []


def test_templates_are_as_the_formatter_leaves_them():
    formatter = [sys.executable, "-m", "djlint", "--quiet", "--check", "templates"]
    formatted = subprocess.run(formatter, cwd=CHECKOUT, capture_output=True, text=True)
    assert formatted.returncode == 0, formatted.stdout + formatted.stderr


def test_no_line_of_a_template_is_longer_than_120_characters():
    long = []
    for path in [*TEMPLATES, *(CHECKOUT / "templates").rglob("*.xml")]:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if len(line) > 120:
                long.append(f"{path.relative_to(CHECKOUT)}:{number}")
    assert long == []


def test_files_that_comments_speak_of_are_there():
    """tests/test_docs.py looks at the documents."""
    named = found(
        r"\b(?:accounts|docs|forums|roypalang|scripts|templates|tests)(?:/[\w-]+)+\.(?:py|html|md)\b",
        [*PYTHON, *TEMPLATES],
    )
    assert [each for each in named if not (CHECKOUT / each.rsplit(" ", 1)[1]).exists()] == []


def test_templates_decide_little():
    """A choice (if, elif) or a repetition (for) stands in at most every eighth line, and no template has many.

    Lines that say nothing are not counted: blank, comment, or of an icon, which the formatter spreads over three.
    """
    choices = lines = 0
    for path in TEMPLATES:
        text = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
        own = len(re.findall(r"{% (?:if|elif|for) ", text))
        assert own <= 18, f"{path.relative_to(CHECKOUT)} has {own}"
        choices += own
        icon = re.compile(r"\s*</?(?:svg|use|symbol|path|circle)\b|\s*$")
        lines += sum(not icon.match(line) for line in text.splitlines())
    assert choices / lines <= 0.12


def test_messages_are_asked_for_by_names_that_are_gathered():
    """xgettext knows `_` and the functions' own names; by any other name a message is never translated."""
    assert found(r"import \w*gettext\w* as (?!_$)\w+$", PYTHON, re.M) == []


def test_no_name_of_a_class_stands_for_two_things():
    names = Counter(hit.split("class ")[1] for hit in found(r"^class [A-Z]\w*", PYTHON, re.M))
    # Django's; and a page of a list beside a page of the house, whose name is its table's.
    known = {"Command", "DatabaseWrapper", "Migration", "Page"}
    assert {name for name, times in names.items() if times > 1} <= known


def test_views_write_nothing():
    views = [*CHECKOUT.rglob("forums/**/views.py"), CHECKOUT / "accounts" / "views.py"]
    assert len(views) > 6
    pattern = r"\.(save|create|update|delete|bulk_create|bulk_update|get_or_create)\("
    assert found(pattern, views) == []


def test_what_came_from_elsewhere_is_what_it_was():
    listed = json.loads((CHECKOUT / "static" / "vendor" / "vendor.json").read_text())
    named = {}
    for thing in listed:
        assert thing["licence"]
        assert (CHECKOUT / "static" / thing["licence_file"]).is_file()
        named |= thing["files"]
    for name, sha256 in named.items():
        content = (CHECKOUT / "static" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256, name
    there = {
        str(path.relative_to(CHECKOUT / "static"))
        for path in (CHECKOUT / "static").rglob("*")
        if path.suffix in {".woff2", ".woff", ".ttf"}
        or ("vendor" in path.parts and path.is_file() and path.name != "vendor.json")
    }
    assert there == set(named)


def _entries(po: str) -> list[str]:
    return [entry for entry in po.split("\n\n") if re.search(r"^msgid ", entry, re.M)][1:]


def test_every_message_is_translated():
    for entry in _entries(CATALOGUE.read_text() + THIRD_PARTY.read_text()):
        if entry.lstrip().startswith("#~"):
            continue
        assert "#, fuzzy" not in entry, entry
        for translated in re.findall(r'^msgstr(?:\[\d\])? (".*"(?:\n".*")*)', entry, re.M):
            assert translated.replace('"', "").strip(), entry


def test_every_message_in_the_code_stands_in_the_catalogue(tmp_path):
    needs_program("xgettext", "msgcmp")
    templates = [p.relative_to(CHECKOUT) for p in TEMPLATES]
    made = tmp_path / "made.pot"
    script = (
        "import sys, django; from pathlib import Path\n"
        "from django.conf import settings; settings.configure()\n"
        "from django.utils.translation.template import templatize\n"
        "out = Path(sys.argv[1])\n"
        "for name in sys.argv[2:]:\n"
        "    to = out / (name + '.py'); to.parent.mkdir(parents=True, exist_ok=True)\n"
        "    to.write_text(templatize(Path(name).read_text(), origin=name))\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path), *map(str, templates)],
        cwd=CHECKOUT,
        check=True,
    )
    sources = [*PYTHON, *tmp_path.rglob("*.html.py")]
    keywords = [
        *("_", "__", "gettext", "gettext_lazy", "gettext_noop", "pgettext:1c,2"),
        *("ngettext:1,2", "ngettext_lazy:1,2", "pgettext_lazy:1c,2", "npgettext:1c,2,3"),
    ]
    subprocess.run(
        [
            *("xgettext", "--language=Python", "--from-code=UTF-8", "-o", str(made)),
            *(f"--keyword={word}" for word in keywords),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
    )
    both = tmp_path / "both.po"  # ours, and what Django and allauth say, which we may say too
    subprocess.run(["msgcat", "--use-first", "-o", both, CATALOGUE, THIRD_PARTY], check=True)
    compared = subprocess.run(["msgcmp", str(both), str(made)], capture_output=True, text=True)
    assert compared.returncode == 0, compared.stderr


@pytest.mark.parametrize("whose", ["ours", "others'"])
def test_the_compiled_catalogue_is_that_of_the_written_one(tmp_path, whose):
    needs_program("msgfmt")
    made = tmp_path / "django.mo"
    written = {"ours": CATALOGUE, "others'": THIRD_PARTY}[whose]
    subprocess.run(["msgfmt", "--check-format", "-o", str(made), str(written)], check=True)

    def messages(path: Path) -> dict:
        import gettext

        with path.open("rb") as file:
            found = gettext.GNUTranslations(file)._catalog
        # Newer msgfmts leave out when the words were gathered.
        found[""] = re.sub("POT-Creation-Date:.*\n", "", found[""])
        return found

    compiled = messages(written.with_suffix(".mo"))
    assert {key: held(text) for key, text in messages(made).items()} == compiled


def test_imports_run_one_way():
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        assert importlib.util.find_spec("importlinter"), "import-linter is not installed"
    answer = subprocess.run([linter], cwd=CHECKOUT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout


OF_A_MACHINE = re.compile(
    r"(?<![\w.$}/>-])/(?:work|root|tmp|home/\w+|Users/\w+)(?:/|\b(?=[\s\"'`]))"
)
# These files speak about such paths in general: where a socket may go, what is refused.
SPEAK_OF_PATHS = {
    "docs/decisions/001-embedded-postgresql.md",
    "roypalang/embedded_postgres/__init__.py",
    "roypalang/embedded_postgres/server.py",
    "tests/roypalang/embedded_postgres/test_places.py",
    "tests/test_house_rules.py",
}


def test_no_file_names_a_path_of_somebodys_machine():
    texts = [
        path
        for path in tracked()
        if path.suffix
        not in {".mo", ".woff2", ".png", ".webp", ".ico", ".heic", ".lock", ".bin", ".gz"}
        and str(path.relative_to(CHECKOUT)) not in SPEAK_OF_PATHS
    ]
    assert found(OF_A_MACHINE.pattern, texts) == []


def test_each_decision_has_a_number_of_its_own():
    pages = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
    pages = [page for page in pages if page.name != "README.md"]
    numbers = Counter(page.name[:3] for page in pages)
    assert all(re.fullmatch(r"\d{3}-[a-z0-9-]+\.md", page.name) for page in pages)
    assert [number for number, count in numbers.items() if count > 1] == []
    for page in pages:
        assert len(page.read_text().splitlines()) <= 80, page.name
