"""A network's money as a file: out, and in by way of a page that shows what was read."""

import gzip
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.groups.memberships.network_page import network_page
from forums.groups.networks.models import Network
from forums.ledger import csv_files, lists
from forums.ledger.actions import LedgerFull
from forums.ledger.columns import COLUMNS, Places, places_of
from forums.ledger.models import Flow, LineImport
from forums.ledger.sheets.actions import (
    SheetsTooFast,
    discard_import,
    entries_of,
    keep_import,
    name_columns,
    read_file,
    read_named,
    store_import,
    table_of,
    unknown,
)
from forums.ledger.sheets.forms import ColumnsForm, ImportForm
from forums.ledger.sheets.kept import Version, file_of, version_of
from forums.ledger.views import kept, money_url, read

SHOWN = 20  # lines of a file, before it is taken in


@require_safe
@network_page
def export(request: HttpRequest, network: Network) -> HttpResponse:
    """Every line as CSV that Excel opens in Thai; who has it already is told so."""
    read(request, network)
    version = version_of(network)
    etag = f'W/"{version}"'
    answer: HttpResponse | None = get_conditional_response(request, etag=etag)
    return answer or _sent(request, network, version, etag)


def _sent(request: HttpRequest, network: Network, version: Version, etag: str) -> HttpResponse:
    file = file_of(network, version)
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        file if packed else gzip.decompress(file), content_type="text/csv; charset=utf-8"
    )
    if packed:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    name = "-".join((_("Open budget"), network.slug)) + ".csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = etag
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
        sheet = read_file(keeper=request.user, file=file)
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
    places, trouble = places_of(table.header)
    form = ColumnsForm(*posted(request), table=table, places=places)
    sent = Submission(form, lambda _data: _named(request, found, table, form.places))
    context |= {"found": found, "form": form, "table": table, "trouble": trouble}
    if not sent.done:
        return render(request, "ledger/columns.html", context, status=sent.status)
    if not sent.made.fault_count:
        return redirect(money_url(network, f"import/{pk}/"))
    return render(request, "ledger/columns.html", context | _faults(sent.made, found), status=400)


def _named(
    request: MemberRequest, found: LineImport, table: csv_files.Table, places: Places
) -> csv_files.Sheet:
    """What the table says with its columns at `places`; kept when nothing is wrong in it."""
    sheet = read_named(keeper=request.user, table=table, places=places)
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
    status = 200
    if request.method == "POST":
        try:
            return _answered(request, network, found)
        except (
            LedgerFull,
            SheetsTooFast,
        ) as refusal:  # the file is still there to say yes to later
            messages.error(request, str(refusal.message))
            status = refusal.status
    context |= {"found": found} | _looked_through(network, found) | _read_as(found)
    return render(request, "ledger/confirm.html", context, status=status)


def _answered(request: MemberRequest, network: Network, found: LineImport) -> HttpResponse:
    if "discard" in request.POST:
        discard_import(keeper=request.user, kept=found)
        messages.success(request, _("The file was thrown away. Nothing was written."))
        return redirect(money_url(network, "import/"))
    stored = store_import(keeper=request.user, kept=found, skip_known="skip_known" in request.POST)
    words = ngettext("%(n)s line was taken in.", "%(n)s lines were taken in.", stored)
    messages.success(request, words % {"n": f"{stored:,}"})
    return redirect(money_url(network))


def _read_as(found: LineImport) -> dict[str, Any]:
    """How the file was read: columns used and left out, sums left out. Kept before this was noted: nothing."""
    reading = found.reading
    return {
        "used": [(COLUMNS[name], header) for name, header in reading.get("used", [])],
        "left": ", ".join(f"“{header}”" for header in reading.get("left", [])),
        "sums": reading.get("sums", []),
    }


def _looked_through(network: Network, found: LineImport) -> dict[str, Any]:
    """What a kept file says, and how much of it is known: found once for as long as no line of the ledger changes."""
    cache, key = caches["process"], f"sheet:{found.pk}:{version_of(network)}"
    said: dict[str, Any] | None = cache.get(key)
    if said is None:
        entries = entries_of(found)
        known = len(entries) - len(unknown(network, entries))
        said = _summary(entries) | {"known": known}
        cache.set(key, said)
    return said


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
