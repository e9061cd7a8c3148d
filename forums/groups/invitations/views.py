"""Pages of invitations: a coordinator makes them, whoever gets one opens it."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from forums.base.errors import AlreadyIn, ForumError, NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.groups.invitations import actions, lists
from forums.groups.invitations.forms import InvitationLinkForm, MailForm
from forums.groups.invitations.models import Invitation
from forums.groups.invitations.permissions import can_mail
from forums.groups.invitations.qr import qr_code
from forums.groups.memberships.models import role_in
from forums.groups.memberships.network_page import for_coordinators, page_context
from forums.groups.networks.models import NETWORK_SHOWN, Network

_kept_nowhere = cache_control(private=True, no_store=True)  # pages that show a link, which is a key


@_kept_nowhere
@for_coordinators
def invitations(request: MemberRequest, network: Network) -> HttpResponse:
    """The links there are, and a form for a new one."""
    form = InvitationLinkForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.make_link(coordinator=request.user, network=network, **data),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("The link is made. Copy it, and send it to whom you like."))
        return redirect(f"{network.get_absolute_url()}invitations/#made")
    context = page_context(request, network, "members")
    page = lists.invitations(network.pk, request.GET)
    # The code of one, not of twenty: she has just made it, and shows it to who stands beside her.
    newest = next((row for row in page.rows if row.is_to_hand_out), None) if page.is_first else None
    context |= {"form": form, "page": page, "newest": newest}
    later = "" if can_mail(request.user) else actions.MailsLater(network).message
    context["mail_later"] = later
    context["code"] = qr_code(newest.link) if newest else None
    return render(request, "memberships/invitations.html", context, status=sent.status)


@require_safe
@_kept_nowhere
@for_coordinators
def sheet(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """A link as a sheet of paper: to print and hang up, or to hold out on a screen."""
    handed_out = Invitation.objects.filter(network=network, email="", email_forgotten_at=None)
    found = get_object_or_404(handed_out, pk=pk)
    if lists.state_of(found, timezone.now()) != lists.OPEN:
        messages.info(request, _("This invitation lets nobody in any more."))
        return redirect("network_invitations", slug=network.slug)
    context = {
        "section": "networks",
        "network": network,
        "invitation": found,
        "code": qr_code(found.link),
    }
    return render(request, "memberships/sheet.html", context)


@for_coordinators
def by_mail(request: MemberRequest, network: Network) -> HttpResponse:
    """Invite up to twenty addresses by e-mail."""
    if request.method != "POST":
        actions.refuse_newcomer(request.user, network)
    form = MailForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.invite_by_mail(coordinator=request.user, network=network, **data),
        passing=NotAllowed,
    )
    if sent.done:
        words = ngettext(
            "%(count)d invitation is on its way.",
            "%(count)d invitations are on their way.",
            len(sent.made),
        )
        messages.success(request, words % {"count": len(sent.made)})
        return redirect("network_invitations", slug=network.slug)
    context = {"section": "networks", "network": network, "form": form}
    return render(request, "memberships/invite_by_mail.html", context, status=sent.status)


@require_POST
@for_coordinators
def revoke(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    """Make a link good for nobody any more."""
    found = get_object_or_404(Invitation, pk=pk, network=network)
    actions.revoke(coordinator=request.user, invitation=found)
    messages.success(request, _("This invitation lets nobody in any more."))
    return redirect("network_invitations", slug=network.slug)


def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """What one is invited to, and the button that lets one in.

    The address itself is the key, so it is kept by no cache, found by no search, and told to no other
    page: `strict-origin` sends the site's name without it. (`no-referrer` would make browsers send
    forms with the origin "null", which the check of forged forms has to refuse.)
    """
    response = _invitation(request, token)
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    found = get_object_or_404(
        Invitation.objects.select_related("network", "created_by").filter(
            NETWORK_SHOWN.q(path="network__")
        ),
        token=token,
    )
    if request.method == "POST":
        return _use(request, found)
    try:
        if role_in(request.user, found.network_id):
            raise AlreadyIn
        actions.refuse_bad(found, found.network, timezone.now())
    except ForumError as error:
        return _page(request, found, error)
    return _page(request, found)


@signed_in
def _use(request: MemberRequest, found: Invitation) -> HttpResponse:
    try:
        actions.use_invitation(member=request.user, invitation=found)
    except ForumError as error:
        return _page(request, found, error)
    messages.success(request, _("Welcome! You are a member of “%s” now.") % found.network.name)
    return redirect(found.network)


def _page(request: HttpRequest, found: Invitation, error: ForumError | None = None) -> HttpResponse:
    context = {
        "section": "networks",
        "network": found.network,
        "invitation": found,
        "refusal": error.message if error else "",
        "is_in": isinstance(error, AlreadyIn),
        "next": quote(request.path, safe=""),
    }
    status = error.status if error else 200
    return render(request, "memberships/invitation.html", context, status=status)
