"""Makes accounts/breached.bin of a list of passwords, one a line: `python scripts/breached.py LIST …` (accounts/breached.md)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from accounts.breached import SHORTEST, digest


def main() -> None:
    """Take what is long enough from every list; the same lists make the same file."""
    found = set()
    for name in sys.argv[1:]:
        for line in Path(name).read_text("utf-8", errors="replace").splitlines():
            if len(line) >= SHORTEST:
                found.add(digest(line))
    Path("accounts/breached.bin").write_bytes(b"".join(sorted(found)))
    sys.stdout.write(f"{len(found):,} passwords\n")


if __name__ == "__main__":
    main()
