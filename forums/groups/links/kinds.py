"""What is told of links: that one is asked for, and what was answered."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from forums.base.personal import acted
from forums.groups.links.actions import LINK_ANSWERED, LINK_ASKED
from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.memberships.models import Role, role_in
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.memberships.registry import waits
from forums.groups.networks.kinds import ANSWERED, ASKED
from forums.groups.networks.models import NETWORK_SHOWN
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

waits(
    f"FROM forums_networklink r JOIN forums_network n ON n.id = r.source_id"
    f" WHERE r.target_id = m.network_id AND r.confirmed_at IS NULL AND {NETWORK_SHOWN.sql}"
)


@email_kind(LINK_ASKED)
def link_asked(email: Email) -> EmailText | None:
    """That another network asks to be linked; none once that was answered or taken back."""
    link = (
        NetworkLink.objects.select_related("source", "target")
        .filter(pk=email.data["link"], confirmed_at=None)
        .first()
    )
    if link is None or not (link.source.is_open and link.target.is_open):
        return None
    if not coordinates_now(email.member_id, link.target_id):
        return None
    names = {"source": link.source.name, "target": link.target.name}
    if link.kind == LinkKind.PARENT:
        said = _("“%(source)s” says that it is part of “%(target)s”.") % names
    else:
        said = _("“%(source)s” says that it works with “%(target)s”.") % names
    ask = _("Is that so? You can confirm it, or decline:")
    address = whole_address(f"{link.target.get_absolute_url()}links/")
    return EmailText(
        subject=said,
        body=f"{said}\n\n{ask}\n{address}",
        why=_("You get this letter because you are a coordinator of the network."),
    )


@thing("link")
def links(_member: Any, ids: Collection[int]) -> Mapping[int, NetworkLink]:
    """Between networks that are shown; who may answer is for the line to ask."""
    found = NetworkLink.objects.select_related("source", "target")
    shown = NETWORK_SHOWN.q(path="source__") & NETWORK_SHOWN.q(path="target__")
    return found.filter(shown, confirmed_at=None).in_bulk(ids)


@notification(LINK_ASKED, ASKED)
def link_asked_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as it waits, to who coordinates the network that is asked."""
    link = seen.one(note, "link")
    if link is None or role_in(seen.member, link.target_id) != Role.COORDINATOR:
        return None
    said = {"network": link.target.name, "other": link.source.name}
    text = _("“%(other)s” would like to be linked with “%(network)s”") % said
    return Sentence(text, f"{link.target.get_absolute_url()}links/", bead=link.source)


@notification(LINK_ANSWERED, ANSWERED)
def link_answered_line(note: Notification, seen: Seen) -> Sentence | None:
    """`network` asked, `other` answered."""
    network, other = seen.one(note, "network"), seen.one(note, "other")
    if network is None or other is None:
        return None
    said = {"network": network.name, "other": other.name}
    if note.data["yes"]:
        text = _("“%(other)s” says yes: it is linked with “%(network)s” now") % said
    else:
        text = _("“%(other)s” says no to a link with “%(network)s” for now") % said
    return Sentence(text, other.get_absolute_url(), bead=other)


# -- What is held of a person ----------------------------------------------------------------------

acted(NetworkLink, "asked_by", "confirmed_by")
