"""Networks locked for a change, in the order every writer keeps: networks before boards, ids ascending."""

from forums.base.constant_sql import Columns, select
from forums.base.errors import NotAllowed
from forums.groups.networks.models import Network

_NETWORK = Columns(Network, "n")
_LOCKED = f"SELECT {_NETWORK.text} FROM forums_network n WHERE n.id = %(network)s FOR NO KEY UPDATE"  # noqa: S608 - constants


def lock_network(pk: int) -> Network:
    """The network as it is now, its row locked until the transaction ends. Raises Network.DoesNotExist."""
    rows = select(_LOCKED, network=pk)
    if not rows:
        raise Network.DoesNotExist
    return _NETWORK.made(rows[0])


def lock_networks(*pks: int) -> dict[int, Network]:
    """The same for several, by id."""
    rows = Network.objects.select_for_update(no_key=True).filter(pk__in=set(pks)).order_by("pk")
    return {row.pk: row for row in rows}


def lock_open(pk: int) -> Network:
    """The same for one that must be open. Raises NotAllowed for an archived or hidden one."""
    network = lock_network(pk)
    if not network.is_open:
        raise NotAllowed
    return network
