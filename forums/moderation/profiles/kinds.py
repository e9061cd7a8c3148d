"""The letter to whose profile was emptied."""

from django.conf import settings
from django.utils.translation import gettext as _

from forums.moderation.models import Decision
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, whole_address


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
