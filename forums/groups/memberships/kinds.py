"""What is told of memberships, on the page and by email: what each says then, and to whom it says nothing any more."""

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.registry import known_with_her
from forums.base.personal import Area, Leaves, acted, holds
from forums.groups.memberships.actions import part
from forums.groups.memberships.models import (
    JoinRequest,
    Membership,
    Role,
    has_waiting,
    known_roles,
    role_in,
)
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.memberships.registry import waits
from forums.groups.networks.kinds import ANSWERED, ASKED, PART
from forums.groups.networks.models import Network
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Sentence,
    email_kind,
    notification,
    thing,
    whole_address,
)
from forums.notifications.seen import Seen

known_with_her("networks", known_roles)
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


@notification("join_asked", ASKED)
def join_asked_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as something waits in the network for her."""
    network = seen.one(note, "network")
    if network is None or not has_waiting(seen.member, network.pk):
        return None
    said = {"who": seen.names(note.people), "network": network.name}
    text = _("%(who)s would like to join “%(network)s”") % said
    return Sentence(text, f"{network.get_absolute_url()}requests/", bead=network)


@thing("join_request")
def requests(member: Any, ids: Collection[int]) -> Mapping[int, JoinRequest]:
    """Her own, once they are answered."""
    if member is None:
        return {}
    return JoinRequest.objects.filter(member=member, decided_at__isnull=False).in_bulk(ids)


@notification("join_answered", ANSWERED)
def join_answered_line(note: Notification, seen: Seen) -> Sentence | None:
    network, request = seen.one(note, "network"), seen.one(note, "join_request")
    if network is None or request is None:
        return None
    said = {"network": network.name}
    if request.accepted:
        text = _("Welcome to “%(network)s”: you are a member now") % said
    else:
        text = _("“%(network)s” cannot let you in now") % said
    return Sentence(text, network.get_absolute_url(), request.answer, bead=network)


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


@notification("member_removed", PART)
def member_removed_line(note: Notification, seen: Seen) -> Sentence | None:
    network = seen.one(note, "network")
    if network is None:
        return None
    text = _("You are no longer a member of “%(network)s”") % {"network": network.name}
    return Sentence(text, network.get_absolute_url(), note.data["reason"], bead=network)


@notification("role_given", PART)
def role_given_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as it is her role."""
    network, role = seen.one(note, "network"), note.data["role"]
    if network is None or role_in(seen.member, network.pk) != role:
        return None
    said = {"network": network.name, "role": Role(role).label}
    text = _("You are %(role)s in “%(network)s” now") % said
    return Sentence(text, network.get_absolute_url(), bead=network)


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


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Membership,
    "member",
    what=gettext_lazy("The networks you are in, your roles there, since when"),
    area=Area.NETWORKS,
    leaves=Leaves.DELETED,
    also=("network__name",),
    eraser=part,
    place=40,
)
holds(
    JoinRequest,
    "member",
    what=gettext_lazy("What you asked to join, and your answers"),
    area=Area.NETWORKS,
    leaves=Leaves.DELETED,
    also=("network__name",),
)
acted(JoinRequest, "decided_by")
