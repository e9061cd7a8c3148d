"""The letter that says why: for what is grave, also to who may not sign in any more."""

from django.utils.translation import gettext as _

from forums.moderation.letters import letter_path
from forums.moderation.statements.reasons import loaded, readers_of, reasons_of
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, whole_address
from forums.text import dates


@email_kind("statement", guards=True, to_suspended=True)
def statement(email: Email) -> EmailText | None:
    """What was decided about what is hers, and why."""
    decision = loaded(email.data["decision"])
    if decision is None or email.member is None or email.member_id not in readers_of(decision):
        return None
    found = reasons_of(decision, email.member)
    about = f"{found.what} “{found.title}”" if found.title else found.what
    lines = [
        _("%(act)s: %(about)s") % {"act": found.act, "about": about},
        _("Why: %(reason)s") % {"reason": decision.reason},
    ]
    if decision.rule is not None:
        lines.append(_("Rule %(rule)s") % {"rule": decision.rule})
    lines.append(_("Who decided: %(who)s") % {"who": found.who})
    if found.until is not None:
        lines.append(_("It ends by itself: %(when)s") % {"when": dates.exactly(found.until)})
    if found.ends_at is not None:
        lines.append(
            _(
                "If you think that this is wrong, you may ask once that somebody else looks again, until "
                "%(when)s. You need not sign in:"
            )
            % {"when": dates.exactly(found.ends_at)}
        )
    else:
        lines.append(_("All of it stands here:"))
    lines.append(whole_address(letter_path(decision, email.member.pk)))
    return EmailText(
        subject=_("A decision about what is yours: %(act)s") % {"act": found.act},
        body="\n\n".join(lines) + "\n",
        why=_("You get this letter because it was decided about something of yours."),
    )
