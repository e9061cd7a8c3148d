"""The emails of memberships: what each says when it is sent, and to whom it says nothing any more."""

from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.memberships.registry import waits
from forums.groups.networks.models import Network
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, whole_address

waits("FROM forums_joinrequest r WHERE r.network_id = m.network_id AND r.decided_at IS NULL")


def _network(email: Email) -> Network | None:
    """The network an email speaks of, unless its reader may no longer know of it."""
    return Network.objects.visible_to(email.member).filter(pk=email.data["network"]).first()


@email_kind("join_asked")
def join_asked(email: Email) -> EmailText | None:
    """People ask to join a network she coordinates; nothing when none waits any more."""
    network = _network(email)
    if network is None or not network.is_open or not coordinates_now(email.member_id, network.pk):
        return None
    waiting = JoinRequest.objects.filter(network=network, decided_at=None).count()
    if not waiting:
        return None
    said = {
        "network": network.name,
        "count": waiting,
        "link": whole_address(f"/n/{quote(network.slug)}/requests/"),
    }
    asks = ngettext(
        "%(count)d person asks to join “%(network)s”",
        "%(count)d people ask to join “%(network)s”",
        waiting,
    )
    return EmailText(
        asks % said,
        f"{asks % said}\n\n" + _("Read what they say, and answer here:\n%(link)s") % said,
        _("You get this letter because you coordinate this network; once an hour at most."),
    )


@email_kind("join_answered")
def join_answered(email: Email) -> EmailText | None:
    """A coordinator has answered her request."""
    request = (
        JoinRequest.objects.select_related("network")
        .filter(pk=email.data["request"], decided_at__isnull=False)
        .first()
    )
    if request is None or request.network.hidden_at is not None:
        return None
    said = {
        "network": request.network.name,
        "link": whole_address(request.network.get_absolute_url()),
    }
    if request.accepted:
        subject = _("Welcome to “%(network)s”") % said
        body = _("You are a member of “%(network)s” now.") % said
    else:
        subject = _("An answer from “%(network)s”") % said
        body = _("“%(network)s” cannot let you in now.") % said
    if request.answer:
        body += "\n\n" + _("A coordinator says:\n%(words)s") % {"words": request.answer}
    return EmailText(
        subject, f"{body}\n\n{said['link']}", _("You get this letter because you asked to join.")
    )


@email_kind("member_removed")
def member_removed(email: Email) -> EmailText | None:
    """She was taken out of a network, and why; nothing when she is back."""
    network = _network(email)
    if network is None or _is_in(email, network):
        return None
    said = {"network": network.name, "reason": email.data["reason"]}
    return EmailText(
        _("You are no longer a member of “%(network)s”") % said,
        _(
            "A coordinator has taken you out of the network “%(network)s”, for this reason:\n"
            "%(reason)s\n\n"
            "What you wrote stays where it is, and what is open to everyone is open to you."
        )
        % said,
        _("You get this letter because you were a member of this network."),
    )


def _is_in(email: Email, network: Network) -> bool:
    return Membership.objects.filter(network=network, member=email.member_id).exists()


@email_kind("role_given")
def role_given(email: Email) -> EmailText | None:
    """She has another role; nothing when she has yet another by now."""
    network = _network(email)
    role = email.data["role"]
    mine = Membership.objects.filter(network=network, member=email.member_id, role=role)
    if network is None or not mine.exists():
        return None
    said = {
        "network": network.name,
        "role": Role(role).label,
        "link": whole_address(network.get_absolute_url()),
    }
    return EmailText(
        _("You are %(role)s in “%(network)s” now") % said,
        _("A coordinator has made you %(role)s in the network “%(network)s”.\n\n%(link)s") % said,
        _("You get this letter because you are a member of this network."),
    )
