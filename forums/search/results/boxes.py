"""What else bears the words of a search: tags, boards, networks, organisations, members. Reads only.

Three statements, each bounded whatever the site holds: by an index, or by how far it looks. Boards of
networks one is not in are left to the networks' own pages: two thousand of them have a ห้องรวม.
"""

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from accounts.references import MemberRef
from forums.base.constant_sql import select
from forums.base.visibility import reader
from forums.discussions.boards.models import BOARD_READABLE, board_url
from forums.groups.directory import lists
from forums.groups.networks.references import NetworkRef
from forums.groups.organisations import lists as organisations
from forums.groups.organisations.lists import OrganisationRow
from forums.tags.references import TagRef
from forums.text.clusters import clusters
from forums.text.handles import MAX_LENGTH, handle_key
from forums.text.naming import tag_key
from forums.text.thai import letters_of, norm, words

EACH = 5  # of a kind are shown
LENGTH = 200  # characters of a line that are read
_LEAST = 2  # letters before a name is completed
_RUN = 4  # words in a row that may be one tag
_WORDS = 16
LAST = "\U0010ffff"  # sorts after every letter, by bytes (COLLATE "C", ~<~)

_FOUND = f"""
    (SELECT 'tag', t.name, t.slug, NULL, NULL, NULL::uuid FROM forums_tag t
     WHERE t.topic_count > 0 AND ((t.key ~>=~ %(key)s AND t.key ~<~ %(after_key)s) OR t.key = ANY(%(runs)s))
     ORDER BY t.key = %(key)s DESC, length(t.key) DESC, t.topic_count DESC, t.sort_key
     LIMIT %(each)s)
    UNION ALL
    (SELECT 'inside', t.name, t.slug, NULL, NULL, NULL
     FROM (SELECT * FROM forums_tag ORDER BY topic_count DESC, sort_key LIMIT 1000) t
     WHERE t.topic_count > 0 AND %(key)s <> '' AND strpos(t.key, %(key)s) > 0 LIMIT 20)
    UNION ALL
    (SELECT 'board', b.name, b.slug, b.colour, b.emblem, NULL FROM forums_board b
     WHERE (b.network_id IS NULL OR b.network_id = ANY(%(mine)s::bigint[])) AND {BOARD_READABLE.sql}
        AND lower(b.name) LIKE ALL(%(terms)s)
     ORDER BY lower(b.name) LIKE %(begins)s DESC, b.topic_count DESC, b.sort_key, b.id LIMIT 20)
    UNION ALL
    (SELECT 'member', m.display_name, m.handle, NULL, NULL, m.picture FROM accounts_member m
     WHERE m.is_active AND m.pending_since IS NULL AND m.handle_key = %(handle)s)
    UNION ALL
    (SELECT 'member', m.display_name, m.handle, NULL, NULL, m.picture FROM accounts_member m
     WHERE m.is_active AND m.pending_since IS NULL
        AND m.sort_key >= %(name)s AND m.sort_key < %(after_name)s
     ORDER BY m.sort_key LIMIT %(each)s)
    UNION ALL
    (SELECT 'member', m.display_name, m.handle, NULL, NULL, m.picture FROM accounts_member m
     WHERE m.is_active AND m.pending_since IS NULL
        AND m.handle_key ~>=~ %(handle)s AND m.handle_key ~<~ %(after_handle)s
     ORDER BY m.handle_key USING ~<~ LIMIT %(each)s)
"""  # noqa: S608 - made of constants


@dataclass(slots=True)
class FoundBoard:
    """A board's name and address, and what its bead needs."""

    name: str
    url: str
    colour: str
    emblem: str


@dataclass(slots=True)
class Boxes:
    """At most `EACH` of each kind."""

    tags: list[TagRef] = field(default_factory=list)
    boards: list[FoundBoard] = field(default_factory=list)
    networks: list[NetworkRef] = field(default_factory=list)
    organisations: list[OrganisationRow] = field(default_factory=list)
    members: list[MemberRef] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.tags or self.boards or self.networks or self.organisations or self.members)


def boxes(text: str, *, member: Any) -> Boxes:
    """What `member` may know of that bears these words, which are those of a line without its filters."""
    text = text[:LENGTH]
    letters = norm(text)
    if not any(map(str.isalnum, letters)):
        return Boxes()
    found = Boxes(
        networks=lists.named(text, limit=EACH), organisations=organisations.named(text, limit=EACH)
    )
    for kind, name, slug, colour, emblem, picture in select(_FOUND, **_asked(letters, member)):
        match kind:
            case "tag":
                _add(found.tags, TagRef.of(name, slug))
            case "inside" if begins_a_word(letters, name):
                _add(found.tags, TagRef.of(name, slug))
            case "board" if all(begins_a_word(term, name) for term in letters.split()):
                _add(found.boards, FoundBoard(name, board_url(slug), colour, emblem))
            case "member":
                _add(found.members, MemberRef.of(name, slug, picture))
    return found


def begins_a_word(letters: str, name: str) -> bool:
    """Do these letters (in normal form) stand in the name from the beginning of a word on?

    ตา does in ตาราง, ราง does not.
    """
    found = clusters(name)
    letters = "".join(words(letters))  # spaces say nothing: น้ำ ท่วม and น้ำท่วม are one
    return any(
        "".join(text for text, *_borders in found[start:]).startswith(letters)
        for start, cluster in enumerate(found)
        if cluster.begins
    )


def like(letters: str) -> str:
    """For LIKE, with its own signs taken as letters."""
    return re.sub(r"([\\%_])", r"\\\1", letters)


def _asked(letters: str, member: Any) -> dict[str, Any]:
    key = tag_key(letters)
    terms = [like(term) for term in letters.split()[:_WORDS]]
    handle = handle_key(letters.removeprefix("@"))[: MAX_LENGTH * 2]
    name = letters_of(letters)
    completed = len(handle) >= _LEAST
    return reader(member) | {
        "each": EACH,
        "key": key,
        "after_key": key + LAST if key else "",
        "runs": _runs(letters),
        "terms": [f"%{term}%" for term in terms],
        "begins": f"{terms[0]}%",
        "handle": handle,
        "after_handle": handle + LAST if completed else "",
        "name": name if len(name) >= _LEAST else LAST,
        "after_name": name + LAST if len(name) >= _LEAST else "",
    }


def _runs(letters: str) -> list[str]:
    """The keys of every one to four words in a row: a whole question names its tags in passing."""
    found = words(letters)[:_WORDS]
    runs = set()
    for first, length in itertools.product(range(len(found)), range(1, _RUN + 1)):
        run = found[first : first + length]
        runs |= {tag_key("".join(run)), tag_key(" ".join(run))}
    return sorted(runs)


def _add[Row: (TagRef, FoundBoard, MemberRef)](rows: list[Row], row: Row) -> None:
    if len(rows) < EACH and row not in rows:
        rows.append(row)
