"""Emails to who must say yes or no about an organisation. Sent only while there is something to answer."""

from django.utils.translation import gettext as _

from forums.groups.memberships.permissions import coordinates_now
from forums.groups.memberships.registry import waits
from forums.groups.organisations.models import (
    ORGANISATION_SHOWN,
    NetworkOrganisation,
    Representative,
)
from forums.groups.organisations.permissions import can_look_after, powers
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, whole_address

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
