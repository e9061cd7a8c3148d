"""The lists as they are asked: built once a process, anew when an entry was written."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.core.cache import caches
from django.utils import timezone

from forums.moderation.watched.models import Follows, WatchedEntry, WatchedKind
from forums.text.watching import Watch, masked

_TOKEN = "watched"  # noqa: S105 - of the cache
_A_MINUTE = 60  # seconds: an entry whose end has come goes within one


@dataclass(frozen=True, slots=True)
class Watched:
    """One entry, as far as it is asked."""

    pk: int
    kind: str
    text: str
    follows: str


@dataclass(frozen=True, slots=True)
class WordMet:
    """An entry that was met, and where."""

    entry: Watched
    start: int
    end: int
    words: str  # as they were typed


@dataclass(frozen=True, slots=True)
class Lists:
    """All that is watched now."""

    texts: Watch[Watched]
    mails: dict[str, Watched]
    nets: Mapping[tuple[int, int], Mapping[int, Watched]]  # by kind and width, narrow ones first

    def met_in(self, text: str) -> list[WordMet]:
        """Words and hosts of a text."""
        return [
            WordMet(met.key, met.start, met.end, text[met.start : met.end])
            for met in self.texts.find(text)
        ]

    def mail(self, address: str) -> Watched | None:
        """The entry of an address's domain, or of one above it."""
        parts = address.rpartition("@")[2].lower().split(".")
        domains = (".".join(parts[n:]) for n in range(len(parts)))
        return next((self.mails[each] for each in domains if each in self.mails), None)

    def net(self, address: str) -> Watched | None:
        """The narrowest entry whose part of the net holds this address."""
        try:
            here = ip_address(address)
        except ValueError:
            return None
        number, longest = int(here), here.max_prefixlen
        for (version, width), its in self.nets.items():
            if version == here.version:
                found = its.get(number >> (longest - width))
                if found is not None:
                    return found
        return None


def lists() -> Lists:
    """The lists of now: one look into the process's cache, which forgets what was written since."""
    token = caches["process"].get(_TOKEN)
    if token is None:
        token = uuid.uuid4().hex
        caches["process"].set(_TOKEN, token, _A_MINUTE)
    return _built(token)


@lru_cache(maxsize=1)
def _built(_token: str) -> Lists:
    rows = WatchedEntry.objects.in_force(timezone.now())
    found = list(rows.values_list("pk", "kind", "text", "follows", "anywhere"))
    entries = [(Watched(*row[:4]), row[4]) for row in found]

    def of(kind: str) -> Iterable[tuple[Watched, bool]]:
        return ((entry, anywhere) for entry, anywhere in entries if entry.kind == kind)

    return Lists(
        texts=Watch(
            ((entry.text, entry, anywhere) for entry, anywhere in of(WatchedKind.WORD)),
            ((entry.text, entry) for entry, _anywhere in of(WatchedKind.HOST)),
        ),
        mails={entry.text: entry for entry, _anywhere in of(WatchedKind.MAIL)},
        nets=by_width(entry for entry, _anywhere in of(WatchedKind.NET)),
    )


def by_width(entries: Iterable[Watched]) -> Mapping[tuple[int, int], Mapping[int, Watched]]:
    """Parts of the net by their beginning: an address is asked for once a width, not once an entry."""
    nets: dict[tuple[int, int], dict[int, Watched]] = {}
    for entry in entries:
        net = ip_network(entry.text)
        beginning = int(net.network_address) >> (net.max_prefixlen - net.prefixlen)
        nets.setdefault((net.version, net.prefixlen), {})[beginning] = entry
    return dict(sorted(nets.items(), key=lambda each: -each[0][1]))


def with_masks(text: str, hits: Iterable[WordMet]) -> str:
    """The text with dots where an entry says so."""
    spans = [(hit.start, hit.end) for hit in hits if hit.entry.follows == Follows.MASK]
    return masked(text, spans)
