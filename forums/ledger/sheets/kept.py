"""A ledger's file, written once for as long as no line changes: everybody may ask for it, as often as she likes."""

import gzip
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max

from forums.base import csv_files
from forums.groups.networks.models import Network
from forums.ledger import lists
from forums.ledger.models import LineChange
from forums.text import dates

WORTH_KEEPING = 500  # lines: fewer are written in some milliseconds
A_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Version:
    """Which file a ledger is now: another one as soon as a line is written, changed, taken out, or moved by a merge."""

    network: int
    language: str
    change: int
    newest: int
    lines: int

    def __str__(self) -> str:
        return f"ledger-{self.network}-{self.language}-{self.change}-{self.newest}-{self.lines}"


def version_of(network: Network) -> Version:
    """Asked by two indexes."""
    changes = LineChange.objects.filter(network=network, stands_for__gt=0).order_by("-id")
    lines = lists.lines_of(network).aggregate(newest=Max("id", default=0), lines=Count("*"))
    change = changes.values_list("id", flat=True).first() or 0
    return Version(network.pk, dates.language(), change, lines["newest"], lines["lines"])


def file_of(network: Network, version: Version) -> bytes:
    """The file as it is sent, packed by gzip."""
    key = f"ledger-file-{version.network}-{version.language}"
    there = cache.get(key) if version.lines >= WORTH_KEEPING else None
    if there and there[0] == str(version):
        kept: bytes = there[1]
        return kept
    written = "".join(csv_files.written(lists.sheet_rows(network)))
    packed = gzip.compress(written.encode(), compresslevel=3, mtime=0)
    if version.lines >= WORTH_KEEPING:
        cache.set(key, (str(version), packed), A_DAY)
    return packed
