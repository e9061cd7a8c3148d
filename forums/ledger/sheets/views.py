"""A network's money as a file: out, and in by way of a page that shows what was read."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from forums.base.errors import ForumError
from forums.base.view_helpers import refuse, signed_in
from forums.groups.memberships.network_page import network_page
from forums.groups.networks.models import Network
from forums.ledger import csv_files, lists
from forums.ledger.models import Flow, LineImport
from forums.ledger.sheets.actions import (
    discard_import,
    entries_of,
    keep_import,
    store_import,
    unknown,
)
from forums.ledger.sheets.forms import ImportForm
from forums.ledger.views import kept, money_url, read

SHOWN = 20  # lines of a file, before it is taken in


@require_safe
@network_page
def export(request: HttpRequest, network: Network) -> HttpResponse:
    """Every line as CSV that Excel opens in Thai."""
    read(request, network)
    response = StreamingHttpResponse(
        csv_files.written(lists.sheet_rows(network)), content_type="text/csv; charset=utf-8"
    )
    name = "-".join((_("Open budget"), network.slug)) + ".csv"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-cache"
    return response  # type: ignore[return-value]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@network_page
def take_in(request: HttpRequest, network: Network) -> HttpResponse:
    """Choose a file. What is wrong in it is said line by line; nothing of it is kept then."""
    context = kept(request, network)
    form, status = ImportForm(), 200
    if request.method == "POST":
        form, status = ImportForm(request.POST, request.FILES), 400
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                sheet = csv_files.read_sheet(file.read(csv_files.MAX_BYTES + 1))
                if not sheet.fault_count:
                    found = keep_import(
                        keeper=request.user,  # type: ignore[arg-type]
                        network=network,
                        entries=sheet.entries,
                        file_name=file.name or "",
                    )
                    return redirect(money_url(network, f"import/{found.pk}/"))
                context |= {
                    "sheet": sheet,
                    "more": sheet.fault_count - len(sheet.faults),
                    "file_name": file.name,
                }
            except ForumError as error:
                status = refuse(form, error)
    return render(request, "ledger/import.html", context | {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@network_page
def confirm(request: HttpRequest, network: Network, pk: int) -> HttpResponse:
    """What the file says, before it is stored: yes, or no."""
    context = kept(request, network)
    found = get_object_or_404(
        LineImport.objects.select_related("network"), pk=pk, network=network, author=request.user
    )
    if request.method == "POST":
        if "discard" in request.POST:
            discard_import(keeper=request.user, kept=found)  # type: ignore[arg-type]
            messages.success(request, _("The file was thrown away. Nothing was written."))
            return redirect(money_url(network, "import/"))
        stored = store_import(
            keeper=request.user,  # type: ignore[arg-type]
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
        context | {"found": found, "known": known} | _summary(entries),
    )


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
                "when": lists.day(entry["date"]),
                "amount": lists.baht(entry["amount"]),
                "flow_label": Flow(entry["flow"]).label,
            }
            for entry in entries[:SHOWN]
        ],
        "more": max(0, len(entries) - SHOWN),
    }
