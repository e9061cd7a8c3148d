"""Letters at every step; the day it falls due; and that a second step passed stops it."""

from datetime import datetime
from typing import Any

from allauth.mfa.signals import authenticator_used
from django.conf import settings
from django.core import signing
from django.dispatch import receiver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forums.base.personal import Area, Basis, Leaves, holds, moderated
from forums.moderation.lost_devices import actions
from forums.moderation.lost_devices.models import Ending, LostDevice, open_for
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, scheduled, whole_address
from forums.text import dates

SALT = "forums.moderation.lost_devices"


def stop_path(lost: LostDevice) -> str:
    """Where this one is stopped by whoever reads the letter, without signing in."""
    return f"/accounts/2fa/lost/stop/{signing.dumps(lost.pk, salt=SALT)}/"


@scheduled("lost devices")
def settle(now: datetime) -> None:
    """What is due is done, what nobody checked ends."""
    actions.settle(now)


@receiver(authenticator_used, dispatch_uid="lost_devices.found_again")
def found_again(*, user: Member, **_kwargs: Any) -> None:
    """Whoever passes the second step has lost nothing; and a stranger's asking has come to light."""
    if (lost := open_for(user.pk)) is not None:
        actions.stop(lost=lost)


@email_kind("lost_device", guards=True)
def lost_device(email: Email) -> EmailText | None:
    """One step of the way; of one that has ended, only how."""
    lost = LostDevice.objects.filter(pk=email.data["lost"]).first()
    step = email.data["step"]
    if lost is None or (lost.ended_at is not None and step not in Ending.values):
        return None
    said = {
        "contact": settings.CONTACT_EMAIL,
        "stop": whole_address(stop_path(lost)),
        "day": dates.exactly(lost.due_at) if lost.due_at else "",
        "password": whole_address("/accounts/password/reset/"),
        "second": whole_address("/accounts/2fa/"),
    }
    subject, text = _words(step)
    if step not in Ending.values:
        text += "\n\n" + _(
            "If it was not you, or you have found your device, stop it here:\n%(stop)s"
        )
        text += "\n\n" + _("Then set a new password, since somebody has tried yours:\n%(password)s")
    return EmailText(
        subject=subject,
        body=text % said,
        why=_("You get this letter because it is about who can sign in to your account."),
    )


def _words(step: str) -> tuple[str, str]:
    """The subject and the text of a step."""
    match step:
        case "asked":
            return (
                _("Somebody asks to sign in to your account without its second step"),
                _(
                    "Somebody who has your password, or reads your mail, says that the device of the "
                    "second step is lost, and asks the moderators to take the second step off.\n\n"
                    "If it was you: two moderators now check that it is you, and may write to you. After "
                    "that three more days pass. You need not do anything."
                ),
            )
        case "first":
            return (
                _("A first moderator has confirmed that it is you"),
                _(
                    "A moderator has confirmed that it is you who asks. A second one must do so too."
                ),
            )
        case "second":
            return (
                _("The second step of your account will be taken off"),
                _(
                    "Two moderators have confirmed that it is you who asks. The second step will be taken "
                    "off on %(day)s. From then on you sign in with your password, or with a code by e-mail."
                ),
            )
        case Ending.DONE:
            return (
                _("The second step of your account is off"),
                _(
                    "The second step has been taken off, and all devices are signed out. Sign in with your "
                    "password, then set up a second step anew, and keep the recovery codes:\n%(second)s\n\n"
                    "If it was not you, write at once to %(contact)s."
                ),
            )
        case Ending.STOPPED:
            return (
                _("Stopped: your second step stays"),
                _(
                    "It was stopped, and your second step stays as it is. If somebody else had asked, set a "
                    "new password:\n%(password)s"
                ),
            )
        case Ending.DENIED:
            return (
                _("Your second step stays"),
                _(
                    "A moderator could not confirm that it is you who asks, so the second step stays. If it "
                    "was you, write to %(contact)s."
                ),
            )
        case _other:
            return (
                _("Your second step stays"),
                _(
                    "The moderators could not confirm in time that it is you who asks, so the second step "
                    "stays. If it was you, ask again, and write to %(contact)s."
                ),
            )


# -- What is held of a person ----------------------------------------------------------------------

holds(
    LostDevice,
    "member",
    what=gettext_lazy("That you had lost the device for your second step"),
    area=Area.ORDER,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
)
moderated(LostDevice, "first_by", "second_by")
