"""The email of an invitation; and that its address is forgotten."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.known import blocked_by
from accounts.models import Member
from forums.base.errors import ForumError
from forums.base.personal import acted, erases
from forums.groups.invitations import actions
from forums.groups.invitations.actions import refuse_bad
from forums.groups.invitations.models import Invitation, InvitationUse
from forums.groups.memberships.models import role_in
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, scheduled
from forums.text import dates
from forums.text.links import without_links


@scheduled("invitations: addresses of those who never joined")
def forget_addresses(now: datetime) -> None:
    """Somebody else gave them to us."""
    actions.forget_addresses(now)


@email_kind("invitation")
def invitation(email: Email) -> EmailText | None:
    """Somebody invites an address, in our words: of hers, two names. Nothing once it is no longer good."""
    found: Any = Invitation.objects.select_related("network", "created_by")
    sent = found.filter(pk=email.data["invitation"]).first()
    if sent is None or not sent.created_by.is_active:
        return None  # a list goes out for days: of who was suspended meanwhile nothing more
    member = _member_of(email.address)
    if sent.created_by_id in blocked_by(member) or role_in(member, sent.network_id):
        return None  # and nobody is told: she who invites sees what she always sees
    try:
        refuse_bad(sent, sent.network, timezone.now())
    except ForumError:
        return None
    said = {
        "person": without_links(str(sent.created_by)),
        "network": without_links(sent.network.name),
        "site": settings.SITE_NAME,
        "link": sent.link,
        "day": dates.day(sent.expires_at),
    }
    return EmailText(
        _("%(person)s invites you to %(site)s") % said,
        _(
            "%(person)s, a member of %(site)s, invites you to the network “%(network)s” there. We have not "
            "looked into who that is.\n\n"
            "Open this link to look at it and to join; it is good until %(day)s, for one person:\n"
            "%(link)s"
        )
        % said,
        _(
            "You get this letter because %(person)s gave us your address. If you do not know her, "
            "you need not do anything; we have not kept your address for anything else."
        )
        % said,
    )


def _member_of(address: str) -> Member | None:
    """Whose address this is, first or further."""
    proven = Q(emailaddress__email=address, emailaddress__verified=True)
    return Member.objects.filter(Q(email=address) | proven).first()


# -- What is held of a person ----------------------------------------------------------------------

acted(Invitation, "created_by", "revoked_by", but=("token", "email"))
acted(InvitationUse, "member")

erases("invitations-address", place=70)(actions.forget_address)
