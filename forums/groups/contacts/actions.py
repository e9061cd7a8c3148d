"""Every write to the two lists on a network's page: its contacts, and who does what (its structure)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.parting import former
from forums.base.digests import digest
from forums.base.errors import BadText, NotAllowed, Stale
from forums.base.limits import fitting_line
from forums.base.personal import Parting
from forums.base.published import published
from forums.groups.contacts.models import (
    DUTY_LENGTH,
    HOLDER_LENGTH,
    LABEL_LENGTH,
    VALUE_LENGTH,
    Contact,
    Office,
)
from forums.groups.memberships.models import Membership
from forums.groups.memberships.permissions import require_role
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import Audience, EventKind, Network
from forums.groups.networks.recording import record_event
from forums.text.thai import clean_line

if TYPE_CHECKING:
    from accounts.models import Member

MOST = {Contact: 20, Office: 60}  # of each in one network
_NAMES = {Contact: "contacts", Office: "structure"}
type Entry = Contact | Office


def seen_as(entry: Entry) -> str:
    """Which version of an entry this is: a form opened on another one is out of date."""
    if isinstance(entry, Contact):
        return digest([entry.label, entry.value, entry.audience])
    return digest([entry.title, entry.holder, entry.member_id, entry.since, entry.until])


@transaction.atomic
def save_contact(
    *,
    editor: "Member",
    network: Network,
    label: str,
    value: str,
    audience: str,
    contact: Contact | None = None,
    seen: str | None = None,
) -> Contact:
    """Add a contact, or change `contact`. Raises BadText, NotAllowed or Stale."""
    network = _open(editor, network)
    label, value = fitting_line(label, LABEL_LENGTH), fitting_line(value, VALUE_LENGTH)
    if not label or not value:
        raise BadText(_("Please write what it is, and the number, address or link."))
    looked = published(editor, label, value)
    label, value = looked.texts
    twins = Contact.objects.filter(network=network.pk, label=label, value=value)
    entry = _locked(Contact, network, contact, seen) if contact else _new(network, twins)
    entry.label, entry.value, entry.audience = label, value, Audience(audience)
    looked.of("network", network)
    return _saved(editor, network, entry)


@transaction.atomic
def save_office(
    *,
    editor: "Member",
    network: Network,
    title: str,
    holder: str,
    handle: str = "",
    since: date | None = None,
    until: date | None = None,
    office: Office | None = None,
    seen: str | None = None,
) -> Office:
    """Add a duty and who holds it, or change `office`.

    `handle` leads to her page here; only members of the network can be led to.
    Raises BadText, NotAllowed or Stale.
    """
    network = _open(editor, network)
    title, holder = fitting_line(title, DUTY_LENGTH), fitting_line(holder, HOLDER_LENGTH)
    if not title or not holder:
        raise BadText(_("Please write the duty, and who holds it."))
    if since and until and until < since:
        raise BadText(_("It cannot end before it begins."))
    looked = published(editor, title, holder)
    title, holder = looked.texts
    twins = Office.objects.filter(network=network.pk, title=title, holder=holder, since=since)
    entry = _locked(Office, network, office, seen) if office else _new(network, twins)
    entry.title, entry.holder, entry.since, entry.until = title, holder, since, until
    entry.member = _holder(network, handle)
    looked.of("network", network)
    return _saved(editor, network, entry)


def _holder(network: Network, handle: str) -> "Member | None":
    handle = clean_line(handle).lstrip("@")
    if not handle:
        return None
    found = (
        Membership.objects.filter(network=network.pk, member__handle__iexact=handle)
        .select_related("member")
        .first()
    )
    if found is None:
        raise BadText(
            _("Nobody of the network has the handle “%(handle)s”.") % {"handle": handle[:40]}
        )
    return found.member


@transaction.atomic
def remove(*, editor: "Member", network: Network, entry: Entry) -> None:
    """Take a contact or a duty away; gone already, nothing happens. Raises NotAllowed."""
    network = _open(editor, network)
    if type(entry).objects.filter(pk=entry.pk, network=network.pk).delete()[0]:
        _remember(editor, network, entry)


@transaction.atomic
def move(*, editor: "Member", network: Network, entry: Entry, up: bool) -> None:
    """Let an entry change places with the one above it (or below). Raises NotAllowed."""
    network = _open(editor, network)
    model = type(entry)
    order = list(
        model.objects.filter(network=network.pk)
        .order_by("position", "id")
        .values_list("pk", flat=True)
    )
    if entry.pk not in order:
        return
    here = order.index(entry.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for place, pk in enumerate(order, start=1):
        model.objects.filter(pk=pk).exclude(position=place).update(position=place)


def _open(editor: "Member", network: Network) -> Network:
    network = lock_open(network.pk)
    require_role(editor, network)
    return network


def _locked[E: (Contact, Office)](
    model: type[E], network: Network, entry: E, seen: str | None
) -> E:
    """The entry as it is now. Raises Stale for one changed or taken away meanwhile."""
    found: E | None = model.objects.filter(pk=entry.pk, network=network.pk).first()
    if found is None or (seen is not None and seen != seen_as(found)):
        raise Stale
    return found


def _new[E: (Contact, Office)](network: Network, twins: QuerySet[E]) -> E:
    """A new entry; or the one that says the same already: a form that is sent twice adds one."""
    if twin := twins.first():
        return twin
    model = twins.model
    positions = list(
        model.objects.filter(network=network.pk)
        .order_by("position", "id")
        .values_list("position", flat=True)
    )
    if len(positions) >= MOST[model]:
        raise NotAllowed(
            _("There are %(limit)d already: take one out, or change one.") % {"limit": MOST[model]}
        )
    return model(network=network, position=min(max(positions, default=0) + 1, 32_000))


def _saved[E: (Contact, Office)](editor: "Member", network: Network, entry: E) -> E:
    entry.save()
    _remember(editor, network, entry)
    return entry


def _remember(editor: "Member", network: Network, entry: Entry) -> None:
    """The history says which list changed. What a contact was it does not keep: it was not for everyone."""
    details = {"changed": [_NAMES[type(entry)]]}
    record_event(network.pk, EventKind.EDITED, actor=editor, details=details)


def forget_holder(parting: Parting) -> None:
    """A duty of somebody who leaves is a former member's, unless her name stays."""
    hers = Office.objects.filter(member=parting.member)
    hers.update(member=None, **({} if parting.is_named else {"holder": former()}))
