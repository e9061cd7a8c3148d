"""What the first page of a network says to machines."""

from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.provinces import PROVINCE_NAMES
from forums.groups.networks.models import Network
from forums.sharing.linked_data import crumbs, linked_data, thing, whole


def of_network(network: Network, *, picture: str) -> SafeString:
    """The way to it, and who they are."""
    month = f"-{network.since_month:02}" if network.since_month else ""
    return _written(
        _("Networks"),
        network.name,
        network.aim,
        path=network.get_absolute_url(),
        logo=network.picture_url,
        image=picture,
        since=f"{network.since_year}{month}" if network.since_year else "",
        provinces=tuple(
            PROVINCE_NAMES[code] for code in network.provinces if code in PROVINCE_NAMES
        ),
    )


# Kept, as the rest of that page is (`printed`): to write it costs as much as a statement.
@lru_cache(maxsize=256)
def _written(
    networks: str,
    name: str,
    aim: str,
    *,
    path: str,
    logo: str,
    image: str,
    since: str,
    provinces: tuple[str, ...],
) -> SafeString:
    return linked_data(
        crumbs([(networks, "/networks/"), (name, path)]),
        thing(
            "Organization",
            name=name,
            description=aim,
            url=whole(path),
            logo=whole(logo),
            image=whole(image),
            foundingDate=since,
            areaServed=list(provinces) or None,
        ),
    )
