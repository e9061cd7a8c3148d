"""The email that nobody has confirmed the page, and when it falls due; pictures that stories name."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from forums.groups.memberships.models import Role, role_in
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.networks.kinds import ASKED
from forums.groups.networks.models import Network
from forums.groups.profiles.actions import UNCONFIRMED, remind_coordinators
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Sentence,
    email_kind,
    notification,
    scheduled,
    whole_address,
)
from forums.notifications.seen import Seen
from forums.pictures.registry import NAMES_PICTURES, pictures_named_in
from forums.text import dates


@scheduled("networks: pages nobody has confirmed")
def remind(now: datetime) -> None:
    """Coordinators are reminded, once in thirty days."""
    remind_coordinators(now=now)


@pictures_named_in
def in_stories(_uploaders: Collection[int], _since: datetime) -> Iterator[str]:
    """Several write the story of a network."""
    stories = Network.objects.filter(story__icontains=NAMES_PICTURES)
    yield from stories.values_list("story", flat=True).iterator()


@email_kind(UNCONFIRMED)
def unconfirmed(email: Email) -> EmailText | None:
    """That nobody has confirmed the page for twelve months; none once somebody has."""
    network = Network.objects.listed().filter(pk=email.data["network"]).first()
    if network is None or not network.is_stale or not coordinates_now(email.member_id, network.pk):
        return None
    return EmailText(
        subject=_("Is what the page of “%(name)s” says still so?") % {"name": network.name},
        body=_(
            "Nobody has confirmed the page of “%(name)s” since %(day)s. Strangers cannot know whether "
            "the network is still alive.\n\n"
            "Please look at it, correct what has changed, and press “It is still right”:\n%(address)s"
        )
        % {
            "name": network.name,
            "day": dates.day(network.confirmed_at),
            "address": whole_address(f"{network.get_absolute_url()}manage/"),
        },
        why=_("You get this letter because you are a coordinator of the network."),
    )


@notification(UNCONFIRMED, ASKED)
def unconfirmed_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as nobody has."""
    network = seen.one(note, "network")
    if network is None or not network.is_stale:
        return None
    if role_in(seen.member, network.pk) != Role.COORDINATOR:
        return None
    text = _("Is what the page of “%(name)s” says still so?") % {"name": network.name}
    return Sentence(text, f"{network.get_absolute_url()}manage/", bead=network)
