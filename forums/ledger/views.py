"""Pages of a network's money: its lines and years, writing them, their history."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.base.errors import CoordinatorsOnly
from forums.base.view_helpers import (
    WRITES,
    MemberRequest,
    Submission,
    fill,
    posted,
    signed_in,
)
from forums.groups.memberships.network_page import network_page, page_context
from forums.groups.networks.models import Network
from forums.ledger import actions, lists
from forums.ledger.chart import chart
from forums.ledger.forms import EditLineForm, LineForm, ReasonForm
from forums.ledger.models import Line
from forums.ledger.permissions import can_keep_books, can_read_money
from forums.pictures.actions import save_picture
from forums.pictures.models import Attachment


def money_url(network: Network, more: str = "") -> str:
    return f"{network.get_absolute_url()}money/{more}"


def read(request: HttpRequest, network: Network) -> dict[str, Any]:
    """The context of a page about money; Http404 for who may not read it."""
    if not can_read_money(request.user, network):
        raise Http404
    return page_context(request, network, "money") | {
        "money_url": money_url(network),
        "may_keep": can_keep_books(request.user, network),
    }


def kept(request: HttpRequest, network: Network) -> dict[str, Any]:
    """The same of a page on which money is written; NotAllowed for who may only read."""
    context = read(request, network)
    if not context["may_keep"]:
        raise CoordinatorsOnly(network.get_absolute_url())
    return context


@require_safe
@network_page
def money(request: HttpRequest, network: Network) -> HttpResponse:
    """What came in and went out: the years, then the lines, the newest first."""
    context = read(request, network)
    years = lists.years(network)
    year = lists.asked_year(request.GET)
    return render(
        request,
        "ledger/money.html",
        context
        | {
            "years": years,
            "chart": chart(years),
            "year": year,
            "year_label": year and lists.year_label(year),
            "page": lists.page(network, request.GET),
        },
    )


@require_safe
@network_page
def history(request: HttpRequest, network: Network) -> HttpResponse:
    """Every change, with who, when and why."""
    context = read(request, network)
    page = lists.changes(network, request.GET)
    return render(
        request,
        "ledger/history.html",
        context | {"page": page, "line": lists.asked_line(request.GET)},
    )


@require_POST
@signed_in
@network_page
def switch(request: MemberRequest, network: Network, to: str) -> HttpResponse:
    """Open the ledger to everyone, or close it to all but coordinators."""
    kept(request, network)
    if to == "open":
        actions.open_ledger(keeper=request.user, network=network)
        messages.success(request, _("Everyone can read the network's money now."))
    else:
        actions.close_ledger(keeper=request.user, network=network)
        messages.success(
            request, _("Only coordinators see the network's money now. Nothing was deleted.")
        )
    return redirect(money_url(network))


# -- Lines --------------------------------------------------------------------------------------


@require_http_methods(WRITES)
@signed_in
@network_page
def add(request: MemberRequest, network: Network) -> HttpResponse:
    """Write a line."""
    context = kept(request, network)
    form = LineForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.add_line(
            keeper=request.user,
            network=network,
            document=_document(request, form),
            submission=data["submission"],
            again=data["again"],
            **form.entry,
        ),
    )
    if sent.done:
        messages.success(request, _("The line stands in the ledger."))
        return redirect(money_url(network))
    if isinstance(sent.refusal, actions.SameLine):
        fill(form, again="1")
    return render(request, "ledger/line.html", context | {"form": form}, status=sent.status)


@require_http_methods(WRITES)
@signed_in
@network_page
def edit(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Change a line, and say why."""
    context = kept(request, network)
    line = _line(network, pk)
    form = EditLineForm(
        *posted(request),
        initial={
            "flow": line.flow,
            "date": lists.day(line.date),
            "source": line.source,
            "purpose": line.purpose,
            "amount": lists.baht(line.amount),
            "document_link": line.document_link,
            "revision": line.revision,
        },
    )
    sent = Submission(
        form,
        lambda data: actions.edit_line(
            keeper=request.user,
            line=line,
            reason=data["reason"],
            document=_document(request, form),
            remove_document=data["remove_document"],
            seen_revision=data["revision"],
            **form.entry,
        ),
    )
    if sent.done:
        messages.success(request, _("The line was changed. Its history keeps what it was."))
        return redirect(money_url(network))
    context |= {"form": form, "line": line}
    return render(request, "ledger/line.html", context, status=sent.status)


@require_http_methods(WRITES)
@signed_in
@network_page
def take_out(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Take a line out, and say why."""
    context = kept(request, network)
    line = _line(network, pk)
    form = ReasonForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.take_out_line(keeper=request.user, line=line, reason=data["reason"]),
    )
    if sent.done:
        messages.success(request, _("The line was taken out. It stays in the history."))
        return redirect(money_url(network))
    context |= {"form": form, "line": line, "row": lists.row(line)}
    return render(request, "ledger/take_out.html", context, status=sent.status)


def _line(network: Network, pk: int) -> Line:
    lines = Line.objects.shown().select_related("document", "network")
    return get_object_or_404(lines, network=network, pk=pk)


def _document(request: MemberRequest, form: LineForm) -> Attachment | None:
    """The picture that came along, kept. Raises what `save_picture` raises."""
    file = form.cleaned_data.get("document")
    if not file:
        return None
    return save_picture(
        uploader=request.user,
        file=file,
        alt=form.cleaned_data["purpose"],
    )
