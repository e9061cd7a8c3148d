"""static/css/src/*.css put together: site.css, first.css, and tokens.css for pages with a style of their own.

One file saves a reader on a weak signal some fifty requests. first.css is the half of it that a visitor's
first page may need: nothing is shown before its style is there. No tool is needed: the parts are joined in
the order below, comments and empty space are taken out. tokens.css (letters and colours alone) is for the
admin.
"""

import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "static" / "css"
SOURCES = FOLDER / "src"

ORDER = (
    "layers",
    "fonts",
    "tokens",
    "dark",
    "reset",
    "base",
    "layout",
    "icons",
    "beads",
    "buttons",
    "header",
    "menus",
    "footer",
    "tabs",
    "rows",
    "unread",
    "swag",
    "topic",
    "garland",
    "text",
    "fields",
    "forms",
    "kinds",
    "editor",
    "following",
    "drafts",
    "reports",
    "spoken",
    "messages",
    "offline",
    "boards",
    "networks",
    "directory",
    "combo",
    "search",
    "copy",
    "memberships",
    "organisations",
    "voices",
    "statements",
    "views",
    "voting",
    "strands",
    "polls",
    "polling",
    "reasons",
    "guesses",
    "common",
    "activities",
    "coming",
    "ledger",
    "facts",
    "people",
    "care",
    "accounts",
    "diff",
    "notices",
    "notifications",
    "print",
    "utilities",
)

LATER = {
    "accounts",
    "activities",
    "care",
    "common",
    "diff",
    "directory",
    "drafts",
    "editor",
    "following",
    "forms",
    "guesses",
    "kinds",
    "ledger",
    "memberships",
    "messages",
    "networks",
    "notifications",
    "organisations",
    "people",
    "polling",
    "reasons",
    "reports",
    "search",
    "spoken",
    "statements",
    "strands",
    "unread",
    "voting",
}
"""What a visitor meets on none of the pages one lands on: first.css is without it (docs/decisions/084)."""

TOKENS = ("fonts", "tokens", "dark")
"""The parts that hold no rule for any element."""


def squeeze(css: str) -> str:
    """Return css without comments and spare space; strings and selectors keep theirs."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r":\s+(?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip()


def dark(declarations: str) -> str:
    """Return the dark values twice: for a device that asks, and for a member who chose."""
    device = (
        f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{declarations}}}}}'
    )
    return device + f':root[data-theme="dark"]{{{declarations}}}'


def joined(names: Iterable[str]) -> str:
    """Return the named parts as one stylesheet."""
    parts = []
    for name in names:
        css = squeeze((SOURCES / f"{name}.css").read_text(encoding="utf-8"))
        parts.append(dark(css) if name == "dark" else css)
    return "\n".join(parts) + "\n"


def sources() -> list[Path]:
    """Return what the style sheets are made of."""
    return sorted(SOURCES.glob("*.css"))


def made() -> dict[Path, bytes]:
    """Return what each built file holds; SystemExit when a part is not in ORDER, or missing."""
    lost = {path.stem for path in sources()} ^ set(ORDER)
    if lost:
        raise SystemExit(f"not both in ORDER and in {SOURCES}: {', '.join(sorted(lost))}")
    first = [name for name in ORDER if name not in LATER]
    sheets = {"site": ORDER, "first": first, "tokens": TOKENS}
    return {FOLDER / f"{name}.css": joined(parts).encode() for name, parts in sheets.items()}
