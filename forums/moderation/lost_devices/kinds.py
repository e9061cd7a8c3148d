"""Letters at every step; the day it falls due; that a second step passed stops it; and its case, for two moderators."""

from collections.abc import Iterator, Mapping, Sequence
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
from forums.moderation.grounds import Grounds
from forums.moderation.lost_devices import actions
from forums.moderation.lost_devices.models import Ending, LostDevice, open_for, unchecked
from forums.moderation.models import Decision
from forums.moderation.permissions import can_check
from forums.moderation.queue.actions import give_back
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import Because, CaseAnswer, Section, case_kind
from forums.moderation.subjects import Subject, of_member
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


# -- Its case ----------------------------------------------------------------------------------------


def _check(
    moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    """The first moderator's word leaves it to a second one."""
    member = Member.objects.get(pk=case.key)
    decision = actions.check(moderator=moderator, member=member, reason=grounds)
    give_back(moderator=moderator, case=case)
    return decision


def _deny(
    moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    member = Member.objects.get(pk=case.key)
    return actions.deny(moderator=moderator, member=member, reason=grounds)


def _may_check(member: Any, case: Case) -> bool:
    """Nobody says it twice, nor of herself."""
    lost = open_for(int(case.key))
    if lost is None or case.about is None or lost.first_by_id == member.pk:
        return False
    return can_check(member, case.about)


def _answers(_case: Case, _subject: Subject | None) -> Sequence[CaseAnswer]:
    return [
        CaseAnswer(
            "check",
            gettext_lazy("I know that it is she. Two moderators must say so"),
            _check,
            may=_may_check,
            ends=False,  # `actions` ends it with the second one's word
            proof=True,
            place=10,
        ),
        CaseAnswer(
            "deny",
            gettext_lazy("I do not believe it: her second step stays"),
            _deny,
            refused=True,
            grave=True,
            ends=False,
            place=20,
        ),
    ]


def _because(cases: Sequence[Case]) -> Mapping[int, Because]:
    """How far it is, in one query."""
    head = _("Somebody has lost the device of the second step")
    rows = unchecked().filter(member__in=[int(case.key) for case in cases])
    first = dict(rows.values_list("member", "first_by"))
    note = _("one moderator knows her, a second one must")
    return {
        case.pk: Because(head, note if first.get(int(case.key)) is not None else "")
        for case in cases
    }


def _shown(case: Case) -> Sequence[Section]:
    lost = open_for(int(case.key))
    return [Section(_("How we know her"), [("", lost.words)])] if lost and lost.words else []


def _waiting() -> Iterator[tuple[Subject, datetime]]:
    for lost in unchecked().select_related("member"):
        yield of_member(lost.member), lost.created_at


case_kind(
    actions.LOST,
    gettext_lazy("Somebody has lost the device of the second step"),
    answers=_answers,
    because=_because,
    shown=_shown,
    waiting=_waiting,
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
