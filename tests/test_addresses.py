"""Addresses written out in templates lead somewhere: resolving them at every request costs too much."""

import re
from pathlib import Path

from django.urls import Resolver404, URLResolver, path, resolve

from forums.urls import gathered

_WRITTEN = re.compile(r'(?:href|action|formaction|data-\w+)="(/[^"{?#]*)["{?#]')
_FILES = re.compile(r"^/(static|pictures)/")


def test_every_address_in_a_template_resolves():
    lost = []
    for file in sorted(Path("templates").rglob("*.html")):
        text = file.read_text().replace("{{ topic.short_url }}", "/t/1/")
        text = re.sub(r"\{\{[^}]*\}\}", "1", text)
        for address in _WRITTEN.findall(text):
            if _FILES.match(address):
                continue
            try:
                resolve(address)
            except Resolver404:
                lost.append(f"{file}: {address}")
    assert not lost, lost


def _tree(patterns):
    return [
        (str(each.pattern), _tree(each.url_patterns))
        if isinstance(each, URLResolver)
        else str(each.pattern)
        for each in patterns
    ]


def test_addresses_of_one_word_stand_together_and_a_word_comes_before_what_may_be_any():
    routes = (
        "t/<int:pk>/",
        "t/<int:pk>/<str:slug>/",
        "hot/",
        "t/<int:pk>/by/a/",
        "t/<int:pk>/by/b/",
    )
    found = _tree(gathered([path(route, lambda _request: None) for route in routes]))
    assert found == [
        ("t/", [("<int:pk>/", ["", ("by/", ["a/", "b/"]), "<str:slug>/"])]),
        "hot/",
    ]
