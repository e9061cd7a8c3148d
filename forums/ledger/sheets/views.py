"""A network's money as a file: out, and in by way of a page that shows what was read."""

from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.groups.memberships.network_page import network_page
from forums.groups.networks.models import Network
from forums.ledger import csv_files, lists
from forums.ledger.models import Flow, LineImport
from forums.ledger.sheets.actions import (
    discard_import,
    entries_of,
    keep_import,
    name_columns,
    store_import,
    table_of,
    unknown,
)
from forums.ledger.sheets.forms import ColumnsForm, ImportForm
from forums.ledger.views import kept, money_url, read

SHOWN = 20  # lines of a file, before it is taken in


@require_safe
@network_page
def export(request: HttpRequest, network: Network) -> StreamingHttpResponse:
    """Every line as CSV that Excel opens in Thai."""
    read(request, network)
    response = StreamingHttpResponse(
        csv_files.written(lists.sheet_rows(network)), content_type="text/csv; charset=utf-8"
    )
    name = "-".join((_("Open budget"), network.slug)) + ".csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-cache"
    return response


@require_http_methods(WRITES)
@signed_in
@network_page
def take_in(request: MemberRequest, network: Network) -> HttpResponse:
    """Choose a file. What is wrong in it is said line by line; nothing of it is kept then."""
    context = kept(request, network)
    form = ImportForm(*posted(request))
    sent = Submission(form, lambda data: _taken_in(request, network, data["file"]))
    if not sent.done:
        context |= {"form": form}
        return render(request, "ledger/import.html", context, status=sent.status)
    sheet, found = sent.made
    if found:
        return redirect(money_url(network, f"import/{found.pk}/"))
    context |= {
        "form": form,
        "sheet": sheet,
        "more": sheet.fault_count - len(sheet.faults),
        "file_name": form.cleaned_data["file"].name,
    }
    return render(request, "ledger/import.html", context, status=400)


def _taken_in(
    request: MemberRequest, network: Network, file: UploadedFile
) -> tuple[csv_files.Sheet, LineImport | None]:
    """What was read in a file and, when nothing is wrong in it, what was kept of it."""
    keep = partial(keep_import, keeper=request.user, network=network, file_name=file.name or "")
    try:
        sheet = csv_files.read_sheet(file.read(csv_files.MAX_BYTES + 1))
    except csv_files.UnknownColumns as unclear:
        return csv_files.Sheet(), keep(entries=[], table=unclear.table)
    if sheet.fault_count:
        return sheet, None
    return sheet, keep(entries=sheet.entries, reading=sheet.reading)


@require_http_methods(WRITES)
@signed_in
@network_page
def columns(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Which column is which, asked when the headers do not say; faults come line by line, as when taken in."""
    context = kept(request, network)
    found = _waiting(request, network, pk)
    if found.table is None:
        return redirect(money_url(network, f"import/{pk}/"))
    table = table_of(found)
    places, trouble = csv_files.places_of(table.header)
    form = ColumnsForm(*posted(request), table=table, places=places)
    sent = Submission(form, lambda _data: _named(request, found, table, form.places))
    context |= {"found": found, "form": form, "table": table, "trouble": trouble}
    if not sent.done:
        return render(request, "ledger/columns.html", context, status=sent.status)
    if not sent.made.fault_count:
        return redirect(money_url(network, f"import/{pk}/"))
    return render(request, "ledger/columns.html", context | _faults(sent.made, found), status=400)


def _named(
    request: MemberRequest, found: LineImport, table: csv_files.Table, places: csv_files.Places
) -> csv_files.Sheet:
    """What the table says with its columns at `places`; kept when nothing is wrong in it."""
    sheet = csv_files.read_rows(table, places)
    if not sheet.fault_count:
        name_columns(keeper=request.user, kept=found, sheet=sheet)
    return sheet


def _faults(sheet: csv_files.Sheet, found: LineImport) -> dict[str, Any]:
    more = sheet.fault_count - len(sheet.faults)
    return {"sheet": sheet, "more": more, "file_name": found.file_name}


def _waiting(request: MemberRequest, network: Network, pk: int) -> LineImport:
    """Her own kept file, else 404."""
    waiting = LineImport.objects.select_related("network")
    return get_object_or_404(waiting, pk=pk, network=network, author=request.user)


@require_http_methods(WRITES)
@signed_in
@network_page
def confirm(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """What the file says, before it is stored: yes, or no."""
    context = kept(request, network)
    found = _waiting(request, network, pk)
    if found.table is not None and "discard" not in request.POST:
        return redirect(money_url(network, f"import/{pk}/columns/"))
    if request.method == "POST":
        if "discard" in request.POST:
            discard_import(keeper=request.user, kept=found)
            messages.success(request, _("The file was thrown away. Nothing was written."))
            return redirect(money_url(network, "import/"))
        stored = store_import(
            keeper=request.user,
            kept=found,
            skip_known="skip_known" in request.POST,
        )
        messages.success(
            request,
            ngettext(
                "%(n)s line was taken in.",
                "%(n)s lines were taken in.",
                stored,
            )
            % {"n": f"{stored:,}"},
        )
        return redirect(money_url(network))
    entries = entries_of(found)
    known = len(entries) - len(unknown(network, entries))
    return render(
        request,
        "ledger/confirm.html",
        context | {"found": found, "known": known} | _summary(entries) | _read_as(found),
    )


def _read_as(found: LineImport) -> dict[str, Any]:
    """How the file was read: columns used and left out, sums left out. Kept before this was noted: nothing."""
    reading = found.reading
    return {
        "used": [(csv_files.COLUMNS[name], header) for name, header in reading.get("used", [])],
        "left": ", ".join(f"“{header}”" for header in reading.get("left", [])),
        "sums": reading.get("sums", []),
    }


def _summary(entries: list[dict[str, Any]]) -> dict[str, Any]:
    sums = dict.fromkeys(Flow.values, Decimal(0))
    for entry in entries:
        sums[entry["flow"]] += entry["amount"]
    days = [entry["date"] for entry in entries]
    return {
        "count": len(entries),
        "income": lists.baht(sums[Flow.INCOME]),
        "expense": lists.baht(sums[Flow.EXPENSE]),
        "since": lists.day(min(days)),
        "until": lists.day(max(days)),
        "rows": [
            entry
            | {
                "iso": entry["date"].isoformat(),
                "when": lists.day(entry["date"]),
                "amount": lists.baht(entry["amount"]),
                "flow_label": Flow(entry["flow"]).label,
            }
            for entry in entries[:SHOWN]
        ],
        "more": max(0, len(entries) - SHOWN),
    }
