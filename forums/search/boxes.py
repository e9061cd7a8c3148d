"""What else bears the words of a search."""

from typing import Any


def boxes(text: str, *, member: Any) -> dict[str, Any]:
    return {}
