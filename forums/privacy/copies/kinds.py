"""Being told that a copy is ready; that its file goes; what is held of a person here."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.silence import stays_open
from forums.base.personal import Area, Leaves, Parting, holds
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Group,
    Sentence,
    email_kind,
    notification,
    scheduled,
    switch,
    thing,
    whole_address,
)
from forums.notifications.seen import Seen
from forums.privacy.copies import actions
from forums.privacy.copies.actions import READY
from forums.privacy.copies.models import PersonalCopy
from forums.text import dates

COPIES = switch("copies", Group.ME, gettext_lazy("Copies of your data that are ready"), always=True)


@thing("copy")
def copies(member: Any, ids: Collection[int]) -> Mapping[int, PersonalCopy]:
    """Her own that can still be had."""
    return PersonalCopy.objects.visible_to(member).filter(expires_at__isnull=False).in_bulk(ids)


@notification(READY, COPIES)
def ready_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as it is there."""
    copy = seen.one(note, "copy")
    if copy is None or copy.expires_at is None:
        return None
    text = _("The copy of your data is ready. It is there until %(day)s.")
    return Sentence(
        text % {"day": dates.day(copy.expires_at)}, "/settings/privacy/", icon="download"
    )


@email_kind(READY, guards=True)
def ready_letter(email: Email) -> EmailText | None:
    """Where it is, and until when; without a link that opens it: she signs in."""
    copy = PersonalCopy.objects.filter(pk=email.data["copy"], expires_at__isnull=False).first()
    if copy is None or copy.expires_at is None:
        return None
    said = {
        "day": dates.day(copy.expires_at),
        "url": whole_address("/settings/privacy/"),
        "password": whole_address("/accounts/password/reset/"),
    }
    return EmailText(
        _("The copy of your data is ready"),
        _(
            "The copy of what we hold of you is ready. Sign in and fetch it here until %(day)s:\n%(url)s\n\n"
            "Only you can fetch it. If it was not you who asked for it, somebody has got into your account: set a "
            "new password at once:\n%(password)s"
        )
        % said,
        _("You get this letter because a copy of your data was asked for in your account."),
    )


@scheduled("copies whose time is over")
def forget(now: datetime) -> None:
    """With their files."""
    actions.forget(now)


def taken_away(parting: Parting) -> None:
    """With the files, which no table holds."""
    actions.forget_of(member=parting.member)


holds(
    PersonalCopy,
    "member",
    what=gettext_lazy("Copies of your data, for seven days"),
    area=Area.ACCOUNT,
    leaves=Leaves.DELETED,
    but=("key", "step", "after", "size", "busy_until"),
    eraser=taken_away,
)

stays_open("copy_ask")
