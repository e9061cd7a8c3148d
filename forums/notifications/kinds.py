"""What the house forgets by itself, a little each hour; and the people notifications speak of."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from accounts import actions as accounts
from accounts.bounces.actions import forget_scores
from accounts.models import Member
from forums.base import counted
from forums.base.personal import Area, Leaves, Until, erases, holds
from forums.notifications import actions
from forums.notifications.models import Email, MailWish, Notification, Preference, Telling
from forums.notifications.registry import scheduled, thing


@scheduled("accounts: addresses nobody has proven")
def drop_pending(now: datetime) -> None:
    """Handles of those who have proven none are free again; who has proven one keeps it."""
    accounts.drop_pending(now)
    accounts.drop_waiting_addresses(now)


@scheduled("accounts: sessions that have ended")
def forget_sessions(now: datetime) -> None:
    """From which address of the net, with which browser, when."""
    accounts.forget_sessions(now)


@scheduled("accounts: mails that came back a while ago")
def forget_bounces(now: datetime) -> None:
    """A mailbox may have room again."""
    forget_scores(now)


@scheduled("tries that are counted no more")
def forget_tries(now: datetime) -> None:
    """From which address of the net somebody tried to sign in, or asked for letters."""
    counted.forget_tries(now)


@scheduled("emails: addresses of those who never joined")
def forget_addresses(now: datetime) -> None:
    """Somebody else gave them to us."""
    actions.forget_strangers(now)


@scheduled("emails: what is of no use once it was sent")
def forget_passing(now: datetime) -> None:
    """After two weeks."""
    actions.forget_passing(now)


@thing("person")
def people(_member: Any, ids: Collection[int]) -> Mapping[int, Member]:
    """Whoever has a page has a name that everybody reads."""
    return Member.objects.shown().only("handle", "display_name").in_bulk(ids)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Email,
    "member",
    what=gettext_lazy("Letters to you: of what kind, and when; their words are not kept"),
    area=Area.MAIL,
    leaves=Leaves.DELETED,
    until=Until.MAILS.label,
    but=("key",),
)
holds(
    Telling,
    "actor",
    what=gettext_lazy("What is about to be told to others"),
    area=Area.MAIL,
    leaves=Leaves.DELETED,
    until=Until.MINUTES.label,
    copied=False,
)
holds(
    Notification,
    "member",
    what=gettext_lazy("Your notifications"),
    area=Area.MAIL,
    leaves=Leaves.DELETED,
    until=Until.NOTES.label,
    but=("key",),
)
holds(
    Preference,
    "member",
    what=gettext_lazy("Of what you want to be told, and how"),
    area=Area.MAIL,
    leaves=Leaves.DELETED,
)
holds(
    MailWish,
    "member",
    what=gettext_lazy("Of what you want to be told, and how"),
    area=Area.MAIL,
    leaves=Leaves.DELETED,
)

erases("outbox-address", place=70)(actions.forget_addresses)
