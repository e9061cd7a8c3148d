"""What is told to who must say yes or no about an organisation, as long as there is something to answer; and the answers."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, acted, holds
from forums.groups.memberships.models import coordinated_by, has_waiting
from forums.groups.memberships.permissions import coordinates_now
from forums.groups.memberships.registry import waits
from forums.groups.networks.kinds import ANSWERED, ASKED
from forums.groups.networks.models import Network
from forums.groups.organisations.models import (
    ORGANISATION_SHOWN,
    NetworkOrganisation,
    Organisation,
    Representative,
)
from forums.groups.organisations.permissions import can_look_after, powers
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Sentence,
    email_kind,
    notification,
    thing,
    whole_address,
)
from forums.notifications.seen import Seen

waits(
    f"FROM forums_networkorganisation r JOIN forums_organisation g ON g.id = r.organisation_id"
    f" WHERE r.network_id = m.network_id AND r.by_network_at IS NULL AND {ORGANISATION_SHOWN.sql}"
)


def _tie(email: Email) -> NetworkOrganisation | None:
    ties = NetworkOrganisation.objects.select_related("network", "organisation")
    tie = ties.filter(pk=email.data["tie"]).first()
    return None if tie is None or tie.is_confirmed or not tie.network.is_open else tie


@email_kind("organisation_invited")
def invited(email: Email) -> EmailText | None:
    """To who looks after an organisation: a network invites it."""
    tie = _tie(email)
    if tie is None or not can_look_after(email.member, tie.organisation):
        return None
    names = {"network": tie.network.name, "organisation": tie.organisation.name}
    return EmailText(
        _("“%(network)s” invites “%(organisation)s”") % names,
        _(
            "The network “%(network)s” would like to have “%(organisation)s” as a member.\n\n"
            "Please say yes or no here:\n%(url)s"
        )
        % {**names, "url": whole_address(f"{tie.organisation.get_absolute_url()}networks/")},
    )


@email_kind("organisation_asks")
def asks(email: Email) -> EmailText | None:
    """To a network's coordinators: an organisation would like to be a member."""
    tie = _tie(email)
    if tie is None or not coordinates_now(email.member_id, tie.network_id):
        return None
    names = {"network": tie.network.name, "organisation": tie.organisation.name}
    return EmailText(
        _("“%(organisation)s” asks to join “%(network)s”") % names,
        _(
            "“%(organisation)s” would like to be a member of the network “%(network)s”.\n\n"
            "Please say yes or no here:\n%(url)s"
        )
        % {**names, "url": whole_address(f"{tie.network.get_absolute_url()}organisations/")},
    )


@email_kind("organisation_answered")
def answered(email: Email) -> EmailText | None:
    """To who asked for one side: what the other said; nothing where it is so no more."""
    network = Network.objects.visible_to(email.member).filter(pk=email.data["network"]).first()
    organisation = (
        Organisation.objects.visible_to(email.member).filter(pk=email.data["organisation"]).first()
    )
    if network is None or organisation is None:
        return None
    ties = NetworkOrganisation.objects.confirmed()
    is_in = ties.filter(network=network, organisation=organisation).exists()
    if is_in != email.data["yes"]:
        return None
    names = {"network": network.name, "organisation": organisation.name}
    text = _answer(email.data, names)
    return EmailText(
        text,
        f"{text}\n\n{whole_address(network.get_absolute_url())}",
        _("You get this letter because you asked."),
    )


def _answer(data: Any, names: dict[str, str]) -> str:
    """What was said: yes, or no by the network, or by the organisation."""
    if data["yes"]:
        return _("“%(organisation)s” is a member of “%(network)s” now") % names
    if data["side"] == "network":
        return _("“%(network)s” says no to “%(organisation)s” for now") % names
    return _("“%(organisation)s” says no to “%(network)s” for now") % names


@email_kind("represents_refused")
def represents_refused(email: Email) -> EmailText | None:
    """To her: whoever could confirm it did not."""
    organisation = (
        Organisation.objects.visible_to(email.member).filter(pk=email.data["organisation"]).first()
    )
    hers = Representative.objects.filter(organisation=organisation, member=email.member_id)
    if organisation is None or hers.exists():  # she has said it again
        return None
    text = _("It was not confirmed that you represent “%(organisation)s”") % {
        "organisation": organisation.name
    }
    return EmailText(
        text,
        f"{text}\n\n"
        + _("If that is a mistake, ask those who look after it:\n%(url)s")
        % {"url": whole_address(organisation.get_absolute_url())},
        _("You get this letter because you asked."),
    )


def _representative(email: Email) -> Representative | None:
    found = Representative.objects.select_related("organisation", "member")
    return found.filter(pk=email.data["representative"], member__is_active=True).first()


@email_kind("represents")
def represents(email: Email) -> EmailText | None:
    """To who may confirm it: somebody says that she represents an organisation."""
    hers = _representative(email)
    if hers is None or hers.confirmed_at is not None:
        return None
    if not powers(email.member, hers.organisation).can_confirm(hers):
        return None
    names = {"member": str(hers.member), "organisation": hers.organisation.name}
    return EmailText(
        _("Does %(member)s represent “%(organisation)s”?") % names,
        _(
            "%(member)s says that she or he represents “%(organisation)s”. This is shown only once "
            "somebody who knows has confirmed it.\n\nIf you know that it is so, confirm it here:\n%(url)s"
        )
        % {**names, "url": whole_address(hers.organisation.get_absolute_url())},
    )


@email_kind("represents_confirmed")
def represents_confirmed(email: Email) -> EmailText | None:
    """To her: it was confirmed."""
    hers = _representative(email)
    if hers is None or hers.confirmed_at is None:
        return None
    names = {"organisation": hers.organisation.name}
    body = (
        _("It is confirmed that you represent “%(organisation)s”; your page shows it now.") % names
    )
    if hers.is_coordinator:
        body += "\n\n" + _(
            "You also look after the organisation's page, and confirm who else represents it."
        )
    body += "\n\n" + whole_address(hers.organisation.get_absolute_url())
    return EmailText(_("You represent “%(organisation)s”") % names, body)


# -- On the page --------------------------------------------------------------------------------


@thing("organisation")
def organisations(member: Any, ids: Collection[int]) -> Mapping[int, Organisation]:
    """Those she may know of."""
    return Organisation.objects.visible_to(member).in_bulk(ids)


@thing("representative")
def representatives(member: Any, ids: Collection[int]) -> Mapping[int, Representative]:
    """Her own, and those of organisations that she looks after, or that are in networks she coordinates."""
    if member is None:
        return {}
    keepers = Representative.objects.filter(
        organisation=OuterRef("organisation"), member=member, is_coordinator=True
    )
    ties = NetworkOrganisation.objects.filter(
        organisation=OuterRef("organisation"), network__in=coordinated_by(member)
    )
    hers = Q(member=member) | Exists(keepers) | Exists(ties)
    found = Representative.objects.select_related("organisation", "member")
    return found.filter(
        hers, organisation__in=Organisation.objects.visible_to(member), member__is_active=True
    ).in_bulk(ids)


def _names(note: Notification, seen: Seen) -> tuple[Any, Any, dict[str, str]] | None:
    network, organisation = seen.one(note, "network"), seen.one(note, "organisation")
    if network is None or organisation is None:
        return None
    return network, organisation, {"network": network.name, "organisation": organisation.name}


@notification("organisation_invited", ASKED)
def invited_line(note: Notification, seen: Seen) -> Sentence | None:
    if (found := _names(note, seen)) is None:
        return None
    network, organisation, names = found
    text = _("“%(network)s” invites “%(organisation)s”") % names
    return Sentence(text, f"{organisation.get_absolute_url()}networks/", bead=network)


@notification("organisation_asks", ASKED)
def asks_line(note: Notification, seen: Seen) -> Sentence | None:
    if (found := _names(note, seen)) is None or not has_waiting(seen.member, found[0].pk):
        return None
    network, _organisation, names = found
    text = _("“%(organisation)s” asks to join “%(network)s”") % names
    return Sentence(text, f"{network.get_absolute_url()}organisations/", icon="house")


@notification("organisation_answered", ANSWERED)
def answered_line(note: Notification, seen: Seen) -> Sentence | None:
    """To who asked for one side what the other said."""
    if (found := _names(note, seen)) is None:
        return None
    network, _organisation, names = found
    text = _answer(note.data, names)
    return Sentence(text, f"{network.get_absolute_url()}organisations/", bead=network)


@notification("represents_refused", ANSWERED)
def represents_refused_line(note: Notification, seen: Seen) -> Sentence | None:
    """To her; the organisation's page says how it stands now."""
    organisation = seen.one(note, "organisation")
    if organisation is None:
        return None
    text = _("It was not confirmed that you represent “%(organisation)s”") % {
        "organisation": organisation.name
    }
    return Sentence(text, organisation.get_absolute_url(), icon="house")


@notification("represents", ASKED)
def represents_line(note: Notification, seen: Seen) -> Sentence | None:
    hers = seen.one(note, "representative")
    if hers is None or hers.confirmed_at is not None or hers.member_id == seen.member.pk:
        return None
    names = {"member": str(hers.member), "organisation": hers.organisation.name}
    text = _("Does %(member)s represent “%(organisation)s”?") % names
    return Sentence(text, hers.organisation.get_absolute_url(), icon="house")


@notification("represents_confirmed", ANSWERED)
def represents_confirmed_line(note: Notification, seen: Seen) -> Sentence | None:
    hers = seen.one(note, "representative")
    if hers is None or hers.confirmed_at is None or hers.member_id != seen.member.pk:
        return None
    text = _("It is confirmed that you represent “%(organisation)s”") % {
        "organisation": hers.organisation.name
    }
    return Sentence(text, hers.organisation.get_absolute_url(), icon="house")


# -- What is held of a person ----------------------------------------------------------------------

acted(Organisation, "created_by")
acted(NetworkOrganisation, "by_network", "by_organisation")
acted(Representative, "confirmed_by")
holds(
    Representative,
    "member",
    what=gettext_lazy("The organisations you speak for"),
    area=Area.NETWORKS,
    leaves=Leaves.DELETED,
    also=("organisation__name",),
)
