"""Documents and judged queries, read from files of one JSON object a line, compressed or not."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_GZIP = b"\x1f\x8b"


class Unreadable(Exception):
    """A file that cannot be used; says which, where, and why."""


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    title: str
    text: str
    collection: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """`relevant` are the ids of all documents that answer the query; never empty."""

    query: str
    kind: str
    collection: str
    relevant: frozenset[str]


def read_documents(path: Path) -> list[Document]:
    """In the file's order. Raises Unreadable; an id that comes twice is a mistake, too."""
    found: dict[str, Document] = {}
    for place, row in _rows(path):
        document = Document(
            id=_text(place, row, "id"),
            title=_text(place, row, "title", default="").strip(),
            text=_text(place, row, "text"),
            collection=_text(place, row, "collection"),
        )
        if document.id in found:
            raise Unreadable(f'{place}: the id "{document.id[:80]}" came before')
        found[document.id] = document
    if not found:
        raise Unreadable(f"{path}: no document is in it")
    return list(found.values())


def read_judgements(path: Path) -> list[Judgement]:
    """In the file's order, without queries that nothing answers: recall says nothing there. Raises Unreadable."""
    found = []
    for place, row in _rows(path):
        relevant = row.get("relevant")
        if not isinstance(relevant, list) or not all(isinstance(key, str) for key in relevant):
            raise Unreadable(f"{place}: relevant must be a list of documents' ids")
        query, kind, collection = (
            _text(place, row, name) for name in ("query", "kind", "collection")
        )
        if relevant:
            found.append(Judgement(query, kind, collection, frozenset(relevant)))
    if not found:
        raise Unreadable(f"{path}: no judged query is in it")
    return found


def _rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line that is not empty, with the words that say where it stands."""
    number = 0
    try:
        with path.open("rb") as plain:
            packed = plain.read(2) == _GZIP
        with gzip.open(path) if packed else path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                row = json.loads(line.decode())
                if not isinstance(row, dict):
                    raise Unreadable(f"{path}, line {number}: not a JSON object")
                yield f"{path}, line {number}", row
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}, line {number}: not UTF-8") from error
    except ValueError as error:
        raise Unreadable(f"{path}, line {number}: not JSON ({error})") from error
    except (OSError, EOFError) as error:  # what gzip says of broken files among them
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable(f"{path} cannot be read: {reason}") from error


def _text(place: str, row: dict[str, Any], name: str, *, default: str | None = None) -> str:
    value = row.get(name, default)
    if value is None and default is not None:
        value = default
    if not isinstance(value, str):
        raise Unreadable(f"{place}: {name} must be text")
    return value
