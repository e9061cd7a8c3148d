"""Cases of notices, what may be answered, the letters to who gave one and to the moderators, and the clock."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.silence import stays_open
from forums.base.errors import BadText
from forums.base.personal import Area, Basis, Leaves, holds, moderated
from forums.moderation import actions as moderation
from forums.moderation.concealing.choosing import lines_of, words_field
from forums.moderation.grounds import Grounds
from forums.moderation.models import Decision
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import CaseAnswer, Section, case_kind
from forums.moderation.registry import removal_of, removed_by
from forums.moderation.subjects import Subject, subject_at
from forums.moderation.takedown import actions
from forums.moderation.takedown.models import Notice, NoticeState, SealedCopy, SealedLook
from forums.moderation.takedown.permissions import hears_of
from forums.notifications.models import Email
from forums.notifications.registry import EmailText, email_kind, scheduled, whole_address
from forums.text import dates

removed_by("topic", moderation.hide_topic)
removed_by("activity", moderation.hide_activity)


# -- what waits -----------------------------------------------------------------------------------


def _remove(
    moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    subject = subject_at(case.subject, case.key, moderator)
    if subject is None:
        raise BadText(_("This is no longer there."))
    return actions.remove(moderator=moderator, case=case, subject=subject, reason=grounds)


def _remove_part(
    moderator: Member, case: Case, grounds: Grounds, more: Mapping[str, Any]
) -> Decision | None:
    subject = subject_at(case.subject, case.key, moderator)
    if subject is None:
        raise BadText(_("This is no longer there."))
    passages = lines_of(more.get("words") or "")
    return actions.remove_part(
        moderator=moderator, case=case, subject=subject, passages=passages, reason=grounds
    )


def _refuse(moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]) -> None:
    actions.refuse_notice(moderator=moderator, case=case, reason=grounds)


def _ask(moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]) -> None:
    actions.ask_for_more(moderator=moderator, case=case, reason=grounds)


def _answers(case: Case, subject: Subject | None) -> Sequence[CaseAnswer]:
    stays = CaseAnswer(
        "refuse", gettext_lazy("It stays: refuse the notice"), _refuse, refused=True, place=10
    )
    more = CaseAnswer(
        "ask", gettext_lazy("Ask who gave the notice for more"), _ask, ends=False, place=20
    )
    if removal_of(case.subject) is None:
        return [stays, more]
    down = CaseAnswer(
        "remove", gettext_lazy("Take it down, and seal what it said"), _remove, grave=True, place=90
    )
    if case.subject not in ("post", "topic"):
        return [stays, more, down]
    part = CaseAnswer(
        "part",
        gettext_lazy("Take down a passage, and seal it"),
        _remove_part,
        grave=True,
        asks={"words": partial(words_field, empty=False)},
        place=80,
    )
    return [stays, more, part, down]


def _shown(case: Case) -> Sequence[Section]:
    """The notices about the thing, each with who gave it and its clock."""
    found = Notice.objects.filter(subject=case.subject, key=case.key).order_by("-pk")[:20]
    return [
        Section(
            _("Notice %(receipt)s") % {"receipt": notice.receipt},
            [
                (_("Who asks"), f"{notice.get_notifier_display()}: {notice.name} {notice.email}"),
                (_("Why"), notice.get_harm_display()),
                (_("What it says"), notice.words),
                *([(_("What was added"), notice.more)] if notice.more else []),
                (_("State"), f"{notice.get_state_display()} {notice.answer}".strip()),
                (_("To be answered until"), dates.exactly(notice.due_at)),
            ],
        )
        for notice in found
    ]


case_kind(
    actions.CASE,
    gettext_lazy("a notice to take something down"),
    answers=_answers,
    shown=_shown,
    site_only=True,  # who gives a notice is nobody else's to know
)


# -- the clock ------------------------------------------------------------------------------------


@scheduled("takedown: the clock")
def clock(now: datetime) -> None:
    """Moderators hear again before it runs out; what is over is forgotten."""
    actions.warn_moderators(now)
    actions.forget(now)


# -- letters --------------------------------------------------------------------------------------


def _to_notifier(step: Callable[[Notice], tuple[str, list[str]] | None]) -> Callable[..., Any]:
    def write(email: Email) -> EmailText | None:
        notice = Notice.objects.filter(pk=email.data["notice"], forgotten_at=None).first()
        said = step(notice) if notice is not None else None
        if notice is None or said is None:
            return None
        subject, lines = said
        lines += [
            _("Your receipt: %(receipt)s") % {"receipt": notice.receipt},
            whole_address(notice.get_absolute_url()),
        ]
        return EmailText(
            subject=subject,
            body="\n\n".join(lines) + "\n",
            why=_(
                "You get this letter because somebody gave this address with a notice to take something "
                "down. If it was not you, write to %(contact)s."
            )
            % {"contact": settings.CONTACT_EMAIL},
        )

    return write


@email_kind("takedown_received")
@_to_notifier
def received(notice: Notice) -> tuple[str, list[str]] | None:
    """That it came, and until when it is answered."""
    due = {"when": dates.exactly(notice.due_at)}
    return _("We have your notice"), [_("Your notice came. We answer it until %(when)s.") % due]


@email_kind("takedown_asked")
@_to_notifier
def asked(notice: Notice) -> tuple[str, list[str]] | None:
    """What is missing."""
    if notice.state != NoticeState.ASKED:
        return None
    said = [_("We cannot decide about your notice yet. Please tell us more:"), notice.answer]
    return _("A question about your notice"), said


@email_kind("takedown_answered")
@_to_notifier
def answered(notice: Notice) -> tuple[str, list[str]] | None:
    """What was decided, and why."""
    if notice.answered_at is None:
        return None
    said = [_("Your notice was decided: %(state)s.") % {"state": notice.get_state_display()}]
    said.append(_("Why: %(reason)s") % {"reason": notice.answer})
    return _("An answer to your notice"), said


@email_kind("takedown_waits")
def waits(email: Email) -> EmailText | None:
    """To each moderator but whose text it is: a notice came, was added to, or its clock runs out."""
    notice = Notice.objects.filter(pk=email.data["notice"], answered_at=None).first()
    if notice is None or (email.member is not None and not hears_of(email.member, notice)):
        return None
    due = {"when": dates.exactly(notice.due_at)}
    lines = [
        _("Somebody asks to take something down. It is to be answered until %(when)s.") % due,
        f"{notice.get_harm_display()}: {whole_address(notice.get_absolute_url())}",
        whole_address(reverse("site_queue")),
    ]
    return EmailText(
        subject=_("To be answered until %(when)s: a notice to take something down") % due,
        body="\n\n".join(lines) + "\n",
        why=_("You get this letter because you moderate the site."),
    )


stays_open("takedown", "takedown_receipt")  # open to who is signed out


# -- what is held of a person -----------------------------------------------------------------------

holds(
    Notice,
    "email",
    what=gettext_lazy("Notices to take something down, given from your address"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.LAW,
    until=gettext_lazy("a year after the answer"),
    mine=lambda member: Q(email__iexact=member.email) & ~Q(email=""),
)
holds(
    SealedCopy,
    "author",
    what=gettext_lazy("Sealed copies of what of yours was taken down by a notice"),
    area=Area.ORDER,
    leaves=Leaves.KEPT,
    basis=Basis.LAW,
    until=gettext_lazy("90 days"),
)
moderated(SealedLook, "member")
