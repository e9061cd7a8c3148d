"""A few networks for somebody who belongs to none yet: by her matter and her province. Reads only.

Never by size, praise or agreement: what fits both comes before what fits one, then what bears more of
her words, then what talked last. Only networks that are awake and may be joined without an invitation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log
from typing import Any

from django.core.cache import caches
from django.utils import timezone

from forums.base.constant_sql import select
from forums.groups.directory.lists import NetworkRow, by_ids
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import NETWORK_LISTED, Joining
from forums.tags.references import TagRef
from forums.text.lexicon import share
from forums.text.words import quoted, words

SHOWN = 3
OFFERED = 8  # tags to tap on
TAGS = 8  # of an answer that are looked for
AWAKE = timedelta(days=180)  # has talked so lately: nobody should knock where nobody is at home
_WORDS = 12
_EACH = 100  # networks that one word, or one province, brings at most
_AMONG = 300  # networks whose tags are offered
_PLAIN = 0.1  # the share of everyday texts with a word in which it says nothing of a matter
_TAG_WEIGHT = 10.0  # as the rarest word
_MINUTE = 60

# What a wish is worded with, whatever it is for.
WISHING = frozenset(
    "อยาก เรื่อง ช่วย สนใจ ทำ ทำงาน งาน ดูแล เกี่ยวกับ หา ขอ i want to help work about".split()
)

_OPEN_TO_HER = f"""{NETWORK_LISTED.sql} AND n.joining <> '{Joining.INVITATION}'
    AND n.last_active_at > %(since)s AND n.id <> ALL(%(mine)s::bigint[])"""
_LATELY = f"ORDER BY n.last_active_at DESC, n.id DESC LIMIT {_EACH}"
# place: 2 is her province, 1 all over the country, which fits beside a matter, or where none is asked for.
_FITTING = f"""
    WITH fitting AS (
        SELECT found.id, asked.weight AS matter, 0 AS place
        FROM unnest(%(words)s::text[], %(weights)s::float[]) AS asked(word, weight), LATERAL (
            SELECT n.id FROM forums_network n
            WHERE n.search_words @@ asked.word::tsquery AND {_OPEN_TO_HER} {_LATELY}) found
        UNION ALL
        (SELECT n.id, {_TAG_WEIGHT}, 0 FROM forums_taggednetwork g
            JOIN forums_tag t ON t.id = g.tag_id JOIN forums_network n ON n.id = g.network_id
         WHERE t.key = ANY(%(tags)s) AND {_OPEN_TO_HER} {_LATELY})
        UNION ALL
        (SELECT n.id, 0, 2 FROM forums_network n
         WHERE NOT n.nationwide AND n.provinces && %(provinces)s::varchar[] AND {_OPEN_TO_HER} {_LATELY})
        UNION ALL
        (SELECT n.id, 0, 1 FROM forums_network n
         WHERE (n.nationwide OR %(anything)s) AND {_OPEN_TO_HER} {_LATELY})
    )
    SELECT n.id, n.joining, sum(f.matter) > 0, max(f.place) = 2
    FROM fitting f JOIN forums_network n ON n.id = f.id GROUP BY n.id
    HAVING sum(f.matter) > 0 OR max(f.place) = 2 OR %(anywhere)s
    ORDER BY (sum(f.matter) > 0)::int + (max(f.place) > 0)::int DESC, sum(f.matter) DESC,
        max(f.place) DESC, n.last_active_at DESC, n.id DESC
    LIMIT {SHOWN}
"""  # noqa: S608 - made of constants
_TAGS = f"""
    SELECT t.name, t.slug, t.key FROM (
        SELECT n.id, n.last_active_at FROM forums_network n WHERE {NETWORK_LISTED.sql}
            AND n.joining <> '{Joining.INVITATION}' AND n.last_active_at > %(since)s
        ORDER BY n.last_active_at DESC, n.id DESC LIMIT {_AMONG}) awake
    JOIN forums_taggednetwork g ON g.network_id = awake.id JOIN forums_tag t ON t.id = g.tag_id
    GROUP BY t.id ORDER BY count(*) DESC, max(awake.last_active_at) DESC, t.id LIMIT {OFFERED}
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Fitting:
    """A network as the directory lists it, how one comes in, and why it stands here."""

    network: NetworkRow
    is_open: bool  # else one asks to join
    by_matter: bool
    by_place: bool


def fitting(member: Any, *, matter: str, tags: Sequence[str], province: str) -> list[Fitting]:
    """Up to three networks `member` is not in that fit a matter (her own words, and keys of tags) and a province.

    Asked for nothing, those that talked last; none where none fits. Two queries.
    """
    asked = _telling(matter)
    found = select(
        _FITTING,
        words=[
            f"{quoted(word)}:AB" for word in asked
        ],  # of a name, an aim, tags: not of a long story
        weights=[_weight(word) for word in asked],
        tags=list(tags)[:TAGS],
        provinces=[province] if province else [],
        anything=not (asked or tags or province),
        anywhere=not (asked or tags),
        since=timezone.now() - AWAKE,
        mine=list(roles_of(member)),
    )
    why = {pk: (joining == Joining.OPEN, *fits) for pk, joining, *fits in found}
    return [Fitting(row, *why[row.id]) for row in by_ids(list(why))]


def offered_tags() -> list[tuple[str, TagRef]]:
    """The tags most networks that are awake carry, each with its key; asked once a minute a process."""
    cache = caches["process"]
    found: list[tuple[str, TagRef]] | None = cache.get("fitting_tags")
    if found is None:
        rows = select(_TAGS, since=timezone.now() - AWAKE)
        found = [(key, TagRef.of(name, slug)) for name, slug, key in rows]
        cache.set("fitting_tags", found, _MINUTE)
    return found


def _telling(matter: str) -> list[str]:
    """The words of a wish that say what it is for; all of them, where none does."""
    found = list(dict.fromkeys(words(matter)))
    telling = [word for word in found if word not in WISHING and share(word) < _PLAIN]
    return (telling or found)[:_WORDS]


def _weight(word: str) -> float:
    """How much a word says: the rarer in everyday texts, the more."""
    return -log(max(share(word), 1 / 20_000))
