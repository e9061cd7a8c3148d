"""Organisations in networks, seen from either side: invite, ask, answer, part."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums.base.errors import CoordinatorsOnly, ForumError
from forums.base.view_helpers import MemberRequest, Submission, signed_in
from forums.groups.affiliations import actions
from forums.groups.affiliations.actions import Side
from forums.groups.affiliations.forms import NoteForm
from forums.groups.memberships.network_page import network_page, page_context
from forums.groups.memberships.permissions import can_coordinate
from forums.groups.networks.models import Network
from forums.groups.organisations import lists
from forums.groups.organisations.models import NetworkOrganisation, Organisation
from forums.groups.organisations.views import looked_after
from forums.text.thai import clean_line


def _sorted(ties: list[NetworkOrganisation], side: Side) -> dict[str, list[NetworkOrganisation]]:
    """Those who are members, those whom this side has to answer, those it waits for."""
    asked = "by_network_at" if side == Side.NETWORK else "by_organisation_at"
    waiting = [tie for tie in ties if not tie.is_confirmed]
    return {
        "members": [tie for tie in ties if tie.is_confirmed],
        "to_answer": [tie for tie in waiting if getattr(tie, asked) is None],
        "awaited": [tie for tie in waiting if getattr(tie, asked) is not None],
    }


# -- The network's side -------------------------------------------------------------------------


@require_safe
@signed_in
@network_page
def of_network(request: MemberRequest, network: Network) -> HttpResponse:
    """A network's member organisations, for its coordinators."""
    _seen(request, network)
    return _network_page(request, network)


def _network_page(
    request: MemberRequest,
    network: Network,
    *,
    noting: Organisation | None = None,
    form: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; with `form` the note of the organisation `noting` as it was refused."""
    ties = lists.ties_of_network(network)
    query = clean_line(request.GET.get("q", "")[:200])
    found = lists.best_named(lists.to_invite(network), query)[: lists.FOUND]
    context = page_context(request, network, "manage") | _sorted(ties, Side.NETWORK)
    context |= {"query": query, "found": found, "noting": noting, "form": form}
    context["at"] = f"{network.get_absolute_url()}organisations/"
    return render(request, "organisations/of_network.html", context, status=status)


@require_POST
@signed_in
@network_page
def network_agrees(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """The network invites an organisation, says yes to one that asked, or notes what it is to it."""
    _seen(request, network)
    organisation = get_object_or_404(Organisation.objects.shown(), pk=pk)
    form = NoteForm(request.POST)
    sent = Submission(
        form,
        lambda data: actions.agree(
            member=request.user,
            network=network,
            organisation=organisation,
            side=Side.NETWORK,
            note=data["note"] if "note" in request.POST else None,
        ),
        passing=ForumError,
    )
    if not sent.done:
        return _network_page(request, network, noting=organisation, form=form, status=sent.status)
    _said(request, sent.made)
    return redirect(f"{network.get_absolute_url()}organisations/")


@require_POST
@signed_in
@network_page
def network_parts(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """The network takes an organisation out, takes its invitation back, or declines."""
    _seen(request, network)
    was_member = actions.part(
        member=request.user,
        network=network,
        organisation=get_object_or_404(Organisation.objects.shown(), pk=pk),
        side=Side.NETWORK,
    )
    _parted(request, was_member)
    return redirect(f"{network.get_absolute_url()}organisations/")


def _seen(request: HttpRequest, network: Network) -> None:
    if not can_coordinate(request.user, network):
        raise CoordinatorsOnly(network.get_absolute_url())


# -- The organisation's side --------------------------------------------------------------------


@require_safe
@signed_in
def of_organisation(request: MemberRequest, slug: str) -> HttpResponse:
    """The networks of an organisation, for who looks after it."""
    found = looked_after(request, slug)
    ties = lists.ties_of_organisation(found)
    query = clean_line(request.GET.get("q", "")[:200])
    networks = lists.best_named(lists.to_ask(found), query)[: lists.FOUND]
    context = {"section": "networks", "organisation": found, "query": query, "found": networks}
    context["at"] = f"{found.get_absolute_url()}networks/"
    return render(
        request,
        "organisations/of_organisation.html",
        context | _sorted(ties, Side.ORGANISATION),
    )


@require_POST
@signed_in
def organisation_agrees(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """The organisation asks to join a network, or says yes to one that invites it."""
    found = looked_after(request, slug)
    tie = actions.agree(
        member=request.user,
        network=get_object_or_404(Network.objects.shown(), pk=pk),
        organisation=found,
        side=Side.ORGANISATION,
    )
    _said(request, tie)
    return redirect(f"{found.get_absolute_url()}networks/")


@require_POST
@signed_in
def organisation_parts(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """The organisation leaves a network, takes its wish back, or declines."""
    found = looked_after(request, slug)
    was_member = actions.part(
        member=request.user,
        network=get_object_or_404(Network.objects.shown(), pk=pk),
        organisation=found,
        side=Side.ORGANISATION,
    )
    _parted(request, was_member)
    return redirect(f"{found.get_absolute_url()}networks/")


def _said(request: HttpRequest, tie: NetworkOrganisation) -> None:
    if "note" in request.POST:
        messages.success(request, _("Saved."))
    elif tie.is_confirmed:
        messages.success(request, _("Both sides have said yes: it is a member now."))
    else:
        messages.success(request, _("Asked. It counts once the other side has said yes."))


def _parted(request: HttpRequest, was_member: bool) -> None:
    if was_member:
        messages.success(request, _("The organisation is no longer a member of the network."))
    else:
        messages.success(request, _("Taken back."))
