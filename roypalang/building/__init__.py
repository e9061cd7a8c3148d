"""What is made of sources and not kept in git: the style sheets, and the compiled catalogues.

`build()` is called by whatever starts: manage.py (collectstatic too), the web server's door, `make run`,
the tests; `make build` calls it alone. It takes a few milliseconds where nothing has changed. Several
processes at once do no harm: a file is put in its place whole, and all of them make the same.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from roypalang.building import catalogues, css

_CODE = Path(__file__).resolve().parent
CHECKOUT = _CODE.parent.parent


def build() -> list[Path]:
    """Make what is missing or not of its sources; return the files that were written.

    Raises OSError where the checkout cannot be written to, and SystemExit where a style sheet has no
    place in the order.
    """
    mark = CHECKOUT / ".built"  # of which sources, and by which code, what is there was made
    if mark.exists() and mark.read_text() == _state():
        return []
    written = []
    for path, content in (css.made() | catalogues.made()).items():
        if not path.exists() or path.read_bytes() != content:
            _write(path, content)
            written.append(path)
    _write(mark, _state().encode())
    return written


def _state() -> str:
    """A digest of sources, of this code and of what was made: by content, as git gives files new times."""
    seen = hashlib.sha256()
    sources = [*css.sources(), *catalogues.sources(), *sorted(_CODE.glob("*.py"))]
    made = [css.FOLDER / f"{name}.css" for name in ("site", "first", "tokens")]
    made += [path.with_suffix(".mo") for path in catalogues.sources()]
    for path in (*sources, *made):
        content = path.read_bytes() if path.exists() else b""
        seen.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return seen.hexdigest()


def _write(path: Path, content: bytes) -> None:
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with open(number, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)  # the web server may be somebody else
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
