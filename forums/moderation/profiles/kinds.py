"""What is told to whose profile was emptied."""

from django.conf import settings
from django.utils.translation import gettext as _

from forums.moderation.kinds import CARE
from forums.moderation.models import Decision
from forums.moderation.profiles.actions import empty
from forums.moderation.registry import removed_by
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Sentence,
    email_kind,
    notification,
    whole_address,
)
from forums.notifications.seen import Seen

removed_by("member", empty)


@email_kind("profile_emptied")
def profile_emptied(email: Email) -> EmailText | None:
    """Her profile was emptied, to the member herself."""
    decision = Decision.objects.filter(pk=email.data["decision"]).first()
    if decision is None:
        return None
    lines = [
        _(
            "The moderators have taken off your page what you say of yourself: the name shown, the picture, "
            "the province, the words about you and the links. What you wrote elsewhere is as it was."
        ),
        _("Why: %(reason)s") % {"reason": decision.reason},
        _("You can write it anew:"),
        whole_address("/settings/profile/"),
        _("If you think that this is wrong, write to %(contact)s.")
        % {"contact": settings.CONTACT_EMAIL},
    ]
    return EmailText(_("Your profile was emptied"), "\n\n".join(lines) + "\n")


@notification("profile_emptied", CARE)
def profile_emptied_line(note: Notification, seen: Seen) -> Sentence | None:
    decision = seen.one(note, "decision")
    if decision is None:
        return None
    return Sentence(
        _("Your profile was emptied"), "/settings/profile/", decision.reason, icon="shield"
    )
