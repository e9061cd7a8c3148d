"""Lines of a file of docs/import.md, as plain dicts, and a file made of them."""

import gzip
import json
from pathlib import Path
from typing import Any

WHEN = "2024-01-02T03:04:05+00:00"


def board(slug: str = "health", **fields: Any) -> dict[str, Any]:
    return {"type": "board", "slug": slug, "name": "สุขภาพ", **fields}


def member(handle: str = "nok", **fields: Any) -> dict[str, Any]:
    return {"type": "member", "handle": handle, "name": "นก ริมน้ำ", **fields}


def topic(key: str = "t1", **fields: Any) -> dict[str, Any]:
    return {
        "type": "topic",
        "id": key,
        "title": "เยี่ยมบ้านกันอย่างไร",
        "body": "เล่าให้ฟังหน่อย",
        "kind": "conversation",
        "board": "health",
        "author": "nok",
        "tags": [],
        "created_at": WHEN,
        **fields,
    }


def post(key: str, parent: str | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "type": "post",
        "id": key,
        "topic": "t1",
        "parent": parent,
        "author": "nok",
        "body": f"ตอบ {key}",
        "created_at": WHEN,
        **fields,
    }


BASE = [board(), member(), topic()]


def write(path: Path, lines: list[dict[str, Any] | bytes], *, packed: bool = False) -> Path:
    """`lines` are dicts, or bytes that stand in the file as they are."""
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    data = b"".join(line + b"\n" for line in raw)
    path.write_bytes(gzip.compress(data) if packed else data)
    return path
