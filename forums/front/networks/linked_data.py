"""What the first page of a network says to machines."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.provinces import PROVINCE_NAMES
from forums.groups.networks.models import Network
from forums.sharing.linked_data import crumbs, linked_data, thing, whole


def of_network(network: Network, *, picture: str) -> SafeString:
    """The way to it, and who they are."""
    path = network.get_absolute_url()
    month = f"-{network.since_month:02}" if network.since_month else ""
    return linked_data(
        crumbs([(_("Networks"), "/networks/"), (network.name, path)]),
        thing(
            "Organization",
            name=network.name,
            description=network.aim,
            url=whole(path),
            logo=whole(network.picture_url),
            image=whole(picture),
            foundingDate=f"{network.since_year}{month}" if network.since_year else "",
            areaServed=[
                PROVINCE_NAMES[code] for code in network.provinces if code in PROVINCE_NAMES
            ]
            or None,
        ),
    )
