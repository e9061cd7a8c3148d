"""Spellings near what was typed."""


def spellings(text: str, *, limit: int = 3) -> list[str]:
    """Whole lines near `text`, best first."""
    return []
