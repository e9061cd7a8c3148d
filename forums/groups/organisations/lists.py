"""Organisations as pages show them: of a member, all of them; and one with its people."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Exists, F, Func, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Least, NullIf, StrIndex

from forums.base.constant_sql import select
from forums.base.keyset import NUMBER, Keyset, Page, kept
from forums.base.tsquery import Matches, TsQuery
from forums.groups.networks.models import NETWORK_SHOWN, Network
from forums.groups.organisations.models import (
    ORGANISATION_SHOWN,
    NetworkOrganisation,
    Organisation,
    Representative,
    organisation_url,
)
from forums.text.thai import clean_line, letters_in, letters_of, tsquery_all, words

SIZE = 40
FOUND = 10
LENGTH = 200  # characters of what is typed that are read
WORDS = 24
LAST = "\U0010ffff"  # sorts after every letter, by bytes (COLLATE "C")
_LOOKED_THROUGH = 300  # names whose letters a search looks at
_READ = 60  # organisations with its words, whichever come first
_MINUTE = 60  # seconds
_LISTED = f"{ORGANISATION_SHOWN.sql} AND g.merged_into_id IS NULL"
_ROW = "g.id, g.name, g.slug, g.name_key, g.sort_key"
_NAMED = f"""
    SELECT g.name, g.slug FROM (
        (SELECT {_ROW} FROM forums_organisation g WHERE {_LISTED} AND g.id = ANY(%(bearing)s::bigint[]))
        UNION
        (SELECT {_ROW} FROM forums_organisation g
         WHERE {_LISTED} AND g.name_key >= %(begins)s AND g.name_key < %(after)s ORDER BY g.name_key LIMIT %(limit)s)
        UNION
        (SELECT {_ROW} FROM forums_organisation g
         WHERE {_LISTED} AND g.search_words @@ %(words)s::tsquery LIMIT {_READ})
    ) g
    ORDER BY nullif(least(strpos(split_part(g.name_key, chr(1), 1), %(letters)s), 2), 0), g.sort_key, g.id
    LIMIT %(limit)s
"""  # noqa: S608 - made of constants
_BY_NAME = Keyset({"sort_key": None, "pk": NUMBER}, onward="after", back="before")


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation by its name; where somebody represents it, as what."""

    name: str
    url: str
    title: str = ""


def of_member(member_id: int) -> list[OrganisationRow]:
    """The organisations it is confirmed that a member represents: one query."""
    rows = (
        Representative.objects.filter(
            ORGANISATION_SHOWN.q(path="organisation__"),
            member=member_id,
            confirmed_at__isnull=False,
        )
        .order_by("organisation__sort_key", "organisation_id")
        .values_list("organisation__name", "organisation__slug", "title")
    )
    return [OrganisationRow(name, organisation_url(slug), title) for name, slug, title in rows]


def directory(query: Any) -> Page[Organisation]:
    """Every organisation, or those `q` finds. Raises Http404 for a mangled place."""
    everyone = Organisation.objects.listed()
    typed = clean_line(query.get("q", "")[:LENGTH])
    found = found_by(everyone, typed) if typed else everyone
    return _BY_NAME.page(found, query, size=SIZE, among=everyone, keep=kept(q=typed))


def found_by(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """Those of `rows` (organisations or networks) that `typed` finds; none for nothing.

    By letters anywhere in the name, tone marks and spaces aside: half a name is typed soon, and nearly every
    one begins with มูลนิธิ or สมาคม. Or by words of the whole text. Two looks, as in the directory of
    networks: one with OR would read the words of every row.
    """
    letters, found = letters_of(typed[:LENGTH]), words(typed[:LENGTH])[:WORDS]
    looks = []
    if letters:
        named = StrIndex(SplitPart("name_key"), Value(letters))
        looks.append(rows.alias(place=named).filter(place__gt=0))
    if found:
        asked = TsQuery(Value(tsquery_all(found)))
        looks.append(rows.filter(Matches(F("search_words"), asked)))
    if not looks:
        return rows.none()
    first, *others = [look.order_by().values("pk") for look in looks]
    return rows.filter(pk__in=first.union(*others, all=True))


class SplitPart(Func):
    """What of a key stands before its first U+0001: the letters, without marks."""

    template = "split_part(%(expressions)s, chr(1), 1)"
    output_field = TextField()


def best_named(rows: QuerySet[Any], typed: str) -> QuerySet[Any]:
    """What `typed` finds of `rows`: whose name begins so, whose name holds it, whose text does; none for nothing."""
    letters = Value(letters_of(typed[:LENGTH]))
    place = NullIf(Least(StrIndex(SplitPart("name_key"), letters), 2), 0)
    return found_by(rows, typed).order_by(place, "sort_key", "id")


def to_invite(network: Network) -> QuerySet[Organisation]:
    """Those a network may invite: that live, and neither are in it nor invited nor asking."""
    there = NetworkOrganisation.objects.filter(network=network).values("organisation")
    return Organisation.objects.listed().exclude(pk__in=there)


def to_ask(organisation: Organisation) -> QuerySet[Network]:
    """The networks an organisation may ask: that live, and it is neither in, nor invited, nor asking."""
    there = NetworkOrganisation.objects.filter(organisation=organisation).values("network")
    return Network.objects.listed().exclude(pk__in=there)


def named(typed: str, *, limit: int) -> list[OrganisationRow]:
    """Up to `limit` for the box of the search, those that bear the words in their names first.

    In the order of `best_named`, among a few however many there are: what holds these letters of the newest, whose
    name begins with them, and some that an index finds by their words. The directory looks through all.
    """
    letters, found = letters_of(typed[:LENGTH]), words(typed[:LENGTH])[:WORDS]
    if not (letters or found):
        return []
    names = [(name, pk) for pk, name in _newest_names() if letters and letters in name]
    bearing = [pk for _name, pk in sorted(names, key=lambda row: not row[0].startswith(letters))]
    rows = select(
        _NAMED,
        letters=letters,
        begins=letters or LAST,
        after=letters + LAST,
        bearing=bearing[:limit],
        words=tsquery_all(found) if len(bearing) < limit else "",  # names come first
        limit=limit,
    )
    return [OrganisationRow(name, organisation_url(slug)) for name, slug in rows]


def _newest_names() -> list[tuple[int, str]]:
    """Ids of the organisations registered last and the letters of their names, in dictionary order; asked once a
    minute a process."""
    cache = caches["process"]
    found: list[tuple[int, str]] | None = cache.get("organisations_names")
    if found is None:
        newest = Organisation.objects.listed().order_by("-pk").values("pk")[:_LOOKED_THROUGH]
        rows = Organisation.objects.filter(pk__in=newest).order_by("sort_key", "pk")
        found = [(pk, letters_in(key)) for pk, key in rows.values_list("pk", "name_key")]
        cache.set("organisations_names", found, _MINUTE)
    return found


# -- One organisation ---------------------------------------------------------------------------


def ties_of_network(network: Network) -> list[NetworkOrganisation]:
    """Members, invited and asking ones, in dictionary order."""
    shown = ORGANISATION_SHOWN.q(path="organisation__")
    ties = NetworkOrganisation.objects.filter(shown, network=network)
    ties = ties.select_related("organisation", "by_organisation", "by_network")
    return list(ties.order_by("organisation__sort_key", "id"))


def ties_of_organisation(organisation: Organisation) -> list[NetworkOrganisation]:
    """The networks it is in, is invited to and asks to join, in dictionary order; never a hidden one."""
    ties = NetworkOrganisation.objects.filter(
        NETWORK_SHOWN.q(path="network__"), organisation=organisation
    ).select_related("network", "by_organisation", "by_network")
    return list(ties.order_by("network__sort_key", "id"))


def people_of(organisation: Organisation) -> list[Representative]:
    """Who represents it and who says so: the coordinators first, then in dictionary order."""
    people = Representative.objects.filter(organisation=organisation, member__is_active=True)
    people = people.select_related("member", "confirmed_by", "organisation")
    return list(people.order_by("-is_coordinator", "member__sort_key", "id"))


def claims() -> QuerySet[Representative]:
    """Those who say that they represent an organisation without a coordinator: a moderator may confirm them."""
    looked_after = Representative.objects.filter(
        organisation=OuterRef("organisation"), is_coordinator=True
    )
    return Representative.objects.filter(
        ~Exists(looked_after), confirmed_at=None, member__is_active=True
    )


def unbelieved() -> list[Representative]:
    """The oldest of those claims first."""
    waiting = claims().select_related("member", "organisation")
    return list(waiting.order_by("asked_at", "id")[:SIZE])
