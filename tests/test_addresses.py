"""Addresses written out in templates lead somewhere: resolving them at every request costs too much."""

import re
from pathlib import Path

from django.urls import Resolver404, resolve

_WRITTEN = re.compile(r'(?:href|action|formaction|data-\w+)="(/[^"{?#]*)["{?#]')
_FILES = re.compile(r"^/(static|pictures)/")


def test_every_address_in_a_template_resolves():
    lost = []
    for path in sorted(Path("templates").rglob("*.html")):
        text = re.sub(r"\{\{[^}]*\}\}", "1", path.read_text())
        for address in _WRITTEN.findall(text):
            if _FILES.match(address):
                continue
            try:
                resolve(address)
            except Resolver404:
                lost.append(f"{path}: {address}")
    assert not lost, lost
