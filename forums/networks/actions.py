"""Every write to a network's own page: registering it so far."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.errors import BadText, NotAllowed
from forums.memberships.counters import admit
from forums.memberships.models import Role
from forums.networks.history import happened
from forums.networks.models import (
    AIM_LENGTH,
    NAME_LENGTH,
    Happened,
    Joining,
    Kind,
    Network,
    NetworkAddress,
)
from forums.posts.pace import one_at_a_time
from forums.text.thai import clean_line, name_key, slugify, sort_key, tsvector

if TYPE_CHECKING:
    from accounts.models import Member


def clean_name(name: str) -> str:
    """The name as it is stored. Raises BadText when nothing visible is left, or too much is."""
    name = clean_line(name)
    if not name or not name_key(name).strip("\x01"):
        raise BadText(_("Please give the network a name."))
    if len(name) > NAME_LENGTH:
        raise BadText(
            _("Up to %(limit)d characters for the name, please.") % {"limit": NAME_LENGTH}
        )
    return name


def clean_aim(aim: str) -> str:
    """The aim as it is stored. Raises BadText when nothing visible is left, or too much is."""
    aim = clean_line(aim)
    if not aim:
        raise BadText(_("Please say in one sentence what the network is for."))
    if len(aim) > AIM_LENGTH:
        raise BadText(_("Up to %(limit)d characters for the aim, please.") % {"limit": AIM_LENGTH})
    return aim


@transaction.atomic
def register_network(
    *,
    founder: "Member",
    name: str,
    aim: str,
    kind: str = Kind.PHYSICAL,
    sectors: Sequence[str] = (),
    provinces: Sequence[str] = (),
    nationwide: bool = False,
    joining: str = Joining.REQUEST,
    **more: object,
) -> Network:
    """Register a network, whose first coordinator is `founder`, and return it.

    `more` is what else its page says (colour, emblem, since_year …).
    Raises BadText (a name that is taken, nothing to read) or NotAllowed.
    """
    if not founder.is_active:
        raise NotAllowed
    name, aim = clean_name(name), clean_aim(aim)
    one_at_a_time(founder)
    now = timezone.now()
    network = Network(
        name=name,
        name_key=name_key(name),
        sort_key=sort_key(name),
        slug=free_slug(name),
        aim=aim,
        kind=kind,
        sectors=list(sectors),
        provinces=list(provinces),
        nationwide=nationwide,
        joining=joining,
        search_words=tsvector([("A", name), ("B", aim)]),
        created_at=now,
        last_active_at=now,
        confirmed_at=now,
        registered_by=founder,
        confirmed_by=founder,
        **more,
    )
    try:
        with transaction.atomic():
            network.save(force_insert=True)
    except IntegrityError as error:
        raise BadText(
            _("There is a network of this name already. Please find another, or join that one.")
        ) from error
    admit(network, founder, role=Role.COORDINATOR)
    happened(network.pk, Happened.REGISTERED, actor=founder)
    return network


def free_slug(name: str) -> str:
    """An address made from the name that no network has, or once had."""
    made = slugify(name).strip("-") or "network"
    number = 1
    while True:
        free = made if number == 1 else f"{made}-{number}"
        taken = Network.objects.filter(slug=free).exists()
        if not taken and not NetworkAddress.objects.filter(slug=free).exists():
            return free
        number += 1
