#!/usr/bin/env python3
"""Put static/css/src/*.css together into static/css/site.css.

One file saves a reader on a weak signal some thirty requests. No tool is needed: the parts are
joined in the order below, comments and empty space are taken out. The letters and colours alone
go into tokens.css too, for pages with a style of their own (the admin). `--check` writes nothing
and exits 1 when the committed files are not what the parts make.
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent / "static" / "css"

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
    "swag",
    "topic",
    "garland",
    "text",
    "forms",
    "kinds",
    "editor",
    "boards",
    "networks",
    "directory",
    "search",
    "memberships",
    "organisations",
    "voices",
    "activities",
    "ledger",
    "people",
    "accounts",
    "diff",
    "notices",
    "print",
    "utilities",
)


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


def build(names: Iterable[str]) -> str:
    """Return the named parts as one stylesheet."""
    parts = []
    for name in names:
        css = squeeze((CSS / "src" / f"{name}.css").read_text(encoding="utf-8"))
        parts.append(dark(css) if name == "dark" else css)
    return "\n".join(parts) + "\n"


def built() -> dict[Path, str]:
    """Return what each built file should hold; SystemExit when a part is not in ORDER, or missing."""
    lost = {p.stem for p in (CSS / "src").glob("*.css")} ^ set(ORDER)
    if lost:
        raise SystemExit(f"not both in ORDER and in {CSS / 'src'}: {', '.join(sorted(lost))}")
    return {CSS / "site.css": build(ORDER), CSS / "tokens.css": build(TOKENS)}


def main() -> int:
    """Write or check; return the exit status."""
    check = "--check" in sys.argv[1:]
    stale = False
    for target, css in built().items():
        if target.exists() and target.read_text(encoding="utf-8") == css:
            continue
        stale = True
        if check:
            print(f"static/css/{target.name} is not what its parts make: run scripts/build_css.py")
        else:
            target.write_text(css, encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
