#!/usr/bin/env python3
"""Put static/css/src/*.css together into static/css/site.css.

One file saves a reader on a weak signal some thirty requests. No tool is needed: the parts are
joined in the order below, comments and empty space are taken out. `--check` writes nothing and
exits 1 when the committed file is not what the parts make.
"""

import re
import sys
from pathlib import Path

CSS = Path(__file__).resolve().parent.parent / "static" / "css"

ORDER = (
    "layers fonts tokens dark reset base layout icons beads buttons header menus footer tabs rows "
    "swag topic garland text forms kinds editor boards people accounts diff notices print utilities"
).split()


def squeeze(css: str) -> str:
    """Return css without comments and spare space; strings and selectors keep theirs."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r":\s+(?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip()


def dark(declarations: str) -> str:
    """Return the dark values twice: for a device that asks, and for a member who chose."""
    device = f'@media (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{declarations}}}}}'
    return device + f':root[data-theme="dark"]{{{declarations}}}'


def build() -> str:
    """Return the whole stylesheet."""
    missing = {p.stem for p in (CSS / "src").glob("*.css")} ^ set(ORDER)
    if missing:
        raise SystemExit(f"not both in ORDER and in {CSS / 'src'}: {', '.join(sorted(missing))}")
    parts = []
    for name in ORDER:
        css = squeeze((CSS / "src" / f"{name}.css").read_text(encoding="utf-8"))
        parts.append(dark(css) if name == "dark" else css)
    return "\n".join(parts) + "\n"


def main() -> int:
    """Write or check; return the exit status."""
    target, css = CSS / "site.css", build()
    if "--check" in sys.argv[1:]:
        if target.exists() and target.read_text(encoding="utf-8") == css:
            return 0
        print("static/css/site.css is not what its parts make: run scripts/build_css.py")
        return 1
    target.write_text(css, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
