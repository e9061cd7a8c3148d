"""Imports run one way: layers from low to high, nouns from left to right (docs/architecture.md).

A module may import any lower layer, or its own layer from its own noun or a noun to its left.
Then no cycle can exist. import-linter holds the coarse borders; this test holds every line.
"""

import grimp
import pytest

NOUNS = [
    "accounts", "notifications", "networks", "memberships", "organisations", "boards", "posts",
    "topics", "voices", "activities", "ledger", "imports", "pages", "moderation", "search",
    "members", "demo",
]  # fmt: skip

# The files a noun may have, low to high. A new kind of file needs a place here first.
LAYERS = [
    {"models", "happenings"},
    {"permissions", "provinces", "validators", "locks"},
    # reads: rows for pages, and words
    {"stream", "words", "lists", "finding", "states", "log", "lines", "display",
     "paginator", "script", "network_script", "clock", "timing", "kinds", "feed_entries", "timeline", "directory", "asking",
     "map", "neighbours", "mine", "strip", "ics", "sheets", "chart", "keys", "language", "examples", "spelling", "rarity", "matching",
     "answers", "boxes", "passages", "related", "suggesting"},
    # parts of writes, then the writes
    {"pace", "once", "bodies", "counters", "tagging", "pictures", "history", "outbox", "ties",
     "standpoints", "indexing", "relating"},
    {"scene", "topic_play", "network_play", "actions", "repairs", "rerendering", "records", "making", "load", "texts", "levels", "entries", "linking",
     "agreements", "answering", "inviting", "merging", "network_acts", "network_actions",
     "network_boards", "network_load", "reindexing", "counting", "network_records", "network_voices"},
    {"forms", "entry_forms", "devices", "backends", "adapter", "letters"},
    {"shell", "preview", "cards", "composing", "context", "views", "directory_views", "draft_views",
     "feeds", "invitation_views", "managing_views", "network_views", "picture_views", "sheet_views",
     "sitemaps", "suggest_views"},
    {"deeds", "desk", "act_views", "entry_views", "manage_views"},
    {"urls", "admin", "apps"},
]  # fmt: skip

# Not of any noun. `low` may be imported by everyone, `top` by nobody but wiring.
LOW = (
    "forums.text", "forums.base.errors", "forums.base.appearance", "forums.base.constant_sql", "roypalang.pictures",
    "roypalang.picture_worker", "accounts.provinces", "forums.base.atom",
)  # fmt: skip
BETWEEN = {
    "forums.base.form_fields": 4, "roypalang.uploads": 5, "roypalang.errors": 6, "forums.base.view_helpers": 6,
    "forums.templatetags": 6, "accounts.templatetags": 6,
}  # fmt: skip
TOP = (
    "forums.models", "forums.admin", "forums.urls", "forums.apps", "forums.management",
    "roypalang",
)  # fmt: skip


def place(module: str) -> tuple[int, int] | None:
    """(layer, noun) of a module; None where the rule does not look (packages' own docstrings)."""
    if module.startswith(LOW):
        return (-1, 0)
    for name, layer in BETWEEN.items():
        if module.startswith(name):
            return (layer, -1)
    if module.startswith(TOP):
        return (99, 99)
    parts = module.split(".")
    noun, name = ("accounts", parts[1:]) if parts[0] == "accounts" else (parts[1], parts[2:])
    if not name:
        return None
    for layer, names in enumerate(LAYERS):
        if name[0] in names:
            return (layer, NOUNS.index(noun))
    pytest.fail(f"{module}: no layer has a file of this name; give it one in {__file__}")


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("accounts", "forums", "roypalang", exclude_type_checking_imports=True)


def test_every_import_goes_down_or_left(graph):
    wrong = []
    for module in sorted(graph.modules):
        if module in {"forums", "accounts", "roypalang"} or ".migrations" in module:
            continue
        here = place(module)
        for imported in graph.find_modules_directly_imported_by(module):
            there = place(imported) if imported not in {"forums", "accounts"} else None
            if here is None or there is None:
                continue
            if there[0] > here[0] or (there[0] == here[0] and there[1] > here[1]):
                wrong.append(f"{module} imports {imported}")
    assert not wrong, "\n".join(wrong)


def test_nothing_imports_the_wiring(graph):
    for wiring in ("forums.models", "forums.admin", "forums.urls"):
        assert not graph.find_modules_that_directly_import(wiring)
