"""Lines out of a file: kept to be looked at, stored, thrown away."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import IO, TYPE_CHECKING

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.advisory_locks import Lock, hold
from forums.base.csv_files import MAX_BYTES
from forums.base.errors import Stale, TooFast
from forums.base.rate_limits import hold_pace
from forums.groups.memberships.permissions import require_role
from forums.groups.networks.models import Network
from forums.ledger.actions import books_of, refuse_full, snapshot
from forums.ledger.columns import Places
from forums.ledger.csv_files import Entry, Reading, Sheet, Table, read_rows, read_sheet
from forums.ledger.models import Line, LineChange, LineImport
from forums.text.thai import clean_line

if TYPE_CHECKING:
    from accounts.models import Member

BATCH = 1000  # rows in one statement
KEPT_FOR = timedelta(days=7)
FORGOTTEN = 200  # files in one go


class SheetsTooFast(TooFast):
    message = gettext_lazy(
        "That is a lot of files in a short while. Please wait %(minutes)d minutes, then go on with this one."
    )


def count_try(keeper: "Member") -> None:
    """Each step that reads a whole file counts, before it does, whatever comes of it. Raises SheetsTooFast."""
    hold_pace(keeper, "sheets", error=SheetsTooFast, everyone=True)


def read_file(*, keeper: "Member", file: IO[bytes]) -> Sheet:
    """What a file says. Raises SheetsTooFast, and what `read_sheet` raises."""
    count_try(keeper)
    return read_sheet(file.read(MAX_BYTES + 1))


def read_named(*, keeper: "Member", table: Table, places: Places) -> Sheet:
    """What a table says, now that `keeper` has named its columns. Raises SheetsTooFast or NotASheet."""
    count_try(keeper)
    return read_rows(table, places)


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


def store_import(*, keeper: "Member", kept: LineImport, skip_known: bool = True) -> int:
    """Write all lines of a kept file, or none; returns how many.

    `skip_known` leaves out those that stand in the ledger already, each as often as it stands there.
    Raises NotAllowed, LedgerFull, SheetsTooFast, or Stale when the file was stored or thrown away meanwhile.
    """
    count_try(keeper)
    return _stored(keeper, kept, skip_known)


@transaction.atomic
def _stored(keeper: "Member", kept: LineImport, skip_known: bool) -> int:
    """Files take turns with each other; who else writes in the network waits for the last moment only, in which
    its row is locked and asked again whether all this may stand."""
    hold(Lock.LEDGER_FILES, kept.network_id)
    network = kept.network
    require_role(keeper, network)
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
    refuse_full(network, more=len(entries))
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
    connection.check_constraints()  # all that is written refers to something: now, not with the row locked
    refuse_full(books_of(keeper, network), more=0)
    return len(lines)


@transaction.atomic
def discard_import(*, keeper: "Member", kept: LineImport) -> None:
    """Throw a kept file away."""
    LineImport.objects.filter(pk=kept.pk, author=keeper).delete()


@transaction.atomic
def discard_old_imports(*, now: datetime) -> None:
    """Throw away the next files nobody has said yes to for KEPT_FOR: each row may be as large as its file."""
    old = LineImport.objects.filter(created_at__lt=now - KEPT_FOR).order_by("created_at", "pk")
    LineImport.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:FORGOTTEN])).delete()


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
