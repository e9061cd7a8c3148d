"""What sanctions register elsewhere: what a silenced member still sends, who comes back, why somebody is not let in, and
the letters."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.registry import TurnedAway, comes_back, says_why
from accounts.silence import STANDING, stays_open
from forums.base.personal import Area, Basis, Leaves, Until, holds
from forums.moderation.grounds import Grounds
from forums.moderation.letters import ends_at, letter_path
from forums.moderation.models import TRAITS, Act, Decision
from forums.moderation.registry import Undo, undone_by
from forums.moderation.sanctions import actions
from forums.moderation.sanctions.actions import let_in_again
from forums.moderation.sanctions.models import OUT, Sanction, SanctionKind
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, whole_address
from forums.text import dates

# What is for herself alone: how she reads, what she keeps and follows, what she is told, and leaving what she is in; and
# what she says to the moderators.
stays_open(
    "settings_picture_remove", "settings_see_others", "settings_display", "settings_notifications",
    "settings_following", "following_back", "settings_blocked", "settings_unread",
    "settings_messages", "settings_calendar", "push_on", "push_device", "push_off", "push_try",
    "notifications_read", "notifications_unread", "notification", "mail_stop", "follow", "block",
    "unread_read", "unread_back", "bookmark", "bookmark_note", "bookmark_done", "bookmark_later",
    "bookmark_take_out", "draft_keep", "drafts_at", "draft", "draft_throw_away",
    "draft_bring_back", "post_delete", "topic_delete", "message_take_back", "message_report",
    "conversation_mute", "conversation_leave", "network_leave", "network_join_take_back",
    "activity_answer", "close_version", "first_step", "first_networks", "first_step_close",
)  # fmt: skip


@comes_back
def when_it_is_over(member: Member) -> bool:
    """Her suspension had an end, which has come."""
    return let_in_again(member=member)


@says_why
def what_keeps_her_out(member: Member) -> TurnedAway | None:
    """The suspension or ban that holds; None for one from before there were such rows."""
    found = Sanction.objects.holding().filter(member=member, kind__in=OUT)
    held = found.select_related("decision").order_by("-pk").first()
    if held is None:
        return None
    banned = held.kind == SanctionKind.BAN
    words = _("This account is banned.") if banned else _("This account is suspended.")
    way = (_("Why, and ask to look again"), letter_path(held.decision, member.pk))
    return TurnedAway(words, held.decision.reason, held.until, (way,))


_SUBJECTS: dict[Act, Promise] = {
    Act.WARN: gettext_lazy("A warning from the moderators"),
    Act.UNWARN: gettext_lazy("The moderators took a warning back"),
    Act.SILENCE: gettext_lazy("You can only read for a while"),
    Act.UNSILENCE: gettext_lazy("You can write again"),
    Act.SUSPEND: gettext_lazy("Your account is suspended"),
    Act.BAN: gettext_lazy("Your account is banned"),
    Act.RESTORE: gettext_lazy("Your account is yours again"),
}
_SAID: dict[Act, Promise] = {
    Act.WARN: gettext_lazy(
        "The moderators ask you to take care. Nothing is taken from you; the warning counts until %(until)s."
    ),
    Act.UNWARN: gettext_lazy("Your warning was taken back. It counts no more."),
    Act.SILENCE: gettext_lazy(
        "Until %(until)s you can read everything as before, and write nothing. After that you write as before; "
        "nothing needs to be done for it."
    ),
    Act.UNSILENCE: gettext_lazy("You can write again, from now on."),
    Act.SUSPEND: gettext_lazy(
        "Your account is suspended until %(until)s. What you wrote stays, and everybody can go on reading without an "
        "account. Then sign in as usual."
    ),
    Act.BAN: gettext_lazy(
        "Your account is banned: it cannot be used any more. What you wrote stays, and everybody can go on "
        "reading without an account."
    ),
    Act.RESTORE: gettext_lazy("Your account can be used again. Sign in as usual."),
}
_NO_END = gettext_lazy(
    "Your account is suspended, until the moderators let you in again. What you wrote stays, and everybody can go "
    "on reading without an account."
)


@email_kind("sanctioned", guards=True, to_suspended=True)
def sanctioned(email: Email) -> EmailText | None:
    """What was decided about her account, to the member herself; nothing where it no longer holds."""
    found = Decision.objects.filter(pk=email.data["decision"]).select_related("rule", "sanction")
    decision = found.first()
    if decision is None or (act := Act(decision.act)) not in _SAID:
        return None
    sanction = getattr(decision, "sanction", None)
    if sanction is not None and not sanction.holds:
        return None
    until = dates.exactly(decision.until) if decision.until else ""
    no_end = act == Act.SUSPEND and not until
    lines = [
        str(_NO_END if no_end else _SAID[act]) % {"until": until},
        _("Why: %(reason)s") % {"reason": decision.reason},
    ]
    if decision.rule is not None:
        lines.append(_("House rule: %(rule)s") % {"rule": decision.rule})
        lines.append(whole_address(decision.rule.get_absolute_url()))
    if act not in (Act.SUSPEND, Act.BAN):
        lines.append(_("What holds for your account:"))
        lines.append(whole_address(STANDING))
    if TRAITS[act].against and email.member is not None:
        lines.append(
            _(
                "If you think that this is wrong, you may ask once that somebody else looks again, until "
                "%(when)s. You need not sign in:"
            )
            % {"when": dates.exactly(ends_at(decision))}
        )
        lines.append(whole_address(letter_path(decision, email.member.pk)))
    return EmailText(str(_SUBJECTS[act]), "\n\n".join(lines) + "\n")


# -- Taking back -----------------------------------------------------------------------------------


def _while_it_holds(action: Callable[..., Decision | None]) -> Undo:
    """What ended by itself, or made room for another, is not taken back: nothing of it is left."""

    def undo(decision: Decision, moderator: Member, grounds: Grounds) -> Decision | None:
        sanction = Sanction.objects.filter(decision=decision).first()
        if sanction is not None and not sanction.holds:
            return None
        return action(moderator=moderator, member=decision.member, reason=grounds)

    return undo


def _warning_back(decision: Decision, moderator: Member, grounds: Grounds) -> Decision | None:
    if decision.member is None:
        return None
    return actions.take_warning_back(
        moderator=moderator, member=decision.member, reason=grounds, given=decision
    )


undone_by(Act.WARN, "member", _warning_back)
undone_by(Act.SILENCE, "member", _while_it_holds(actions.unsilence))
undone_by(Act.SUSPEND, "member", _while_it_holds(actions.restore))
undone_by(Act.BAN, "member", _while_it_holds(actions.restore))


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Sanction,
    "member",
    what=gettext_lazy(
        "Warnings, silence, suspensions: from when until when, and what took them back"
    ),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
)
