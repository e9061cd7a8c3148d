"""From which address of the net a request comes, as the proxies in front say: asked once a request, by what counts and by
what is kept.

As allauth's `get_client_ip`, which takes a tenth of a millisecond each time; but an older address that a server of both
kinds writes as a newer one is the older: else all of them would be one house, and on no list.
"""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

_KEPT = "_asked_from"


def asked_from(request: HttpRequest) -> str:
    """The address, or '' where nothing says it: no proxy did, and there is none of its own (a socket)."""
    address: str | None = getattr(request, _KEPT, None)
    if address is None:
        address = _clean(_said(request))
        setattr(request, _KEPT, address)
    return address


def house_of(address: str) -> str:
    """Whose requests are counted together: of the newer addresses one house has as many as it likes, so its net counts."""
    return _net(address) if ":" in address else address


def _said(request: HttpRequest) -> str:
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if trusted and passed_on:
        hops = passed_on.split(",")
        return hops[-trusted] if len(hops) >= trusted else ""
    return str(request.META.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=4_000)
def _clean(said: str) -> str:
    """The address alone: without a port, brackets, or the zone of a link-local one; '' for what is none."""
    said = said.strip()
    host, port = split_domain_port(said)
    if host and port:
        said = host.strip("[]")
    try:
        found = ip_address(said.partition("%")[0])
    except ValueError:
        return ""
    older = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return str(older or found)


@lru_cache(maxsize=4_000)
def _net(address: str) -> str:
    return str(ip_network(f"{address}/64", strict=False))
