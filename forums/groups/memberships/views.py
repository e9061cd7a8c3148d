"""Pages of memberships: a network's members, joining, leaving, who asks to join."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums.base.drafts import open_with_draft
from forums.base.errors import LastCoordinator, NotAllowed, Stale
from forums.base.view_helpers import MemberRequest, Submission, fill, posted, signed_in
from forums.groups.memberships import actions, cards, lists
from forums.groups.memberships.forms import JoinForm, RemoveForm, RequestAnswerForm, RoleForm
from forums.groups.memberships.models import JoinRequest, Membership, may_see, role_in
from forums.groups.memberships.network_page import for_coordinators, network_page, page_context
from forums.groups.networks.models import Audience, Joining, Network
from forums.text.handles import handle_key

# -- joining and leaving ------------------------------------------------------------------------


@network_page
@signed_in
def join(request: MemberRequest, network: Network) -> HttpResponse:
    """Join at once, ask to be let in, or read why neither can be done here."""
    standing = lists.standing(request.user, network.pk)
    if standing.role:
        messages.info(request, _("You are a member of this network already."))
        return redirect(network)
    way = _way(network, standing)
    if request.method != "POST":
        form = JoinForm(questions=network.questions)
        open_with_draft(request, form)
        return _join_page(request, network, form, way, standing)
    if way == "open":
        actions.join(member=request.user, network=network)
        messages.success(request, _("Welcome! You are a member of “%s” now.") % network.name)
        return redirect(network)
    form = JoinForm(request.POST, questions=network.questions)
    sent = Submission(
        form, lambda _data: _ask(request, network, form), passing=NotAllowed, drafts_of=request
    )
    if sent.done:
        return redirect("network_join", slug=network.slug)
    if sent.refusal and form.are_others:  # or the form would say again that they were others
        fill(form, seen=form.name_of_questions)
    return _join_page(request, network, form, way, standing, status=sent.status)


def _ask(request: MemberRequest, network: Network, form: JoinForm) -> None:
    if form.are_others:
        raise Stale(_("The network has changed its questions just now. Please answer these."))
    actions.ask_to_join(
        member=request.user, network=network, answers=form.answers, seen=network.questions
    )


def _way(network: Network, standing: lists.Standing) -> str:
    """By which way she may come in now."""
    if not network.is_open:
        return "closed"
    if standing.asked_at:
        return "pending"
    if network.joining == Joining.INVITATION:
        return "invitation"
    if standing.asks_again_from:
        return "declined"
    if network.joining == Joining.OPEN and not standing.was_removed:
        return "open"
    return "request"


def _join_page(
    request: HttpRequest,
    network: Network,
    form: JoinForm,
    way: str,
    standing: lists.Standing,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "networks",
        "network": network,
        "form": form,
        "way": way,
        "standing": standing,
    }
    return render(request, "memberships/join.html", context, status=status)


@require_POST
@network_page
@signed_in
def take_back(request: MemberRequest, network: Network) -> HttpResponse:
    """Take back one's own request."""
    if actions.take_request_back(member=request.user, network=network):
        messages.success(request, _("Your request is taken back."))
    return redirect("network_join", slug=network.slug)


@network_page
@signed_in
def leave(request: MemberRequest, network: Network) -> HttpResponse:
    """Ask, then let go; the last coordinator reads that she must hand over first."""
    if not role_in(request.user, network.pk):
        messages.info(request, _("You are not a member of this network."))
        return redirect(network)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            actions.leave(member=request.user, network=network)
        except LastCoordinator as error:
            refusal, status = str(error.message), error.status
        else:
            messages.success(request, _("You have left “%s”.") % network.name)
            return redirect(network)
    context = {"section": "networks", "network": network, "refusal": refusal}
    return render(request, "memberships/leave.html", context, status=status)


# -- members ------------------------------------------------------------------------------------


@require_safe
@network_page
def members(request: HttpRequest, network: Network) -> HttpResponse:
    """Who is in the network, for those whom it shows them to."""
    context = page_context(request, network, "members")
    if not may_see(request.user, network.pk, network.members_shown_to):
        context["shown_to"] = str(Audience(network.members_shown_to).label)
        return render(request, "memberships/members_not_shown.html", context)
    context["page"] = page = lists.members(network.pk, request.GET)
    leads = f"{network.get_absolute_url()}members/" if context["may_coordinate"] else ""
    context["apart"] = cards.printed(page.apart, leads=leads)
    context["rows"] = cards.printed(page.rows, leads=leads)
    context["typed"] = request.GET.get("q", "")[:100]
    if context["may_coordinate"]:
        context["waiting"] = lists.count_waiting([network.pk]).get(network.pk, 0)
    return render(request, "memberships/members.html", context)


@for_coordinators
def member(request: MemberRequest, network: Network, handle: str) -> HttpResponse:
    """One member's role, to be changed by a coordinator."""
    found = _membership(network, handle)
    form = RoleForm(*posted(request), initial={"role": found.role})
    sent = Submission(
        form,
        lambda data: actions.give_role(
            coordinator=request.user, network=network, member=found.member, role=data["role"]
        ),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("%s has this role now.") % found.member)
        return redirect("network_members", slug=network.slug)
    context = {"section": "networks", "network": network, "membership": found, "form": form}
    return render(request, "memberships/member.html", context, status=sent.status)


@for_coordinators
def remove(request: MemberRequest, network: Network, handle: str) -> HttpResponse:
    """Ask why, then take a member out."""
    found = _membership(network, handle)
    if found.member_id == request.user.pk:
        return redirect("network_leave", slug=network.slug)
    form = RemoveForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.remove(
            coordinator=request.user,
            network=network,
            member=found.member,
            reason=data["reason"],
        ),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("%s is no longer a member.") % found.member)
        return redirect("network_members", slug=network.slug)
    context = {"section": "networks", "network": network, "membership": found, "form": form}
    return render(request, "memberships/remove.html", context, status=sent.status)


def _membership(network: Network, handle: str) -> Membership:
    return get_object_or_404(
        Membership.objects.select_related("member"),
        network=network,
        member__handle_key=handle_key(handle[:100]),
    )


# -- requests -----------------------------------------------------------------------------------


@require_safe
@for_coordinators
def requests(request: MemberRequest, network: Network) -> HttpResponse:
    """Who asks to join, whoever has waited longest first."""
    return _requests_page(request, network)


@for_coordinators
def answer(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Let somebody in, or decline."""
    if request.method != "POST":
        return redirect("network_requests", slug=network.slug)
    asked = get_object_or_404(JoinRequest.objects.select_related("member"), pk=pk, network=network)
    form = RequestAnswerForm(request.POST)
    sent = Submission(
        form,
        lambda data: actions.answer_request(
            coordinator=request.user, request=asked, accept=data["accept"], word=data["word"]
        ),
        passing=NotAllowed,
    )
    if not sent.done:
        return _requests_page(request, network, refused=form, asked=pk, status=sent.status)
    done = (
        _("%s is a member now, and gets a letter.")
        if form.cleaned_data["accept"]
        else _("%s is declined, and gets a letter.")
    )
    messages.success(request, done % asked.member)
    return redirect("network_requests", slug=network.slug)


def _requests_page(
    request: HttpRequest,
    network: Network,
    *,
    refused: RequestAnswerForm | None = None,
    asked: int = 0,
    status: int = 200,
) -> HttpResponse:
    context = page_context(request, network, "members")
    page = lists.waiting(network.pk, request.GET)
    for row in page.rows:
        same = refused is not None and row.pk == asked
        row.form = refused if same else RequestAnswerForm(auto_id=f"r{row.pk}_%s")
    if refused is not None and all(row.pk != asked for row in page.rows):
        context["refusal"] = refused.non_field_errors
    return render(request, "memberships/requests.html", context | {"page": page}, status=status)
