"""Every write to invitations: links and emails made, revoked, used."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import (
    AlreadyIn,
    BadText,
    InvitationOver,
    InvitationUsedUp,
    NotAllowed,
    TooFast,
)
from forums.base.personal import Parting
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.base.sent_twice import lately
from forums.groups.invitations.models import Invitation, InvitationUse
from forums.groups.invitations.permissions import DAYS_TO_MAIL, can_mail, pace_of
from forums.groups.memberships.actions import take_in
from forums.groups.memberships.lists import removed_at
from forums.groups.memberships.models import Membership
from forums.groups.memberships.permissions import require_role
from forums.groups.networks.locks import lock_network, lock_open
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.notifications.outbox import (
    drop_emails,
    drop_letters,
    key_to,
    write_emails,
    write_letters,
)

if TYPE_CHECKING:
    from accounts.models import Member

DAYS = (1, 7, 30, 90)
MOST_USES = 500
MOST_ADDRESSES = 20
FORGOTTEN = 5_000  # in one go
A_DAY = timedelta(days=1)


class TooManyInvitations(TooFast):
    message = gettext_lazy("These are more invitations than one person may send in a day.")


class InvitedToday(BadText):
    """One letter a day from a network to an address, whoever sends it, taken back or not."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _(
                "An invitation to this network went to %(address)s less than a day ago. Write again tomorrow, or make "
                "a link and hand it on yourself."
            )
            % {"address": address}
        )


class MailsLater(NotAllowed):
    def __init__(self, network: Network) -> None:
        super().__init__(
            _(
                "Letters of invitation go out from your %(days)d. day here on, because they go to people who "
                "do not know the site. You can make a link or a QR code now, and hand it on yourself."
            )
            % {"days": DAYS_TO_MAIL},
            way=(_("Make a link or a QR code"), f"{network.get_absolute_url()}invitations/"),
        )


@transaction.atomic
def make_link(*, coordinator: "Member", network: Network, days: int, uses: int) -> Invitation:
    """A link that lets up to `uses` people in, for `days`. Raises NotAllowed, BadText, TooManyInvitations."""
    if days not in DAYS or not 1 <= uses <= MOST_USES:
        raise BadText(_("A link lasts 1, 7, 30 or 90 days, and 1 to 500 people may use it."))
    one_at_a_time(coordinator)
    network = lock_open(network.pk)
    require_role(coordinator, network)
    _hold_pace(coordinator, 1)
    return _invite(coordinator, network, days=days, uses=uses)


@transaction.atomic
def invite_by_mail(
    *, coordinator: "Member", network: Network, addresses: Sequence[str], days: int
) -> list[Invitation]:
    """Send each address an invitation whoever opens it may use once.

    Nobody is looked up: an address with an account gets the same email as one without. Who was sent one
    a moment ago is not written to again: the form came twice.
    Raises NotAllowed (MailsLater for who is new here), BadText (InvitedToday) or TooManyInvitations; then none is sent.
    """
    addresses = list(dict.fromkeys(address.lower() for address in addresses))
    if days not in DAYS or not 1 <= len(addresses) <= MOST_ADDRESSES:
        raise BadText(_("Up to %(most)d addresses at once, please.") % {"most": MOST_ADDRESSES})
    one_at_a_time(coordinator)
    network = lock_open(network.pk)
    require_role(coordinator, network)
    refuse_newcomer(coordinator, network)
    hers = lately(Invitation.objects.filter(created_by=coordinator, network=network))
    made = list(hers.filter(email__in=addresses, revoked_at=None))
    addresses = [each for each in addresses if each not in {sent.email for sent in made}]
    today = Invitation.objects.filter(network=network, created_at__gt=timezone.now() - A_DAY)
    if again := today.filter(email__in=addresses).first():
        raise InvitedToday(again.email)
    _hold_pace(coordinator, len(addresses))
    for address in addresses:
        invitation = _invite(coordinator, network, days=days, uses=1, email=address)
        write_emails(
            "invitation",
            key=f"invitation-{invitation.pk}",
            addresses=[address],
            data={"invitation": invitation.pk},
        )
        made.append(invitation)
    return made


@transaction.atomic
def invite_later(
    *,
    coordinator: "Member",
    network: Network,
    letters: Sequence[tuple[str, datetime]],
    days: int,
) -> list[Invitation]:
    """An invitation to each address, whose letter goes out at its time: that is when it is made, for every count.

    For whoever has locked the network, and keeps the pace (`groups.rosters`). A few statements, however many they are.
    """
    made = Invitation.objects.bulk_create(
        Invitation(
            network=network,
            created_by=coordinator,
            created_at=at,
            expires_at=at + timedelta(days=days),
            max_uses=1,
            email=address,
        )
        for address, at in letters
    )
    write_letters(
        "invitation",
        [
            (f"invitation-{each.pk}", each.email, {"invitation": each.pk}, each.created_at)
            for each in made
        ],
    )
    about = {"invitations": len(made), "days": days}
    record_event(network.pk, EventKind.INVITED, actor=coordinator, details=about)
    return made


@transaction.atomic
def revoke_waiting(
    *, coordinator: "Member", network: Network, invitations: Sequence[Invitation]
) -> int:
    """Take back those of them whose letters are still to come; returns how many. With the network locked."""
    now = timezone.now()
    coming = [each for each in invitations if each.created_at > now and each.revoked_at is None]
    ids = [each.pk for each in coming]
    Invitation.objects.filter(pk__in=ids).update(revoked_at=now, revoked_by=coordinator)
    drop_letters([letter_key(each) for each in coming])
    if coming:
        about = {"invitations": len(coming)}
        record_event(network.pk, EventKind.REVOKED, actor=coordinator, details=about)
    return len(coming)


def letter_key(invitation: Invitation) -> str:
    """The key of its letter in the outbox, as long as its address is known."""
    return key_to(f"invitation-{invitation.pk}", invitation.email)


def refuse_newcomer(coordinator: "Member", network: Network) -> None:
    """Raise MailsLater, which leads to the links she can make and hand on herself."""
    if not can_mail(coordinator):
        raise MailsLater(network)


def _invite(
    coordinator: "Member", network: Network, *, days: int, uses: int, email: str = ""
) -> Invitation:
    now = timezone.now()
    invitation = Invitation.objects.create(
        network=network,
        created_by=coordinator,
        created_at=now,
        expires_at=now + timedelta(days=days),
        max_uses=uses,
        email=email,
    )
    about = {"invitation": invitation.pk, "days": days, "uses": uses}
    record_event(network.pk, EventKind.INVITED, actor=coordinator, details=about)
    return invitation


def _hold_pace(coordinator: "Member", more: int) -> None:
    # What a list has still to send counts on its day.
    made = Invitation.objects.filter(created_by=coordinator, created_at__lte=timezone.now())
    pace = pace_of(coordinator)
    hold_pace(coordinator, pace, made, more=more, error=TooManyInvitations, everyone=True)


@transaction.atomic
def revoke(*, coordinator: "Member", invitation: Invitation) -> None:
    """Make a link good for nobody any more, and take back its email. Raises NotAllowed."""
    network = lock_network(invitation.network_id)
    require_role(coordinator, network)
    now = timezone.now()
    changed = Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(
        revoked_at=now, revoked_by=coordinator
    )
    if changed:
        drop_emails(key=f"invitation-{invitation.pk}:")
        about = {"invitation": invitation.pk}
        record_event(network.pk, EventKind.REVOKED, actor=coordinator, details=about)


@transaction.atomic
def forget_addresses(now: datetime) -> None:
    """Of the next invitations older than FORUMS_INVITED_DAYS, forget to whom they were sent: she joined, or did not."""
    past = now - timedelta(days=settings.FORUMS_INVITED_DAYS)
    old = Invitation.objects.filter(~Q(email=""), created_at__lt=past).order_by("pk")
    few = old.values_list("pk", flat=True)[:FORGOTTEN]
    Invitation.objects.filter(pk__in=list(few)).update(email="", email_forgotten_at=now)


def refuse_bad(invitation: Invitation, network: Network, now: datetime) -> None:
    """Raise InvitationOver or InvitationUsedUp for an invitation that lets nobody in now."""
    if not network.is_open:
        raise InvitationOver(
            _("This network is archived and takes no new members. It can still be read.")
        )
    if invitation.revoked_at is not None:
        raise InvitationOver(
            _("This invitation was taken back. Please ask whoever sent it for a new one.")
        )
    if invitation.expires_at <= now:
        raise InvitationOver(
            _("This invitation has expired. Please ask whoever sent it for a new one.")
        )
    if invitation.uses >= invitation.max_uses:
        raise InvitationUsedUp


@transaction.atomic
def use_invitation(*, member: "Member", invitation: Invitation) -> Membership:
    """Let `member` in by an invitation; the one she came in by opens twice for her (a double click).

    Raises InvitationOver, InvitationUsedUp, AlreadyIn or NotAllowed.
    """
    one_at_a_time(member)
    network = lock_network(invitation.network_id)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    used = InvitationUse.objects.filter(invitation=invitation, member=member).exists()
    if found := Membership.objects.filter(network=network, member=member).first():
        if used:
            return found
        raise AlreadyIn
    refuse_bad(invitation, network, timezone.now())
    if not member.is_active:
        raise NotAllowed
    removed = removed_at(member.pk, network.pk)
    if removed and (invitation.max_uses > 1 or invitation.created_at < removed):
        raise NotAllowed(
            _(
                "You were in this network before: this link does not let you in again. "
                "Please ask a coordinator."
            )
        )
    if not used:  # else she left, and comes back by the same link
        InvitationUse.objects.create(invitation=invitation, member=member, used_at=timezone.now())
        Invitation.objects.filter(pk=invitation.pk).update(uses=F("uses") + 1)
    return take_in(network, member, by="invitation")


def forget_address(parting: Parting) -> None:
    """Forget the addresses of somebody who leaves: what was sent there was sent all the same."""
    sent = Invitation.objects.filter(email__in=parting.addresses)
    sent.update(email="", email_forgotten_at=timezone.now())
