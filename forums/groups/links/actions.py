"""Every write to the links between networks: ask, confirm, decline or take back."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.advisory_locks import Lock, hold
from forums.base.errors import BadText, NotAllowed
from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.memberships.permissions import coordinator_ids, require_role
from forums.groups.networks.locks import lock_networks
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.notifications.outbox import drop_emails
from forums.notifications.telling import tell

if TYPE_CHECKING:
    from accounts.models import Member

LINK_ASKED = "network_link_asked"  # kinds of what is told
LINK_ANSWERED = "network_link_answered"
MOST = 100  # links of one network, those that wait included


@transaction.atomic
def ask_link(*, member: "Member", network: Network, other: Network, kind: str) -> NetworkLink:
    """Say that `network` is part of `other`, or works with it; shown once the other side confirms.

    A member who coordinates both has said it for both. Raises BadText or NotAllowed.
    """
    if network.pk == other.pk:
        raise BadText(_("A network cannot be linked with itself."))
    if kind == LinkKind.PARENT:
        _one_tree_at_a_time()
    network, other = _locked(network.pk, other.pk)
    require_role(member, network)
    if not other.is_open:
        raise BadText(_("“%(name)s” is archived; it takes no links.") % {"name": other.name})
    between = Q(source=network, target=other) | Q(source=other, target=network)
    if found := NetworkLink.objects.filter(between).first():
        if found.confirmed_at:
            raise BadText(_("The two are linked already: the link stands on this page."))
        if found.source_id == network.pk:
            raise BadText(_("You have asked this already; the other side has not answered yet."))
        raise BadText(_("They have asked you already: you can answer them on this page."))
    if NetworkLink.objects.filter(Q(source=network) | Q(target=network)).count() >= MOST:
        raise NotAllowed(
            _("There are %(limit)d already: take one out, or change one.") % {"limit": MOST}
        )
    if kind == LinkKind.PARENT:
        _must_fit(network, other)
    link = NetworkLink.objects.create(
        source=network, target=other, kind=LinkKind(kind), asked_by=member, asked_at=timezone.now()
    )
    coordinators = coordinator_ids(other.pk)
    if member.pk in coordinators:
        _confirm(link, member)
    else:
        data = {"link": link.pk}
        tell(LINK_ASKED, key=_key(link), members=coordinators, actor=member, data=data, daily=True)
    return link


@transaction.atomic
def confirm_link(*, member: "Member", link: NetworkLink) -> None:
    """A coordinator of the network asked says yes. Raises BadText or NotAllowed; done already, nothing happens."""
    if link.kind == LinkKind.PARENT:
        _one_tree_at_a_time()
    source, target = _locked(link.source_id, link.target_id)
    require_role(member, target)
    found = NetworkLink.objects.filter(pk=link.pk).first()
    if found is None:
        raise BadText(_("They have taken their request back."))
    if found.confirmed_at:
        return
    if not source.is_open:
        raise BadText(_("“%(name)s” is archived; it takes no links.") % {"name": source.name})
    if found.kind == LinkKind.PARENT:
        _must_fit(source, target)
    _confirm(found, member)
    _answer(found, member, yes=True)


@transaction.atomic
def end_link(*, member: "Member", link: NetworkLink, network: Network) -> None:
    """A coordinator of `network`, either side, declines, takes back or ends a link. Raises NotAllowed.

    Gone already, nothing happens.
    """
    if network.pk not in (link.source_id, link.target_id):
        raise NotAllowed
    _locked(link.source_id, link.target_id)
    require_role(member, network)
    found = NetworkLink.objects.filter(pk=link.pk).first()
    if found is None:
        return
    found.delete()
    drop_emails(key=f"{_key(link)}-")
    if found.confirmed_at:
        _happened(found, member, EventKind.UNLINKED)
    elif network.pk == found.target_id:
        _answer(found, member, yes=False)


def _answer(link: NetworkLink, member: "Member", *, yes: bool) -> None:
    """Tell who asked."""
    tell(
        LINK_ANSWERED,
        key=f"{_key(link)}-answered",
        members=[link.asked_by_id],
        actor=member,
        data={"network": link.source_id, "other": link.target_id, "yes": yes},
        daily=True,
    )


def _confirm(link: NetworkLink, member: "Member") -> None:
    NetworkLink.objects.filter(pk=link.pk).update(confirmed_at=timezone.now(), confirmed_by=member)
    drop_emails(key=f"{_key(link)}-")
    _happened(link, member, EventKind.LINKED)


def _happened(link: NetworkLink, member: "Member", what: EventKind) -> None:
    """Both networks remember it."""
    details = {"kind": link.kind}
    record_event(link.source_id, what, actor=member, other_id=link.target_id, details=details)
    record_event(link.target_id, what, actor=member, other_id=link.source_id, details=details)


def _key(link: NetworkLink) -> str:
    return f"network-link-{link.source_id}-{link.target_id}"


def _locked(one: int, other: int) -> tuple[Network, Network]:
    rows = lock_networks(one, other)
    if any(row.hidden_at for row in rows.values()):
        raise NotAllowed
    return rows[one], rows[other]


def _one_tree_at_a_time() -> None:
    """Until this transaction ends, no other parent is given: two at once could close a circle of four.

    The first lock taken, before any network's row.
    """
    hold(Lock.NETWORK_TREE)


def _must_fit(network: Network, parent: Network) -> None:
    """Raises BadText unless `network` may stand under `parent`: one parent, and no circle."""
    confirmed = NetworkLink.objects.filter(kind=LinkKind.PARENT, confirmed_at__isnull=False)
    if confirmed.filter(source=network).exists():
        raise BadText(_("“%(name)s” is part of another network already.") % {"name": network.name})
    above: int | None = parent.pk
    met: set[int] = set()
    while above is not None and above not in met:
        if above == network.pk:
            raise BadText(
                _("“%(parent)s” is itself part of “%(name)s”: that would be a circle.")
                % {"parent": parent.name, "name": network.name}
            )
        met.add(above)
        above = confirmed.filter(source=above).values_list("target_id", flat=True).first()
