"""What every page of a network shares: the door, the head with its buttons, the tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, Concatenate

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.constant_sql import Columns, select
from forums.base.errors import CoordinatorsOnly, NotAllowed
from forums.base.view_helpers import MemberRequest, signed_in
from forums.base.visibility import is_signed_in, reader
from forums.groups.memberships.models import MODERATES, SPEAKS, Role, may_see, role_in
from forums.groups.memberships.permissions import can_coordinate
from forums.groups.memberships.registry import known_sql
from forums.groups.networks.models import (
    NETWORK_VISIBLE,
    Joining,
    Network,
    NetworkKind,
    Sector,
)
from forums.groups.networks.sharing import sketch

UNREAD = ("name_key", "sort_key", "search_words")  # no page shows them; asked for, they are fetched


_KINDS: dict[str, str | Promise] = {
    NetworkKind.PHYSICAL: gettext_lazy("A network with a structure"),
    NetworkKind.ONLINE: gettext_lazy("An online network"),
    NetworkKind.BOTH: gettext_lazy("A network with a structure, and online"),
}
_JOIN: dict[str, str | Promise] = {
    Joining.OPEN: gettext_lazy("Join"),
    Joining.REQUEST: gettext_lazy("Ask to join"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: str
    url: str
    count: int | None = None


def network_page[Request: HttpRequest, **P](
    view: Callable[Concatenate[Request, Network, P], HttpResponseBase],
) -> Callable[Concatenate[Request, str, P], HttpResponseBase]:
    """A view of one network gets it instead of the slug in the address: 404 for an unknown or hidden one.

    An address it once had, or that of one merged into it, redirects to the same page of today's.
    """

    @wraps(view)
    def door(request: Request, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        network = _at(slug, request.user)
        if network is not None and network.merged_into_id is None:
            return view(request, network, *args, **kwargs)
        now, for_good = bearer_today(network, slug, request.user)
        match = request.resolver_match
        if now is None or match is None or request.method not in ("GET", "HEAD"):
            raise Http404
        there = reverse(str(match.url_name), kwargs={**match.kwargs, "slug": now.slug})
        query = request.GET.urlencode()
        return redirect(there + (f"?{query}" if query else ""), permanent=for_good)

    return door


def for_coordinators[**P](
    view: Callable[Concatenate[MemberRequest, Network, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """Only for those who coordinate it, while it is open: 404 unseen, then sign in, then 403 with the reason."""

    @network_page
    @signed_in
    @wraps(view)
    def door(
        request: MemberRequest, network: Network, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        if not can_coordinate(request.user, network):
            if not network.is_open:
                raise NotAllowed(_("This network is archived: nothing of it can be changed."))
            raise CoordinatorsOnly(network.get_absolute_url())
        return view(request, network, *args, **kwargs)

    return door


_NETWORK = Columns(Network, "n", without=UNREAD)
_BY_SLUG = f"""
    SELECT {_NETWORK.text} {{known}} FROM forums_network n WHERE n.slug = %(slug)s AND {NETWORK_VISIBLE.sql}
"""  # noqa: S608 - made of constants


@cache
def _by_slug(*, signed_in: bool) -> str:
    """The statement, once everything is registered."""
    known = known_sql(signed_in=signed_in).values()
    return _BY_SLUG.format(known="".join(f", {scalar}" for scalar in known))


def _at(slug: str, member: Any) -> Network | None:
    """The network of this address, as `Network.objects.visible_to(member)` would find it, with what is `known` of it and
    her (`registry`)."""
    signed_in = is_signed_in(member)
    rows = select(_by_slug(signed_in=signed_in), slug=slug, **reader(member))
    if not rows:
        return None
    values, known = rows[0][: len(_NETWORK)], rows[0][len(_NETWORK) :]
    network = _NETWORK.made(values)
    network.known = dict(zip(known_sql(signed_in=signed_in), known, strict=True))
    return network


def bearer_today(merged: Network | None, slug: str, member: Any) -> tuple[Network | None, bool]:
    """Which network bears today what was asked for, if `member` may know of it (even an address tells a name); and
    whether for good.

    An old name leads on for ever. A merge may be undone, and takes the old names along.
    """
    seen = Network.objects.visible_to(member)
    if merged is not None:
        return seen.filter(pk=merged.merged_into_id or 0).first(), False
    now = seen.filter(old_addresses__slug=slug).first()
    return now, now is not None and not now.merged_from.exists()


def page_context(request: HttpRequest, network: Network, tab: str) -> dict[str, Any]:
    """The context networks/shell.html needs: network, tabs, tab (the open one), and what she may.

    No query but the reader's roles. `join_label` names the one button of an outsider ('' where
    nobody can ask: it is archived, or by invitation only).
    """
    url, role = network.get_absolute_url(), role_in(request.user, network.pk)
    tabs = [
        Tab("overview", _("Overview"), url),
        Tab("topics", _("Topics"), f"{url}topics/"),
        Tab("members", _("Members"), f"{url}members/", network.member_count),
        Tab("activities", _("Activities"), f"{url}activities/"),
    ]
    if network.ledger_since:
        tabs.append(Tab("money", _("Budget"), f"{url}money/"))
    if role in MODERATES:
        tabs.append(Tab("queue", _("Waits"), f"{url}queue/"))
    if role == Role.COORDINATOR:
        tabs.append(Tab("manage", _("Look after it"), f"{url}manage/"))
    outside = not role and network.is_open
    return {
        "section": "networks",
        "what_it_is": _KINDS[network.kind],
        "sectors": [Sector(value).label for value in network.sectors if value in Sector.values],
        "join_label": _JOIN.get(network.joining, "") if outside else "",
        "by_invitation": outside and network.joining == Joining.INVITATION,
        "network": network,
        "drawn": sketch(network).address("networks", network.pk)
        if network.hidden_at is None
        else "",
        "tabs": tabs,
        "tab": tab,
        "role": role,
        "role_label": Role(role).label if role else "",
        "may_coordinate": role == Role.COORDINATOR and network.is_open,
        "may_speak_for": role in SPEAKS and network.is_open,
        "may_moderate": role in MODERATES or request.user.is_staff,
        "may_see_members": may_see(request.user, network.pk, network.members_shown_to),
    }
