"""The directory: which networks, in which order, on which page, and what a row shows. Reads only.

The statements are put together from constant text; values are always parameters. Nobody, whoever
asks, finds a hidden, archived or merged network here.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.provinces import OF_REGION, PROVINCE_NAMES
from forums.base.constant_sql import select, select_planned
from forums.base.keyset import MOMENT, NUMBER, TEXT, Keyset, Page, Value
from forums.groups.directory.names import bearing
from forums.groups.directory.query import NATIONWIDE, Asked
from forums.groups.networks.models import (
    NETWORK_LISTED,
    Network,
    NetworkKind,
    NetworkQuerySet,
    Sector,
    network_url,
)
from forums.groups.networks.references import NetworkRef
from forums.text import dates
from forums.text.thai import letters_of, sort_key, tsquery_all, words

SIZE = 20
COUNTED = 500  # beyond that the page says "more than"
PLACES_SHOWN = 4
WORDS = 24  # of a search that are looked for
FEATURED = 3
ACTIVE = 8  # on the home page
_MINUTE = 60

_ROW = (
    "n.id, n.name, n.slug, n.colour, n.emblem, n.aim, n.kind, n.sectors, n.provinces, n.nationwide,"
    " n.member_count, n.organisation_count, n.last_active_at, n.verified_at"
)
_REFERENCE = ("name", "slug", "colour", "emblem")
_IN = "NOT n.nationwide AND n.provinces && %({})s::varchar[]"
# The tag first, then its networks, then their order: never all networks in their order, asked one by one.
_TAGGED = """n.id = ANY(ARRAY(SELECT g.network_id FROM forums_taggednetwork g WHERE g.tag_id = ANY(ARRAY(
    SELECT t.id FROM forums_tag t WHERE t.key = %(tag)s OR t.slug = %(tag)s))))"""
_LATELY = "n.last_active_at DESC, n.id DESC"
_LOOKED_THROUGH = 300  # networks found by their words that it puts in order
_READ = 25  # networks whose words it reads one by one
_WORDS = "n.search_words @@ %(words)s::tsquery"
_NAMED = "n.id = ANY(%(bearing)s::bigint[])"
# The same, asked of one network after the other: as a function, or PostgreSQL would gather all by the index first.
_EACH = {_WORDS: "ts_match_vq(n.search_words, %(words)s::tsquery)", _NAMED: _NAMED}


class Order(NamedTuple):
    """By which columns of the statement, and what of a row an address says of them."""

    columns: list[str]
    keyset: Keyset


def _by(column: str, name: str, value: Value, *, falling: bool) -> Order:
    keyset = Keyset({name: value, "id": NUMBER}, falling=falling, onward="after", back="before")
    return Order([column, "n.id"], keyset)


ORDERS = {
    "active": _by("n.last_active_at", "last_active_at", MOMENT, falling=True),
    "name": _by("n.sort_key", "name", TEXT, falling=False),
    "size": _by("n.member_count", "member_count", NUMBER, falling=True),
}
# Addresses of pages once had the id first: 12.1767225600000000
_ID_FIRST = re.compile(r"\A([0-9]+)\.([^_]+)\Z")


@dataclass(slots=True)
class ActiveRow(NetworkRef):
    """A network on the home page."""

    aim: str


@dataclass(slots=True)
class NetworkRow(NetworkRef):
    """A network as the directory lists it: `members` and `organisations` are its counts as written."""

    id: int
    aim: str
    kind: str
    sectors: str
    places: str  # a few of the provinces where it works
    more_places: int  # of them than are named
    member_count: int
    members: str
    organisation_count: int
    organisations: str  # '' where there are none
    last_active_at: datetime
    iso: str
    when: str
    verified_at: datetime | None


# How many there are stands beside each row; beside none, where there are none.
_PAGE = """
    {found}
    SELECT counted.count, {row} FROM ({counted}) counted
    LEFT JOIN (
        SELECT {row}, n.sort_key FROM forums_network n WHERE {beyond} ORDER BY {order} LIMIT {limit}) n ON TRUE
    ORDER BY {order}
"""
_COUNTED = "SELECT count(*) FROM (SELECT FROM forums_network n WHERE {} LIMIT {}) one"
# What words find is found once for both; the page is left empty where there is more.
_FOUND = (
    "(SELECT cardinality(ids) FROM found) <= {} AND n.id = ANY((SELECT ids FROM found)::bigint[])"
)
_COUNT_FOUND = "SELECT cardinality(ids) AS count FROM found"


def page(asked: Asked, query: Any) -> tuple[Page[NetworkRow], int]:
    """A page of what is asked for, and how many there are: COUNTED + 1 for more than COUNTED.

    One query; two for words that very many networks have. `query` may hold `after` or `before`: the key of a row and
    its id. Raises Http404 for a mangled one.
    """
    columns, keyset = ORDERS[asked.sort]
    place = keyset.place(
        {name: _ID_FIRST.sub(r"\2_\1", query.get(name, "")) for name in ("after", "before")}
    )
    if place and asked.sort == "name":  # an address carries the name, the index its key
        name, pk = place.values
        place = place._replace(values=(sort_key(name), pk))
    where, values = _where(asked)
    beyond = [keyset.beyond_sql(columns, place)] if place else []
    values |= keyset.values_sql(place) if place else {}
    # How many networks a region or a sector leaves, no plan for all values can know.
    look = select_planned if asked.sectors or asked.region or asked.province else select

    def ask(conditions: list[str], counted: str, found: str = "", **more: Any) -> list[Any]:
        statement = _PAGE.format(
            found=found,
            counted=counted,
            row=_ROW,
            beyond=" AND ".join(conditions + beyond),
            order=keyset.order_sql(columns, place),
            limit=SIZE + 1,
        )
        return look(statement, **values, **more)

    if asked.words:
        rows = _with_words(asked.words, where, ask)
    else:
        rows = ask(where, _COUNTED.format(" AND ".join(where), COUNTED + 1))
    shown = _made([row for _count, *row in rows if row[0] is not None])
    return keyset.page_of(shown, place, size=SIZE, keep=asked.query), rows[0][0]


def _with_words(text: str, where: list[str], ask: Callable[..., list[Any]]) -> list[Any]:
    """The rows of a page of those that have the words, too.

    What nearly all of them have is met soon by walking through them in their order. Each reads its words; so few are
    walked through, for one in so many has them.
    """
    looks, values = _looks(text)
    bearing_it = values.get("bearing", [])
    # As one text: five hundred numbers are written one by one else.
    values["bearing"] = f"{{{','.join(map(str, bearing_it))}}}"
    if len(bearing_it) <= COUNTED or len(where) > 1:
        found = _found_by(looks, where)
        rows = ask([_FOUND.format(COUNTED)], _COUNT_FOUND, found, **values)
        if rows[0][0] <= COUNTED:
            return rows
    either = " OR ".join(_EACH[look] for look in looks)
    return ask([*where, f"({either})"], f"SELECT {COUNTED + 1:d} AS count", **values)


def featured() -> list[NetworkRow]:
    """The few the moderators show to everybody. Which they are is asked once a minute a process."""
    cache = caches["process"]
    ids = cache.get("networks_featured")
    if ids is None:
        chosen = Network.objects.listed().filter(featured_at__isnull=False)
        ids = list(chosen.order_by("-featured_at").values_list("pk", flat=True)[:FEATURED])
        cache.set("networks_featured", ids, _MINUTE)
    return by_ids(ids)


def by_ids(ids: list[int]) -> list[NetworkRow]:
    """These networks in this order, but for those that are listed no more: one query."""
    if not ids:
        return []
    statement = _statement(_ROW, [NETWORK_LISTED.sql, "n.id = ANY(%(ids)s)"], "", len(ids))
    found = {row.id: row for row in _made(select(statement, ids=ids))}
    return [found[pk] for pk in ids if pk in found]


def active() -> list[ActiveRow]:
    """The networks of the home page, last active first: one query a minute a process."""
    cache = caches["process"]
    found: list[ActiveRow] | None = cache.get("networks_active")
    if found is None:
        rows = _lately().values_list(*_REFERENCE, "aim")[:ACTIVE]
        found = [
            ActiveRow(name, network_url(slug), colour, emblem, aim)
            for name, slug, colour, emblem, aim in rows
        ]
        cache.set("networks_active", found, _MINUTE)
    return found


def named(text: str, *, limit: int = 5) -> list[NetworkRef]:
    """Up to `limit` networks found by these words, those that bear them in their names first.

    By letters of their names, and by their words: read one by one of a few, then by an index.
    """
    looks, values = _looks(text)
    columns = ", ".join(f"n.{name}" for name in _REFERENCE)
    parts = []
    if _NAMED in looks:
        values["bearing"] = values["bearing"][:limit]
        parts = [f"({_statement(columns, [NETWORK_LISTED.sql, _NAMED], _LATELY, limit)})"]
    if _WORDS in looks and len(values.get("bearing", ())) < limit:
        parts.append(f"({_worded(columns, limit)})")
    rows = select(" UNION ALL ".join(parts), **values) if parts else []
    return [NetworkRef.of(*row) for row in dict.fromkeys(rows)][:limit]


def _worded(columns: str, limit: int) -> str:
    """Networks with these words, last active first: a word that thousands have is met at once among the lively."""
    most = str(int(limit))
    lively = _statement(f"{columns}, n.search_words", [NETWORK_LISTED.sql], _LATELY, _READ)
    few = " ".join(["(SELECT count(*) FROM met) <", most])
    return " ".join(
        [
            "WITH met AS MATERIALIZED (SELECT",
            columns,
            "FROM (",
            lively,
            ") n",
            "WHERE ts_match_vq(n.search_words, %(words)s::tsquery) LIMIT",
            most,
            ")",
            "SELECT * FROM met UNION ALL (SELECT",
            columns,
            # In no order yet: with one, PostgreSQL may go through all networks in it rather than ask the index.
            "FROM (",
            _statement("n.*", [NETWORK_LISTED.sql, _WORDS, few], "", _LOOKED_THROUGH),
            ") n ORDER BY",
            _LATELY,
            "LIMIT",
            most,
            ")",
        ]
    )


def tagged(tag: str, *, limit: int = 8) -> tuple[list[NetworkRef], bool]:
    """Networks that carry the tag of this key, last active first; and whether there are more."""
    columns = ", ".join(f"n.{name}" for name in _REFERENCE)
    statement = _statement(columns, [NETWORK_LISTED.sql, _TAGGED], _LATELY, limit + 1)
    rows = select(statement, tag=tag)
    return [NetworkRef.of(*row) for row in rows[:limit]], len(rows) > limit


def _lately() -> NetworkQuerySet:
    return Network.objects.listed().order_by("-last_active_at", "-pk")


def _statement(columns: str, where: Sequence[str], by: str, limit: int) -> str:
    parts = ["SELECT", columns, "FROM forums_network n WHERE", " AND ".join(where)]
    if by:
        parts += ["ORDER BY", by]
    return " ".join([*parts, "LIMIT", str(int(limit))])


def _made(found: Iterable[Sequence[Any]]) -> list[NetworkRow]:
    """Rows of the columns `_ROW`."""
    kinds = {value: str(label) for value, label in NetworkKind.choices}
    sector_names = {value: str(label) for value, label in Sector.choices}
    everywhere = _("all over the country")
    now = timezone.now()
    rows = []
    for (
        pk, name, slug, colour, emblem, aim, kind, sectors, provinces, nationwide,
        member_count, organisation_count, last_active_at, verified_at,
    ) in found:  # fmt: skip
        places = [PROVINCE_NAMES[code] for code in provinces if code in PROVINCE_NAMES]
        if nationwide:
            places = [everywhere]
        row = NetworkRow(
            name,
            network_url(slug),
            colour,
            emblem,
            id=pk,
            aim=aim,
            kind=kinds.get(kind, ""),
            sectors=" ".join(sector_names[each] for each in sectors if each in sector_names),
            places=" ".join(places[:PLACES_SHOWN]),
            more_places=len(places[PLACES_SHOWN:]),
            member_count=member_count,
            members=f"{member_count:,}",
            organisation_count=organisation_count,
            organisations=f"{organisation_count:,}" if organisation_count else "",
            last_active_at=last_active_at,
            iso=last_active_at.isoformat(timespec="seconds"),
            when=dates.ago(last_active_at, now),
            verified_at=verified_at,
        )
        rows.append(row)
    return rows


def _where(asked: Asked) -> tuple[list[str], dict[str, Any]]:
    """What must hold of the networks asked for, words aside, and its values by name."""
    where, values = [NETWORK_LISTED.sql], dict[str, Any]()
    if asked.kind == NetworkKind.BOTH:
        where.append("n.kind = 'both'")
    elif asked.kind:
        where.append("n.kind IN (%(kind)s, 'both')")
        values["kind"] = asked.kind
    if asked.sectors:
        where.append("n.sectors && %(sectors)s::varchar[]")
        values["sectors"] = list(asked.sectors)
    if asked.region == NATIONWIDE:
        where.append("n.nationwide")
    elif asked.region:
        where.append(_IN.format("region"))
        values["region"] = OF_REGION[asked.region]
    if asked.province:
        where.append(_IN.format("province"))
        values["province"] = [asked.province]
    if asked.tag:
        where.append(_TAGGED)
        values["tag"] = asked.tag
    return where, values


def _found_by(looks: list[str], where: list[str]) -> str:
    """Its letters in the name, or every word of the text somewhere: half a name is typed soon.

    Two looks, not one with OR: that would read the words of every network, which are its whole page. Each ends where
    there are more than are counted.
    """
    found = " UNION ".join(
        f"(SELECT n.id FROM forums_network n WHERE {' AND '.join([*where, look])} LIMIT {COUNTED + 1:d})"  # noqa: S608 - made of constants
        for look in looks
    )
    return f"WITH found AS MATERIALIZED (SELECT ARRAY({found or 'SELECT 0 WHERE FALSE'}) AS ids)"


def _looks(text: str) -> tuple[list[str], dict[str, Any]]:
    """The ways to find a network, by its name and by its words, and their values."""
    looks, values = [], dict[str, Any]()
    if found := bearing(letters_of(text), most=COUNTED + 1):
        looks.append(_NAMED)
        values["bearing"] = found
    if sought := words(text)[:WORDS]:
        looks.append(_WORDS)
        values["words"] = tsquery_all(sought)
    return looks, values
