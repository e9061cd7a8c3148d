"""What networks write to their coordinators: nobody has confirmed the page; another network asks to be linked."""

from datetime import datetime

from django.utils.translation import gettext as _

from forums.groups.links.actions import LINK_ASKED
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.networks.models import LinkKind, Network, NetworkLink
from forums.groups.profiles.actions import UNCONFIRMED, remind_coordinators
from forums.notifications.models import Letter
from forums.notifications.registry import Words, letter_kind, periodic, whole_address
from forums.text import dates


@periodic("networks: pages nobody has confirmed")
def remind(now: datetime) -> None:
    """Coordinators are reminded, once in thirty days."""
    remind_coordinators(now=now)


@letter_kind(UNCONFIRMED)
def unconfirmed(letter: Letter) -> Words | None:
    """That nobody has confirmed the page for twelve months; none once somebody has."""
    network = Network.objects.listed().filter(pk=letter.data["network"]).first()
    if network is None or not network.is_stale or not coordinates_now(letter.member_id, network.pk):
        return None
    return Words(
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


@letter_kind(LINK_ASKED)
def link_asked(letter: Letter) -> Words | None:
    """That another network asks to be linked; none once that was answered or taken back."""
    link = (
        NetworkLink.objects.select_related("source", "target")
        .filter(pk=letter.data["link"], confirmed_at=None)
        .first()
    )
    if link is None or not (link.source.is_open and link.target.is_open):
        return None
    if not coordinates_now(letter.member_id, link.target_id):
        return None
    names = {"source": link.source.name, "target": link.target.name}
    if link.kind == LinkKind.PARENT:
        said = _("“%(source)s” says that it is part of “%(target)s”.") % names
    else:
        said = _("“%(source)s” says that it works with “%(target)s”.") % names
    ask = _("Is that so? You can confirm it, or decline:")
    address = whole_address(f"{link.target.get_absolute_url()}links/")
    return Words(
        subject=said,
        body=f"{said}\n\n{ask}\n{address}",
        why=_("You get this letter because you are a coordinator of the network."),
    )
