"""From one line of a file to one clean record; every way a line can be bad has its sentence.

The texts are cleaned and measured by the functions that serve the forms, so nothing comes in that
could not have been typed.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from django.utils import timezone

from accounts.models import Member
from forums.base.errors import BadText
from forums.base.limits import fitting_title
from forums.discussions.boards.models import Board
from forums.discussions.topics.models import TITLE_LENGTH, TopicKind
from forums.imports.file_lines import MAX_LINE, FileLine
from forums.imports.models import Imported, ImportedType
from forums.pictures.bodies import clean_body
from forums.tags.tagging import split_tags
from forums.text.handles import clean_handle, handle_problem
from forums.text.slugs import slugify
from forums.text.thai import clean_line

MAX_KEY: int = Imported._meta.get_field("external_id").max_length or 0
MAX_SOURCE_LINE = 300
SLOW_CLOCK = timedelta(minutes=5)  # another machine's clock may be ahead of ours
EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)  # the pages of a list count microseconds from 1970

_HANDLE_PROBLEMS = {
    "too_short": "has fewer than 2 letters",
    "too_long": "has more than 40 letters",
    "mixed": "mixes Thai and Latin letters",
    "characters": "has a character that cannot stand in a handle",
    "no_letter": "has no letter",
    "reserved": "is reserved for the people who look after the site",
}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~])")


class BadLine(Exception):
    """This line cannot come in; says why, and what the line was meant to be ('' when unknown)."""

    type = ""


@dataclass(frozen=True, slots=True)
class BoardRecord:
    type: ClassVar = ImportedType.BOARD
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class MemberRecord:
    type: ClassVar = ImportedType.MEMBER
    key: str
    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class TopicRecord:
    type: ClassVar = ImportedType.TOPIC
    key: str
    board: str
    author: str
    kind: str
    title: str
    body: str
    created_at: datetime
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostRecord:
    type: ClassVar = ImportedType.POST
    key: str
    topic: str
    parent: str | None
    author: str
    body: str
    created_at: datetime


type Record = BoardRecord | MemberRecord | TopicRecord | PostRecord
type TextRecord = TopicRecord | PostRecord


def read_record(line: FileLine) -> Record | None:
    """The record of one line, None for an empty one. Raises BadLine."""
    if line.text is None:
        raise BadLine(f"the line is longer than {MAX_LINE:,} bytes")
    if not line.text.strip():
        return None
    fields = _fields(line.text)
    type_ = _text(fields, "type")
    if type_ not in _READERS:
        raise BadLine(f'type is "{type_[:40]}"; it can be {", ".join(_READERS)}')
    try:
        return _READERS[type_](fields)
    except BadLine as error:
        error.type = type_
        raise


def _board(fields: dict[str, Any]) -> BoardRecord:
    slug = _key(fields, "slug")
    if slug != slugify(slug):
        raise BadLine(f'slug "{slug[:80]}" cannot be an address; "{slugify(slug)}" could')
    return BoardRecord(slug, _name(fields, Board._meta.get_field("name").max_length))


def _member(fields: dict[str, Any]) -> MemberRecord:
    key = _key(fields, "handle")
    handle = clean_handle(key)
    if problem := handle_problem(handle):
        raise BadLine(f'handle "{key[:80]}" {_HANDLE_PROBLEMS[problem]}')
    return MemberRecord(
        key, handle, _name(fields, Member._meta.get_field("display_name").max_length)
    )


def _topic(fields: dict[str, Any]) -> TopicRecord:
    kind = _text(fields, "kind")
    if kind not in TopicKind.values:
        raise BadLine(f'kind is "{kind[:40]}"; it can be {", ".join(TopicKind.values)}')
    return TopicRecord(
        key=_key(fields, "id"),
        board=_key(fields, "board"),
        author=_key(fields, "author"),
        kind=kind,
        title=_cleaned(fields, "title", lambda title: fitting_title(title, TITLE_LENGTH)),
        body=_cleaned(fields, "body", lambda body: clean_body(body + _source(fields))),
        created_at=_moment(fields),
        tags=_tags(fields),
    )


def _post(fields: dict[str, Any]) -> PostRecord:
    if "parent" not in fields:
        raise BadLine("parent is missing; null says that a post answers the topic itself")
    return PostRecord(
        key=_key(fields, "id"),
        topic=_key(fields, "topic"),
        parent=None if fields["parent"] is None else _key(fields, "parent"),
        author=_key(fields, "author"),
        body=_cleaned(fields, "body", clean_body),
        created_at=_moment(fields),
    )


_READERS: dict[str, Callable[[dict[str, Any]], Record]] = {
    "board": _board,
    "member": _member,
    "topic": _topic,
    "post": _post,
}


def _fields(text: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(text.decode())
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8 (byte {error.start + 1} of the line)") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error.msg} (character {error.colno})") from error
    except RecursionError as error:
        raise BadLine("not JSON of this form: nested too deeply") from error
    except ValueError as error:  # a number of thousands of digits
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BadLine("not a JSON object: a line begins with { and ends with }")
    return fields


def _text(fields: dict[str, Any], name: str) -> str:
    if name not in fields:
        raise BadLine(f"{name} is missing")
    value = fields[name]
    if not isinstance(value, str):
        raise BadLine(f"{name} must be text, not {_type_name(value)}")
    if "\0" in value:
        raise BadLine(f"{name} has a NUL character")
    return value


def _cleaned(fields: dict[str, Any], name: str, clean: Callable[[str], str]) -> str:
    """What the form of the site makes of it; what the form would answer is the reason."""
    try:
        return clean(_text(fields, name))
    except BadText as error:
        raise BadLine(f"{name}: {error.message}") from error


def _type_name(value: Any) -> str:
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), "null")


def _key(fields: dict[str, Any], name: str) -> str:
    """A name by which lines refer to each other: any text, taken literally."""
    value = _text(fields, name)
    if not value.strip():
        raise BadLine(f"{name} is empty")
    if len(value) > MAX_KEY:
        raise BadLine(f"{name} has {len(value):,} characters; up to {MAX_KEY} fit")
    if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadLine(f"{name} has half of a surrogate pair")
    return value


def _name(fields: dict[str, Any], longest: int | None) -> str:
    name = clean_line(_text(fields, "name"))
    if not name:
        raise BadLine("name is empty, or nothing of it can be seen")
    if longest and len(name) > longest:
        raise BadLine(f"name has {len(name):,} characters; up to {longest} fit")
    return name


def _tags(fields: dict[str, Any]) -> tuple[str, ...]:
    """Each becomes one word, as tags are: where it has spaces, hyphens are put."""
    value = fields.get("tags") or []
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadLine("tags must be a list of texts")
    try:
        return tuple(split_tags("\n".join("-".join(name.split()) for name in value)))
    except BadText as error:
        raise BadLine(f"tags: {error.message}") from error


def _source(fields: dict[str, Any]) -> str:
    """A last paragraph that says where the text is from: licences ask for it, and readers should."""
    if fields.get("source") is None:
        return ""
    source = clean_line(_text(fields, "source"))
    if len(source) > MAX_SOURCE_LINE:
        raise BadLine(f"source has {len(source):,} characters; up to {MAX_SOURCE_LINE} fit")
    if not source.startswith(("https://", "http://")):
        source = _MARKDOWN.sub(r"\\\1", source)
    return f"\n\nที่มา: {source}" if source else ""


def _moment(fields: dict[str, Any]) -> datetime:
    value = _text(fields, "created_at")
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise BadLine(f'created_at "{value[:40]}" does not say its time zone; add Z or +07:00')
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine(f'created_at "{value[:40]}" is not a date of ISO 8601') from error
    if moment > timezone.now() + SLOW_CLOCK:
        buddhist = "; years are counted from Christ's birth" if moment.year > 2400 else ""
        raise BadLine(f'created_at "{value[:40]}" lies in the future{buddhist}')
    if moment < EARLIEST:
        raise BadLine(f'created_at "{value[:40]}" lies before 1970')
    return moment
