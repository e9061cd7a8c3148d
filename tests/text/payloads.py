"""The strings others wrote to break web applications, from the shared data beside the checkout."""

import gzip
import json
from functools import cache

from tests.needs import needs_shared


@cache
def _all() -> list[dict[str, str]]:
    path = needs_shared("data", "security", "payloads.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def payloads(*kinds: str) -> list[tuple[str, str]]:
    """(id, text) of every payload of these kinds; skips the test where the data is missing."""
    found = [(row["id"], row["payload"]) for row in _all() if row["kind"] in kinds]
    assert found, f"no payload of {kinds}: was a kind renamed?"
    return found
