"""Pages of organisations: all of them, one, registering it, who represents it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.base.errors import ForumError, NotAllowed
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.groups.organisations import actions, lists
from forums.groups.organisations.forms import (
    OrganisationForm,
    RegisterOrganisationForm,
    RepresentForm,
)
from forums.groups.organisations.models import Organisation, Representative, organisation_url
from forums.groups.organisations.permissions import Powers, can_look_after, has_coordinator, powers
from forums.text.thai import clean_line


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Every organisation in dictionary order; those it finds with ?q=."""
    context = {
        "section": "networks",
        "page": lists.directory(request.GET),
        "query": clean_line(request.GET.get("q", "")[:200]),
        "unbelieved": lists.unbelieved() if request.user.is_staff else [],
    }
    return render(request, "organisations/directory.html", context)


def _at(request: HttpRequest, slug: str) -> Organisation:
    """The organisation of this address; Http404 for one that the reader may not know of."""
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What it does, the networks it is in, who represents it."""
    found = _at(request, slug)
    if found.merged_into_id is not None:
        into = get_object_or_404(
            Organisation.objects.visible_to(request.user), pk=found.merged_into_id
        )
        return redirect(into)  # not for ever: it may be undone
    people = lists.people_of(found)
    may = Powers(request.user, found, people)
    shown = [each for each in people if each.confirmed_at is not None]
    return render(
        request,
        "organisations/organisation.html",
        {
            "section": "networks",
            "organisation": found,
            "networks": [tie for tie in lists.ties_of_organisation(found) if tie.is_confirmed],
            "people": [(each, may.can_take_back(each)) for each in shown],
            # Those who wait are shown to whoever may answer, and to nobody else.
            "waiting": [
                each for each in people if each.confirmed_at is None and may.can_confirm(each)
            ],
            "hers": next((each for each in people if each.member_id == request.user.pk), None),
            "is_looked_after": may.is_looked_after,
            "may_look_after": may.may_look_after,
            "may_name": may.coordinates,
        },
    )


@require_http_methods(WRITES)
@signed_in
def register(request: MemberRequest) -> HttpResponse:
    """Register an organisation, open to every member."""
    form = RegisterOrganisationForm(
        *posted(request), initial={"name": request.GET.get("name", "")[:120]}
    )
    sent = Submission(
        form,
        lambda data: actions.register_organisation(member=request.user, **data),
        drafts_of=request,
    )
    if sent.done:
        messages.success(request, _("The organisation has its page now."))
        return redirect(sent.made)
    context = {"section": "networks", "form": form, "taken": _where(sent.refusal)}
    return render(request, "organisations/form.html", context, status=sent.status)


@require_http_methods(WRITES)
@signed_in
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change what its page says."""
    found = looked_after(request, slug)
    facts = ("name", "about", "sector", "province", "website")
    form = OrganisationForm(
        *posted(request), initial={name: getattr(found, name) for name in facts}
    )
    sent = Submission(
        form,
        lambda data: actions.edit_organisation(editor=request.user, organisation=found, **data),
        drafts_of=request,
    )
    if sent.done:
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"section": "networks", "form": form, "organisation": found}
    context |= {"taken": _where(sent.refusal)}
    return render(request, "organisations/form.html", context, status=sent.status)


def _where(error: ForumError | None) -> str:
    """The page of the organisation that has the name already, or ''."""
    return organisation_url(error.slug) if isinstance(error, actions.OrganisationNameTaken) else ""


def looked_after(request: HttpRequest, slug: str) -> Organisation:
    """The organisation, for who looks after it; NotAllowed for others."""
    found = _at(request, slug)
    if not can_look_after(request.user, found):
        raise NotAllowed(_("Only who looks after this organisation may do this."))
    return found


# -- Who represents it --------------------------------------------------------------------------


@require_http_methods(WRITES)
@signed_in
def represent(request: MemberRequest, slug: str) -> HttpResponse:
    """Say that one represents it."""
    found = _at(request, slug)
    hers = Representative.objects.filter(organisation=found, member=request.user.pk).first()
    form = RepresentForm(*posted(request), initial={"title": hers.title if hers else ""})
    sent = Submission(
        form,
        lambda data: actions.ask_to_represent(
            member=request.user, organisation=found, title=data["title"]
        ),
    )
    if sent.done:
        messages.success(
            request, _("You have said so. It is shown once somebody has confirmed it.")
        )
        return redirect(found)
    context: dict[str, Any] = {
        "section": "networks",
        "organisation": found,
        "form": form,
        "is_looked_after": has_coordinator(found),
    }
    return render(request, "organisations/represent.html", context, status=sent.status)


@require_POST
@signed_in
def person(request: MemberRequest, slug: str, pk: int, verb: str) -> HttpResponse:
    """Confirm that somebody represents it, take that back, let her look after its page or no longer."""
    found = _at(request, slug)
    hers = get_object_or_404(
        Representative.objects.select_related("organisation"), pk=pk, organisation=found
    )
    if hers.confirmed_at is None and not powers(request.user, found).can_take_back(hers):
        raise Http404  # who waits is nobody else's business
    match verb:
        case "confirm":
            actions.confirm_representative(confirmer=request.user, representative=hers)
            messages.success(request, _("Confirmed. The page shows it now."))
        case "remove":
            actions.take_back_representative(member=request.user, representative=hers)
            messages.success(request, _("Taken back."))
        case _:
            to = verb == "coordinator"
            actions.set_coordinator(keeper=request.user, representative=hers, to=to)
            messages.success(request, _("Saved."))
    return redirect(found)
