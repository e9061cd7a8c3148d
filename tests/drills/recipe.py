"""The commands of docs/operations.md, in their order, as they stand there."""

from pathlib import Path

OPERATIONS = Path(__file__).resolve().parents[2] / "docs/operations.md"
FIRST = "## From an empty Debian to the first member"


def commands(text: str, heading: str = FIRST) -> list[str]:
    """Every line of the indented blocks beneath a heading, up to the next heading of any depth."""
    lines = text.splitlines()
    found = []
    for line in lines[lines.index(heading) + 1 :]:
        if line.startswith("#"):
            break
        if line.startswith("    "):
            found.append(line.strip())
    return found
