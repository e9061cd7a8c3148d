"""A network's money as a file: out, and in by way of a page that shows what was read."""

from decimal import Decimal
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
    store_import,
    unknown,
)
from forums.ledger.sheets.forms import ImportForm
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
    sheet = csv_files.read_sheet(file.read(csv_files.MAX_BYTES + 1))
    if sheet.fault_count:
        return sheet, None
    return sheet, keep_import(
        keeper=request.user, network=network, entries=sheet.entries, file_name=file.name or ""
    )


@require_http_methods(WRITES)
@signed_in
@network_page
def confirm(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """What the file says, before it is stored: yes, or no."""
    context = kept(request, network)
    found = get_object_or_404(
        LineImport.objects.select_related("network"), pk=pk, network=network, author=request.user
    )
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
                "iso": entry["date"].isoformat(),
                "when": lists.day(entry["date"]),
                "amount": lists.baht(entry["amount"]),
                "flow_label": Flow(entry["flow"]).label,
            }
            for entry in entries[:SHOWN]
        ],
        "more": max(0, len(entries) - SHOWN),
    }
