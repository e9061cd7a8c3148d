#!/usr/bin/env python3
"""Put static/js/src together: each file there, and each folder as one file, into static/js.

No tool is needed: whole-line comments and indentation are taken out, and what a bundle's files name
stays inside it. The sources keep to what that takes: no text over several lines that minds its
indentation, and no comment behind a statement. `--check` writes nothing and exits 1 when the
committed files are not what the parts make.
"""

import re
import sys
from pathlib import Path

JS = Path(__file__).resolve().parent.parent / "static" / "js"
BUNDLES = {
    "site": ["site", "seek/suggest", "seek/recent"],
    "youtube": ["youtube"],
    "compose": [
        "compose/tools",
        "compose/toolbar",
        "compose/typing",
        "compose/upload",
        "compose/drafts",
    ],
}


def squeeze(js: str) -> str:
    """Return js without whole-line comments, indentation and empty lines."""
    js = re.sub(r"^\s*//.*\n", "", js, flags=re.M)
    return re.sub(r"^\s+", "", js, flags=re.M)


def build(parts: list[str]) -> str:
    """Return one script; nothing it names is seen outside it."""
    sources = [(JS / "src" / f"{part}.js").read_text(encoding="utf-8") for part in parts]
    return f'"use strict";\n{{\n{"".join(map(squeeze, sources))}}}\n'


def main() -> int:
    """Write or check; return the exit status."""
    status = 0
    for name, parts in BUNDLES.items():
        target, js = JS / f"{name}.js", build(parts)
        if "--check" not in sys.argv[1:]:
            target.write_text(js, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != js:
            print(f"static/js/{name}.js is not what its parts make: run scripts/build_js.py")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
