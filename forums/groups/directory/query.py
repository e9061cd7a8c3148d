"""What somebody asks the directory for: read from an address, and written into one. Nothing here fails.

A value the directory does not know is left out, as if it had not been asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.provinces import PROVINCE_NAMES, REGIONS
from forums.groups.networks.models import NetworkKind, Sector
from forums.text.naming import tag_key
from forums.text.thai import clean_line

LENGTH = 200  # of the words
TAG_LENGTH = 80
BANGKOK = "10"
NATIONWIDE = "nationwide"  # stands among the regions
PLACES = dict(REGIONS) | {NATIONWIDE: gettext_lazy("All over the country")}
SORTS = {
    "active": gettext_lazy("Active lately"),
    "name": gettext_lazy("By name"),
    "size": gettext_lazy("Largest"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter that is on: what to call it, and the address without it."""

    name: str
    label: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`kind`: with a structure and online each take in the networks that are both."""

    words: str = ""
    kind: str = ""
    sectors: tuple[str, ...] = ()
    region: str = ""
    province: str = ""
    tag: str = ""
    sort: str = "active"

    @classmethod
    def read(cls, query: Any) -> Self:
        """From a QueryDict."""
        sectors = set(query.getlist("sector"))
        tag = clean_line(query.get("tag", "")[: TAG_LENGTH * 2])
        return cls(
            words=clean_line(query.get("q", "")[: LENGTH * 2])[:LENGTH],
            kind=_known(query.get("kind", ""), NetworkKind.values),
            sectors=tuple(sector for sector in Sector.values if sector in sectors),
            region=_known(query.get("region", ""), PLACES),
            province=_known(query.get("province", ""), PROVINCE_NAMES),
            tag=tag_key(tag)[:TAG_LENGTH],
            sort=_known(query.get("sort", ""), SORTS) or "active",
        )

    @property
    def is_filtered(self) -> bool:
        return self != type(self)(sort=self.sort)

    @property
    def query(self) -> str:
        """What stands behind the question mark; '' when nothing is asked."""
        return urlencode(list(self._pairs()))

    @property
    def url(self) -> str:
        """The address of the first page of this."""
        return f"/networks/?{self.query}" if self.query else "/networks/"

    def sorted_by(self, sort: str) -> Self:
        return replace(self, sort=sort)

    def filters(self) -> list[Chosen]:
        """What is chosen, in the order of the form."""
        found = []
        if self.words:
            found.append(("q", f"“{self.words}”", replace(self, words="")))
        if self.kind:
            found.append(("kind", str(NetworkKind(self.kind).label), replace(self, kind="")))
        for sector in self.sectors:
            rest = tuple(each for each in self.sectors if each != sector)
            found.append(("sector", str(Sector(sector).label), replace(self, sectors=rest)))
        if self.region:
            found.append(("region", str(PLACES[self.region]), replace(self, region="")))
        if self.province:
            name = PROVINCE_NAMES[self.province]
            if self.province != BANGKOK:  # which is none, properly speaking
                name = _("%(name)s province") % {"name": name}
            found.append(("province", name, replace(self, province="")))
        if self.tag:
            found.append(("tag", f"#{self.tag}", replace(self, tag="")))
        return [Chosen(name, label, rest.url) for name, label, rest in found]

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.words:
            yield "q", self.words
        if self.kind:
            yield "kind", self.kind
        for sector in self.sectors:
            yield "sector", sector
        if self.region:
            yield "region", self.region
        if self.province:
            yield "province", self.province
        if self.tag:
            yield "tag", self.tag
        if self.sort != "active":
            yield "sort", self.sort


def unsearched(query: Any) -> str:
    """What stands behind the question mark of the same list without a search, which is anybody's own words."""
    return replace(Asked.read(query), words="", tag="").query


def _known(value: str, known: Any) -> str:
    return value if value in known else ""
