"""Letters at every step, what she is told when she signs in meanwhile, and what is held of a person here."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.silence import stays_open
from forums.base.personal import Area, Basis, Leaves, Until, holds
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, scheduled, whole_address
from forums.privacy.leaving import actions
from forums.privacy.leaving.hindrances import what_hinders
from forums.privacy.leaving.models import Leaving, going
from forums.text import dates

SALT = "forums.privacy.leaving"


def confirm_path(leaving: Leaving) -> str:
    """Where it is confirmed by whoever reads the letter; a choice made anew needs a new letter."""
    said = [leaving.pk, leaving.choice, int(leaving.asked_at.timestamp())]
    return f"/settings/leave/confirm/{signing.dumps(said, salt=SALT)}/"


def stay_path(leaving: Leaving) -> str:
    """Where it is stopped, without signing in."""
    return f"/settings/leave/stay/{signing.dumps(leaving.pk, salt=f'{SALT}.stay')}/"


def asked_by(token: str) -> Leaving | None:
    """Whose letter this is, as long as it is the newest one."""
    try:
        pk, choice, asked = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    leaving = Leaving.objects.filter(pk=pk, choice=choice).select_related("member").first()
    is_newest = leaving is not None and int(leaving.asked_at.timestamp()) == asked
    return leaving if is_newest else None


def stays_by(token: str) -> Leaving | None:
    """Whose letter this is."""
    try:
        pk = signing.loads(token, salt=f"{SALT}.stay")
    except signing.BadSignature:
        return None
    return Leaving.objects.filter(pk=pk).select_related("member").first()


@scheduled("leaving: what nobody confirmed")
def forget(now: datetime) -> None:
    """And what was stopped."""
    actions.forget_unconfirmed(now)


@receiver(user_logged_in, dispatch_uid="leaving.still_time")
def still_time(*, request: HttpRequest, user: Member, **_kwargs: Any) -> None:
    """She comes back: there is still time."""
    leaving = going(user.pk)
    if leaving is not None and leaving.due_at is not None:
        said = _("Your account will be deleted on %(day)s. To stay, go to Settings, “My data”.")
        messages.warning(request, said % {"day": dates.day(leaving.due_at)}, fail_silently=True)


@email_kind("leaving", guards=True)
def leaving_letter(email: Email) -> EmailText | None:
    """One step of the way; of one that was stopped, only that it was."""
    found = Leaving.objects.filter(pk=email.data["leaving"]).select_related("member")
    leaving = found.first()
    step = email.data["step"]
    if leaving is None or leaving.ended_at is not None:
        return None
    if (leaving.stopped_at is not None) != (step == "stayed"):
        return None
    if step == "asked" and leaving.confirmed_at is not None:
        return None
    hinders = what_hinders(leaving.member) if step == "hindered" else []
    if step == "hindered" and not hinders:
        return None
    said = {
        "hinders": "\n".join(f"{each.name}: {whole_address(each.url)}" for each in hinders),
        "site": settings.SITE_NAME,
        "choice": leaving.get_choice_display(),
        "confirm": whole_address(confirm_path(leaving)),
        "stay": whole_address(stay_path(leaving)),
        "day": dates.day(leaving.due_at) if leaving.due_at else "",
        "password": whole_address("/accounts/password/reset/"),
    }
    subject, text = _words(step)
    return EmailText(
        subject % said,
        text % said,
        _("You get this letter because it is about your account itself."),
    )


def _words(step: str) -> tuple[str, str]:
    """The subject and the text of a step."""
    match step:
        case "asked":
            return (
                _("Do you want to delete your account?"),
                _(
                    "You asked to leave %(site)s. What you wrote: %(choice)s.\n\n"
                    "To go on, confirm it here within two days:\n%(confirm)s\n\n"
                    "If it was not you, somebody knows your password. Set a new one:\n%(password)s"
                ),
            )
        case "confirmed":
            return (
                _("Your account will be deleted on %(day)s"),
                _(
                    "It is confirmed. Your account will be deleted on %(day)s. What you wrote: %(choice)s.\n\n"
                    "Until then you can change your mind: sign in, or stay by this link:\n%(stay)s\n\n"
                    "If you want a copy of your data, sign in and ask for it before that day."
                ),
            )
        case "stayed":
            return (
                _("You stay: your account is not deleted"),
                _(
                    "Nothing is deleted, and all is as it was. If it was not you who asked to leave, set a new "
                    "password:\n%(password)s"
                ),
            )
        case "hindered":
            return (
                _("Your account could not be deleted today"),
                _(
                    "It was to be deleted today, but nobody else looks after these yet:\n%(hinders)s\n\n"
                    "Let another member take over. We try again on %(day)s, and you need do nothing more.\n\n"
                    "If you would rather stay:\n%(stay)s"
                ),
            )
        case _other:
            return (
                _("Goodbye from %(site)s"),
                _(
                    "Your account is being deleted now, as you asked. Your address is forgotten as soon as this letter has "
                    "gone out, so we cannot write to you again.\n\n"
                    "Thank you for having been here. What you gave to others stays with them; and the door is open."
                ),
            )


holds(
    Leaving,
    "member",
    what=gettext_lazy("That you leave, when, and what you chose"),
    area=Area.ACCOUNT,
    leaves=Leaves.KEPT,
    basis=Basis.LAW,
    until=Until.PROOF.label,
    but=("busy_until", "step", "after", "done"),
)

stays_open("leave_site", "leave_stay", "leave_stay_by_letter", "leave_confirm")
