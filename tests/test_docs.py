"""What the documents speak of is there: files, modules, names in them, commands, targets of make.

After a move, `docs/…: line: what is not there` says where to write the new name. A word in `these marks`
is looked at when it looks like one of ours: a path, a dotted name below accounts, forums or roypalang
(what stands in forums, or in a package there, may begin it: posts.actions.reply), file.py:name, a test's name behind ::.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.needs import CHECKOUT

DOCUMENTS = [
    *(CHECKOUT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((CHECKOUT / "docs").rglob("*.md")),
]

# What a document says of before, or of somewhere else, and why it may: (document, word).
SPOKEN_OF_OTHERWISE = {
    ("docs/operations.md", "roypalang.conf"),  # of the embedded PostgreSQL, in var/
    ("docs/operations.md", "roypalang.example"),  # the site's name
    ("docs/operations.md", "roypalang.socket"),  # a unit of systemd
}

# Where a path may begin; "" is the checkout. A document's own folder too.
# After the last, the packages of forums: a document may say `networks/shell.py` for short.
PACKAGES = [path.parent for path in sorted(CHECKOUT.glob("forums/**/__init__.py"))]
ROOTS = [
    *(CHECKOUT / name for name in ("", "forums", "templates", "static", "static/css/src", "tests")),
    *(CHECKOUT / name for name in ("docs/decisions", "roypalang")),
    *PACKAGES,
]
ENDINGS = "py|html|css|js|md|sh|svg|po|tsv|txt|json|webp|csv|toml|lock|yml|xml|conf"
PATH = re.compile(rf"…?[\w.@<>*-]*(?:/[\w.@<>*…-]+)*(?:/|\.(?:{ENDINGS}))(?:::?\w+)?")
DOTTED = re.compile(r"[a-z_]+(?:\.\w+)+")
# Made by running, or of a machine.
ELSEWHERE = re.compile(r"^(?:var|staticfiles|\.venv|\.tools|/|https?:|~)|^…$")


def here(path: str) -> list[Path]:
    """Files and folders a path of the documents may mean; "*" and <noun> stand for anything."""
    pattern = re.sub(r"<[^>]*>", "*", path).rstrip("/")
    return [hit for root in ROOTS for hit in _at(root, pattern)]


def _at(root: Path, pattern: str) -> list[Path]:
    if "*" in pattern:
        return list(root.glob(pattern))
    return [root / pattern] if (root / pattern).exists() else []


@cache
def names_of_files() -> set[str]:
    """Of every file and folder of the project, for those told without their folder."""
    folders = ["accounts", "forums", "roypalang", "scripts", "templates", "static", "tests", "docs"]
    files = [*CHECKOUT.glob("*"), *CHECKOUT.glob(".ci/*")]
    files += [path for name in folders for path in (CHECKOUT / name).rglob("*")]
    return {path.name for path in files if "__pycache__" not in path.parts}


@cache
def defined(path: Path) -> set[str]:
    """Every name a file defines: functions, classes, constants, and what they hold."""
    names = re.findall(
        r"^\s*(?:async def|def|class) (\w+)|^\s*(\w+)(?: *=|: )", path.read_text(), re.M
    )
    return {name for pair in names for name in pair}


def why_not(word: str, folder: Path, before: str) -> str:
    """Why this word of a document is wrong; '' when it is right, or not one of ours."""
    if ELSEWHERE.search(word):
        return ""
    if PATH.fullmatch(word) and word.strip("./*"):
        return _path_is_wrong(word, folder, before)
    if DOTTED.fullmatch(word):
        return _name_is_wrong(word)
    return ""


def _path_is_wrong(word: str, folder: Path, before: str) -> str:
    path, _colon, name = word.replace("::", ":").partition(":")
    if path.startswith("…/"):
        path = f"{before}/{path.removeprefix('…/')}"
    found = here(path) or _at(folder, path)
    if not found and "/" not in path:
        found = [CHECKOUT] if path in names_of_files() or "*" in path else []
        name = ""
    if not found:
        return "no such file" if "/" in path or "." in path else ""
    if name and not any(name in defined(file) for file in found if file.is_file()):
        return f"no {name} there"
    return ""


def _name_is_wrong(word: str) -> str:
    """A dotted name: as much of it as is a package or module must be there, and hold the rest."""
    parts = word.split(".")
    for root in (CHECKOUT, CHECKOUT / "forums", *PACKAGES):
        folder, rest = root, list(parts)
        while rest and (folder / rest[0]).is_dir():
            folder = folder / rest.pop(0)
        if folder == root:
            continue
        if not rest:
            return ""
        file = folder / f"{rest[0]}.py"
        if file.is_file():
            return "" if len(rest) == 1 or rest[1] in defined(file) else f"no {rest[1]} there"
        package = folder / "__init__.py"
        if package.is_file() and rest[0] in defined(package):
            return ""
        return "no such module"
    return ""


def spoken_of(document: Path) -> Iterator[tuple[int, str, str]]:
    """(line, word, folder of the path before it): what stands in marks, and where links lead."""
    fenced = False
    for number, line in enumerate(document.read_text().splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
        before = ""
        words = re.findall(r"`([^`\n]+)`", line)
        if fenced or line.startswith("    "):
            words = line.split()
        for words_of_one in words:
            for word in re.split(r"[\s,;()|]+", words_of_one):
                clean = word.strip("\"'.:").removesuffix("()") if word != "…" else word
                yield number, clean, before
                if "/" in clean and not clean.startswith("…"):
                    before = clean.rpartition("/")[0]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_what_a_document_speaks_of_is_there(document):
    told = str(document.relative_to(CHECKOUT))
    wrong = [
        f"{told}:{line}: {word}: {why}"
        for line, word, before in spoken_of(document)
        if (told, word) not in SPOKEN_OF_OTHERWISE
        and (why := why_not(word, document.parent, before))
    ]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_links_of_a_document_lead_somewhere(document):
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", document.read_text())
    lost = [link for link in links if not (document.parent / link).exists()]
    assert not lost, f"{document.relative_to(CHECKOUT)} links to what is not there: {lost}"


def test_commands_and_targets_are_there():
    targets = set(re.findall(r"^(\w+):", (CHECKOUT / "Makefile").read_text(), re.M))
    commands = {*get_commands(), "help"}
    wrong = []
    for document in DOCUMENTS:
        text = document.read_text()
        for command in re.findall(r"manage\.py (\w+)", text):
            if command not in commands:
                wrong.append(f"{document.relative_to(CHECKOUT)}: manage.py {command}")
        for target in re.findall(r"(?:`|^    (?:\w+=\S+ )*)make (\w+)", text, re.M):
            if target not in targets:
                wrong.append(f"{document.relative_to(CHECKOUT)}: make {target}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_version_is_one_everywhere():
    project = re.search(r'^version = "(.+)"', (CHECKOUT / "pyproject.toml").read_text(), re.M)
    newest = re.search(r"^## (\d\S*)", (CHECKOUT / "CHANGELOG.md").read_text(), re.M)
    locked = re.search(r'name = "roypalang"\nversion = "(.+)"', (CHECKOUT / "uv.lock").read_text())
    assert project
    assert newest
    assert locked
    assert project[1] == newest[1] == locked[1]


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("forums/base/errors.py", ""),
        ("networks/nowhere.py", "no such file"),
        ("tests/test_docs.py::here", ""),
        ("tests/test_docs.py:gone", "no gone there"),
        ("forums/text/<one>/*.py", ""),
        ("posts.actions.reply", ""),
        ("forums.discussions.posts.actions.answer", "no answer there"),
        ("forums.discussions.posts.nothing", "no such module"),
        ("Django.said.so", ""),
        ("var/log/access.log", ""),
    ],
)
def test_what_is_not_there_is_seen(word, why):
    assert why_not(word, CHECKOUT / "docs", "") == why
