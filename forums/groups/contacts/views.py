"""The two lists coordinators keep on a network's page: contacts, and who does what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from forums.base.errors import NotAllowed, Stale
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, refuse
from forums.groups.contacts import actions
from forums.groups.contacts.forms import ContactForm, OfficeForm
from forums.groups.contacts.models import Contact, Office
from forums.groups.contacts.wording import contact_url, term
from forums.groups.memberships.network_page import for_coordinators, page_context
from forums.groups.networks.models import Network


@dataclass(frozen=True, slots=True)
class EntryList:
    """One of the two lists: where it is, what it holds, which form writes it."""

    model: type[Contact] | type[Office]
    form: type[ContactForm] | type[OfficeForm]
    write: Callable[..., Any]
    title: str | Promise
    hint: str | Promise
    add: str | Promise
    empty: str | Promise


PARTS = {
    "contacts": EntryList(
        Contact,
        ContactForm,
        lambda **values: actions.save_contact(contact=values.pop("entry"), **values),
        gettext_lazy("Contacts"),
        gettext_lazy("How one reaches the network; for each you say who may see it."),
        gettext_lazy("Add a contact"),
        gettext_lazy("No contacts yet. A stranger who wants to help does not know where to write."),
    ),
    "structure": EntryList(
        Office,
        OfficeForm,
        lambda **values: actions.save_office(office=values.pop("entry"), **values),
        gettext_lazy("Who does what"),
        gettext_lazy("Duties, who holds them, from when and until when. Everyone can read it."),
        gettext_lazy("Add a duty"),
        gettext_lazy("Nothing yet. Who coordinates, who keeps the money, who calls the meeting?"),
    ),
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of a list: what it is, what it says, and what else."""

    pk: int
    what: str
    says: str
    url: str
    shown_to: str = ""
    time: str = ""


@require_http_methods(WRITES)
@for_coordinators
def entry_list(request: MemberRequest, network: Network, part: str) -> HttpResponse:
    """The list, and a form to add to it."""
    kind = PARTS[part]
    form = kind.form(*posted(request), network=network)
    sent = _saving(request, network, kind, form, None)
    if not sent.done:
        return _page(request, network, part, form, status=sent.status)
    messages.success(request, _("Added."))
    return redirect(f"{network.get_absolute_url()}{part}/")


@require_http_methods(WRITES)
@for_coordinators
def entry(request: MemberRequest, network: Network, part: str, pk: int) -> HttpResponse:
    """Change one of them. One taken away meanwhile gives its text back in the form for a new one."""
    kind = PARTS[part]
    found = _rows(kind, network).filter(pk=pk).first()
    if request.method != "POST":
        found = get_object_or_404(_rows(kind, network), pk=pk)
        initial = {**kind.form.values_of(found), "seen": actions.seen_as(found)}
        return _page(
            request, network, part, kind.form(initial=initial, network=network), entry=found
        )
    form = kind.form(request.POST, network=network)
    if found is None:
        return _page(request, network, part, form, status=refuse(form, Stale()))
    sent = _saving(request, network, kind, form, found)
    if not sent.done:
        return _page(request, network, part, form, status=sent.status, entry=found)
    messages.success(request, _("Saved."))
    return redirect(f"{network.get_absolute_url()}{part}/")


@require_POST
@for_coordinators
def move(request: MemberRequest, network: Network, part: str, pk: int) -> HttpResponse:
    """One place up, or down."""
    found = get_object_or_404(_rows(PARTS[part], network), pk=pk)
    up = request.POST.get("up") == "1"
    actions.move(editor=request.user, network=network, entry=found, up=up)
    return redirect(f"{network.get_absolute_url()}{part}/")


@require_POST
@for_coordinators
def remove(request: MemberRequest, network: Network, part: str, pk: int) -> HttpResponse:
    """Take one away; pressed twice it is gone once."""
    if found := _rows(PARTS[part], network).filter(pk=pk).first():
        actions.remove(editor=request.user, network=network, entry=found)
    messages.success(request, _("Taken away."))
    return redirect(f"{network.get_absolute_url()}{part}/")


def _rows(kind: EntryList, network: Network) -> Any:
    if kind.model is Office:
        return Office.objects.filter(network=network).select_related("member")
    return kind.model.objects.filter(network=network)


def _saving(
    request: MemberRequest,
    network: Network,
    kind: EntryList,
    form: Form,
    found: Contact | Office | None,
) -> Submission[Any]:
    return Submission(
        form,
        lambda data: kind.write(
            editor=request.user,
            network=network,
            entry=found,
            **data | {"seen": (found and data["seen"]) or None},
        ),
        passing=NotAllowed,
    )


def _page(
    request: HttpRequest,
    network: Network,
    part: str,
    form: Form,
    *,
    status: int = 200,
    entry: Contact | Office | None = None,
) -> HttpResponse:
    kind = PARTS[part]
    rows = [] if entry else [_shown(row) for row in _rows(kind, network)]
    context = {
        **page_context(request, network, "manage"),
        "part": part,
        "words": kind,
        "form": form,
        "rows": rows,
        "entry": entry,
    }
    return render(request, "networks/entries.html", context, status=status)


def _shown(row: Contact | Office) -> EntryRow:
    if isinstance(row, Contact):
        return EntryRow(
            pk=row.pk,
            what=row.label,
            says=row.value,
            url=contact_url(row.value),
            shown_to=row.get_audience_display(),
        )
    return EntryRow(
        pk=row.pk,
        what=row.title,
        says=row.holder,
        url=row.member.get_absolute_url() if row.member else "",
        time=term(row.since, row.until),
    )
