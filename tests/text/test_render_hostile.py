"""What others wrote to break renderers, and what we wrote to break ours."""

import json
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser

import pytest

from forums.text.render import MAX_SOURCE, Picture, clean, render
from tests.needs import needs_chromium, needs_shared
from tests.text.payloads import payloads
from tests.timing import assert_quick

KINDS = (
    "html_xss",
    "html_edge",
    "md_xss",
    "md_edge",
    "md_spec",
    "md_dos",
    "http_leak",
    "naughty_string",
)
CLASSES = [
    "youtube-link",
    "footnote-back",
    "outside-picture",
    "spoiler",
    "spoiler-text",
    "table",
    "picture",
    "youtube",
    "video",
    "footnotes",
    "youtube-label",
    "missing-picture",
    "footnote-ref",
    "align-left",
    "align-center",
    "align-right",
]
PICTURE = "0190a000-0000-7000-8000-000000000001"
PICTURES = {PICTURE: Picture(id=PICTURE, width=960, height=600, sizes=(480, 960), alt="x")}
LOADING = {
    "src",
    "srcset",
    "poster",
    "background",
    "data",
    "action",
    "formaction",
    "style",
    "xlink:href",
}


def everywhere(payload: str) -> str:
    """The payload wherever a rule of ours puts text: titles, labels, captions, cells, names."""
    line = " ".join(payload.split("\n"))
    return (
        f'# {line}\n\n![{line}](/pictures/{PICTURE} "{line}")\n\n::: spoiler {line}\n||{line}||\n:::\n\n'
        f"[{line}]({line})[^x]\n\n| {line} | b |\n|-|-|\n| <{line}> | ![{line}]({line}) |\n\n"
        f'[^x]: {line}\n\n```{line}\n{line}\n```\n[r]\n\n[r]: <{line}> "{line}"\n'
    )[:MAX_SOURCE]


@cache
def shown(source: str) -> str:
    """Its HTML, rendered once for all tests: there are thousands."""
    return render(source, prefix="user-content-", pictures=PICTURES).html


class Loading(HTMLParser):
    """Collects every attribute from which a browser would load something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.found += [str(value) for name, value in attrs if name in LOADING]


def test_no_payload_breaks_rendering_and_cleaning_twice_changes_nothing():
    for name, payload in payloads(*KINDS):
        html = shown(payload[:MAX_SOURCE])
        assert clean(html) == html, name


def test_the_sanitiser_alone_is_stable_on_raw_html():
    for name, payload in payloads("html_xss", "html_edge", "http_leak"):
        once = clean(payload.encode("utf-8", "replace").decode())
        assert clean(once) == once, name


def test_nothing_is_ever_loaded_from_another_host():
    own = re.compile(r"/pictures/[0-9a-f-]{36}/\d+\.webp")
    for name, payload in payloads("http_leak", "html_xss", "md_xss"):
        for source in (payload[:MAX_SOURCE], everywhere(payload)):
            seen = Loading()
            seen.feed(shown(source))
            seen.feed(clean(payload.encode("utf-8", "replace").decode()))
            for address in seen.found:
                assert all(own.fullmatch(one.split()[0]) for one in address.split(", ")), name
            assert not seen.tags & {
                "svg",
                "math",
                "style",
                "title",
                "noscript",
                "iframe",
                "form",
                "input",
                "script",
            }


OWN_DOS = {
    "footnote marks": "[^1]: a\n\n" + "[^" * 15_000,
    "footnote references": "[^1]: a\n\n" + "[^1]" * 7_900,
    "footnotes in footnotes": "[^a]: " * 5_000,
    "one long address": "[a]: /" + "x" * 1_900 + "\n\n" + "[a]" * 10_000,
    "one picture": f"[a]: /pictures/{PICTURE}\n\n" + "![a]" * 7_000,
    "spoilers": "::: spoiler\n" * 2_600,
    "closed spoilers": "::: spoiler\n" * 1_300 + ":::\n" * 1_300,
    "bars": "||a" * 10_000,
    "hidden words": "||a||" * 6_400,
    "hosts": "http://" + "a-" * 15_000,
    "schemes": "http:" * 6_400,
    "slashes": "://" * 10_000,
    "www": "www." * 8_000,
    "parentheses": ("http://a.co/" + ")" * 1_900 + " ") * 16,
    "wide table": "|a" * 7_000 + "|\n" + "|-" * 7_000 + "|\n" + "a\n" * 100,
    "empty cells": "|" * 50 + "\n" + "|-" * 50 + "|\n" + "a\n" * 15_000,
    "headings": "# a\n" * 8_000,
    "videos": "https://youtu.be/dQw4w9WgXcQ\n" * 1_000,
    "nested lists": "- " * 16_000,
    "lists under headings": "1. a\n# b\n" * 3_200,
    "sublists": "1. a\n  - b\n" * 2_600,
    "lists of two kinds": "1. a\n1) b\n" * 3_200,
    "sublists in sublists": "".join(f"{' ' * 2 * n}10. a\n" for n in range(18)) * 60,
    "words behind fences": "```ก\n" * 6_400,
    "words behind fences in quotations": "> ~~~ ก\n" * 3_500,
    "tildes": "~~~ก" * 8_000,
    "definitions of one name": "[a]: /x\n" * 4_000,
    "definitions": "".join(f"[{n}]: /x\n" for n in range(2_900)),
    "one long title": f'[a]: /x "{"y" * 9_000}"\n\n' + "[a]" * 7_000,
    "cells beyond the head": "|a|b|\n|-|-|\n" + "|a" * 15_000,
    "Thai behind numbers": "https://a.co/" + "1ก" * 900,
    "Thai hosts": "https://" + "ก-" * 15_000,
    "Thai labels": "https://" + "ก." * 15_000,
    "nested quotations": ("> " * 19 + "a\n") * 800,
    "definitions in quotations": "> > [a]: /x\nb\n" * 2_200,
    "stars beside Thai": "**ก" * 10_000,
    "nested pictures": "![" * 8_000 + "](/x)" * 3_000,
    "entities": "&#8238;" * 4_500,
    "line ends": "a\n" * 16_000,
    "a phrase in a letter": "ﷺ" * 32_000,
}


def check_is_bounded(name: str, source: str) -> None:
    made = []
    assert_quick(
        lambda: made.append(render(source[:MAX_SOURCE], prefix="p123-", pictures=PICTURES).html),
        within=1,
        told=name,
    )
    assert len(made[0]) < 500_000, name


def test_payloads_made_to_be_slow_take_less_than_a_second_at_the_limit():
    for name, payload in payloads("md_dos"):
        check_is_bounded(name, payload)


@pytest.mark.parametrize("name", OWN_DOS)
def test_our_own_rules_are_neither_slow_nor_an_amplifier(name):
    check_is_bounded(name, OWN_DOS[name])


@pytest.mark.browser
def test_chromium_finds_nothing_to_run_in_any_rendered_payload(tmp_path):
    probe = needs_shared("tools", "xss_probe.py")
    chromium = needs_chromium()
    fragments = tmp_path / "fragments.jsonl"
    with fragments.open("w", encoding="utf-8") as file:
        for place, (name, payload) in enumerate(payloads(*KINDS)):
            sources = [payload[:MAX_SOURCE]] + [everywhere(payload)] * (place % 4 == 0)
            for number, source in enumerate(sources):
                fragment = {"id": f"{name}-{number}", "html": shown(source)}
                file.write(json.dumps(fragment) + "\n")
    allowed = [part for name in CLASSES for part in ("--allow-class", name)]
    answer = subprocess.run(
        [
            sys.executable,
            str(probe),
            str(fragments),
            "--chromium",
            chromium,
            "--strict",
            "--group",
            "80",
            "--timeout",  # another worker's browser may have both cores for five seconds
            "20",
            *allowed,
        ],
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
