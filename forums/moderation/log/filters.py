"""What of the log somebody asks for: by act, rule, network, month; and about one thing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.http import Http404, QueryDict
from django.utils import timezone

from forums.groups.networks.models import Network
from forums.moderation.lookups import number_in
from forums.moderation.models import Act, Decision, DecisionQuerySet
from forums.text.thai import clean_line, name_key

ABOUT = ("topic", "post", "organisation")  # ids in the address, where a page leads to its decisions
FIRST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class LogFilters:
    """What was asked. `network` is one the reader may see; `unknown` what was typed as a network and is none."""

    about: dict[str, int]
    act: str
    rule: int | None
    network: Network | None
    month: tuple[int, int] | None
    unknown: str = ""

    @property
    def keep(self) -> str:
        """As the query of an address."""
        asked: dict[str, Any] = dict(self.about)
        if self.act:
            asked["act"] = self.act
        if self.rule is not None:
            asked["rule"] = self.rule
        if self.network is not None:
            asked["network"] = self.network.pk
        if self.month is not None:
            asked["month"] = "{}-{:02}".format(*self.month)
        return urlencode(asked)

    def of(self, decisions: DecisionQuerySet) -> DecisionQuerySet:
        """Those that were asked for."""
        if self.unknown:
            return decisions.none()
        asked = Q(**self.about)
        if self.act:
            asked &= Q(act=self.act)
        if self.rule is not None:
            asked &= Q(rule__number=self.rule)
        if self.network is not None:
            # About it, or decided in its name by its own moderators.
            asked &= Q(network=self.network.pk) | Q(details__network=self.network.pk)
        if self.month is not None:
            start, end = _month(*self.month)
            asked &= Q(created_at__gte=start, created_at__lt=end)
        return decisions.filter(asked)


def asked_for(query: QueryDict, member: Any) -> LogFilters:
    """What the address asks. Raises Http404 for numbers that cannot be any."""
    about = {name: number for name in ABOUT if (number := _number(query, name)) is not None}
    act = query.get("act", "")
    network, unknown = _network(query.get("network", ""), member)
    return LogFilters(
        about=about,
        act=act if act in Act.values else "",
        rule=_number(query, "rule") if query.get("rule") else None,
        network=network,
        month=_month_in(query.get("month", "")),
        unknown=unknown,
    )


def months(now: datetime) -> list[tuple[int, int]]:
    """The last two years' months there may be decisions of, the newest first."""
    here = timezone.localtime(now)
    year, month = here.year, here.month
    found: list[tuple[int, int]] = []
    while len(found) < 24 and year >= FIRST_YEAR:
        found.append((year, month))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def _network(typed: str, member: Any) -> tuple[Network | None, str]:
    """The network of this number, name, or address; or what was typed, where there is none she may see."""
    typed = clean_line(typed)[:200]
    if not typed:
        return None, ""
    rows = Network.objects.visible_to(member)
    number = number_in(typed)
    found = rows.filter(pk=number).first() if number is not None else None
    if found is None and (key := name_key(typed)):
        found = rows.filter(Q(name_key=key) | Q(slug=typed.rstrip("/").rsplit("/", 1)[-1])).first()
    return found, "" if found else typed


def _number(query: QueryDict, name: str) -> int | None:
    if (value := query.get(name)) is None:
        return None
    if (number := number_in(value)) is None:
        raise Http404
    return number


def _month_in(typed: str) -> tuple[int, int] | None:
    year, _, month = typed.partition("-")
    if not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return None
    if len(year) != 4 or not (1 <= int(month[:3]) <= 12 and int(year) >= FIRST_YEAR):
        return None
    return int(year), int(month[:3])


def _month(year: int, month: int) -> tuple[datetime, datetime]:
    zone = ZoneInfo(settings.TIME_ZONE)
    after = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=zone), datetime(*after, 1, tzinfo=zone)


def in_year(year: int) -> tuple[datetime, datetime]:
    """When a year begins and ends, in Bangkok."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def newest_first(member: Any) -> DecisionQuerySet:
    """All that this reader may know of."""
    return Decision.objects.visible_to(member)
