"""Scripts are modules, sent as they are written, under names that change with their content."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import override_settings

from tests.needs import CHECKOUT

JS = CHECKOUT / "static" / "js"
TEMPLATES = CHECKOUT / "templates"
NAMED = re.compile(r"""(?:from |import\()"(\.[^"]+)\"""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """Where collectstatic puts our scripts, as in production."""
    root = tmp_path_factory.mktemp("static")
    stores = dict(settings.STORAGES, staticfiles={"BACKEND": "roypalang.storage.StaticStorage"})
    apps = [
        app
        for app in settings.INSTALLED_APPS
        if not app.startswith(("allauth", "roypalang.apps.A"))
    ]
    with override_settings(STATIC_ROOT=str(root), STORAGES=stores, INSTALLED_APPS=apps):
        call_command(
            "collectstatic", verbosity=0, interactive=False, ignore_patterns=["fonts", "css"]
        )
        (root / "scripts.html").write_text(render_to_string("components/compose_scripts.html"))
    return root


def test_what_a_script_imports_is_named_by_its_content_too(collected):
    seen = set()
    for path in (collected / "js").rglob("*.js"):
        if not HASHED.search(path.name):
            continue
        for name in NAMED.findall(path.read_text()):
            assert HASHED.search(name), (path, name)
            assert (path.parent / name).is_file(), (path, name)
            seen.add(re.sub(r"\.[0-9a-f]{12}", "", name))
    assert seen == {
        "./answering.js",
        "./compose/kept.js",
        "./copy.js",
        "./offline.js",
        "./offline/notes.js",
        "../compose/answering.js",
        "./kept.js",
        "./tools.js",
        "./upload.js",
        "./youtube.js",
        "./seek/suggest.js",
        "./seek/recent.js",
    }


def test_what_is_fetched_ahead_is_what_the_scripts_import(collected):
    ahead = re.search(r'rel="modulepreload" href="/static/js/compose/(tools[^"]+)"',
                      (collected / "scripts.html").read_text())  # fmt: skip
    toolbar = next((collected / "js/compose").glob("toolbar.????????????.js"))
    assert ahead
    assert f'"./{ahead[1]}"' in toolbar.read_text()


def test_scripts_are_sent_compressed_without_what_they_say_to_people(collected):
    for path in (collected / "js").rglob("*.js"):
        if HASHED.search(path.name):
            assert path.with_name(f"{path.name}.br").is_file(), path
            assert not re.search(r"^\s*//", path.read_text(), re.M), path


def test_they_weigh_what_decision_022_says(collected):
    """In bytes, by gzip: what every page loads, and what is added where a video is or one writes."""

    def weight(pattern: str) -> int:
        return len(gzip.compress(next((collected / "js").glob(pattern)).read_bytes(), 9))

    hashed = "." + "?" * 12 + ".js"
    assert weight(f"site{hashed}") < 1_550
    assert weight(f"youtube{hashed}") < 450
    writing = ("tools", "toolbar", "typing", "drafts", "pictures")
    assert sum(weight(f"compose/{name}{hashed}") for name in writing) < 5_100
    assert weight(f"compose/kept{hashed}") < 1_700
    assert weight(f"offline{hashed}") < 650
    assert weight(f"offline/notes{hashed}") < 2_700


def test_every_script_of_ours_is_a_module_and_somebody_asks_for_it():
    html = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    ours = re.findall(r"<script\b([^>]*)\bsrc=\"{% static '(js/[^']+)' %}\"([^>]*)>", html)
    assert len(ours) >= 6
    assert {before.strip() + after for before, _name, after in ours} == {'type="module"'}
    asked = {JS.parent / name for _before, name, _after in ours}
    while (
        more := {
            (path.parent / name).resolve()
            for path in asked
            for name in NAMED.findall(path.read_text())
        }
        - asked
    ):
        asked |= more
    worker = set(JS.glob("worker/*.js"))  # joined into /sw.js: tests/roypalang/test_offline.py
    assert asked == set(JS.rglob("*.js")) - worker
