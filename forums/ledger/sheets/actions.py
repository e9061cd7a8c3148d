"""Lines out of a file: kept to be looked at, stored, thrown away."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from forums.base.errors import Stale
from forums.groups.networks.models import Network
from forums.ledger.actions import books_of, snapshot
from forums.ledger.csv_files import Entry, Reading, Sheet, Table
from forums.ledger.models import Line, LineChange, LineImport
from forums.text.thai import clean_line

if TYPE_CHECKING:
    from accounts.models import Member

BATCH = 1000  # rows in one statement


@transaction.atomic
def keep_import(
    *,
    keeper: "Member",
    network: Network,
    entries: Iterable[Entry],
    file_name: str,
    reading: Reading | None = None,
    table: Table | None = None,
) -> LineImport:
    """Keep what a file says until its sender has seen it and says yes; what she kept before goes.

    With a `table` nothing of it is read yet: `name_columns` does. Raises NotAllowed.
    """
    network = books_of(keeper, network)
    LineImport.objects.filter(network=network, author=keeper).delete()
    return LineImport.objects.create(
        network=network,
        author=keeper,
        rows=_rows(entries),
        file_name=clean_line(file_name)[:120],
        reading=reading or {},
        table=table and [table.header, table.rows],
    )


def _rows(entries: Iterable[Entry]) -> list[list[str]]:
    return [
        [
            str(entry["flow"]),
            entry["date"].isoformat(),
            entry["source"],
            entry["purpose"],
            str(entry["amount"]),
            entry["document_link"],
        ]
        for entry in entries
    ]


@transaction.atomic
def name_columns(*, keeper: "Member", kept: LineImport, sheet: Sheet) -> None:
    """Keep what a kept table says, now that its sender has said which column is which.

    Raises NotAllowed, or Stale when it was named or thrown away meanwhile.
    """
    books_of(keeper, kept.network)
    named = LineImport.objects.filter(pk=kept.pk, author=keeper, table__isnull=False).update(
        rows=_rows(sheet.entries), reading=sheet.reading, table=None
    )
    if not named:
        raise Stale(
            _(
                "This file has been taken in already, or was thrown away. Look in the ledger, or choose a file again."
            )
        )


@transaction.atomic
def store_import(*, keeper: "Member", kept: LineImport, skip_known: bool = True) -> int:
    """Write all lines of a kept file, or none; returns how many.

    `skip_known` leaves out those that stand in the ledger already, each as often as it stands there.
    Raises NotAllowed, or Stale when the file was stored or thrown away meanwhile.
    """
    network = books_of(keeper, kept.network)
    found = LineImport.objects.filter(pk=kept.pk, author=keeper, network=network).first()
    if found is None or found.table is not None:
        raise Stale(
            _(
                "This file has been taken in already, or was thrown away. Look in the ledger, or choose a file again."
            )
        )
    entries = entries_of(found)
    if skip_known:
        entries = unknown(network, entries)
    lines = Line.objects.bulk_create(
        [Line(network=network, created_by=keeper, **entry) for entry in entries], BATCH
    )
    LineChange.objects.bulk_create(
        [
            LineChange(
                line=line,
                network=network,
                number=1,
                after=snapshot(line),
                author=keeper,
                reason=found.file_name,
                stands_for=len(lines) if place == 0 else 0,
            )
            for place, line in enumerate(lines)
        ],
        BATCH,
    )
    found.delete()
    return len(lines)


@transaction.atomic
def discard_import(*, keeper: "Member", kept: LineImport) -> None:
    """Throw a kept file away."""
    LineImport.objects.filter(pk=kept.pk, author=keeper).delete()


def table_of(kept: LineImport) -> Table:
    """The cells of a kept file whose columns are not named yet."""
    header, rows = kept.table or ([], [])
    return Table(header, rows)


def entries_of(kept: LineImport) -> list[Entry]:
    """The lines of a kept file as Line has them."""
    return [
        {
            "flow": flow,
            "date": date.fromisoformat(day),
            "source": source,
            "purpose": purpose,
            "amount": Decimal(amount),
            "document_link": link,
        }
        for flow, day, source, purpose, amount, link in kept.rows
    ]


def unknown(network: Network, entries: list[Entry]) -> list[Entry]:
    """Those of `entries` that do not stand in the ledger: same day, kind, amount, whom and what for."""
    key = ("date", "flow", "amount", "source", "purpose")
    days = [entry["date"] for entry in entries] or [date.min]
    there = Counter(
        Line.objects.shown()
        .filter(network=network, date__gte=min(days), date__lte=max(days))
        .values_list(*key)
    )
    new = []
    for entry in entries:
        this = tuple(entry[name] for name in key)
        if there[this]:
            there[this] -= 1
        else:
            new.append(entry)
    return new
