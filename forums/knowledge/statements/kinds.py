"""What is told about statements; what is held of a person who wrote one, or looked at one."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums.base.personal import Area, Leaves, Until, acted, holds
from forums.base.visibility import is_signed_in
from forums.discussions.topics.models import Topic
from forums.knowledge.statements.actions import empty_statements
from forums.knowledge.statements.models import Fate, Statement
from forums.knowledge.statements.queue import LongWait, waits_for, who_is_reminded
from forums.knowledge.statements.telling import DECIDED, WAIT
from forums.notifications.models import Email, Notification, Preference
from forums.notifications.outbox import write_emails
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
from forums.notifications.telling import tell_here
from forums.text.dates import BANGKOK

YOURS = switch(
    "statements",
    Group.ME,
    gettext_lazy("What became of statements you wrote"),
    place=6,
)
TO_LOOK_AT = switch(
    "statements-waiting",
    Group.ME,
    gettext_lazy("Statements that wait for you to look at them"),
    gettext_lazy("once a day, as long as one has waited for more than a day"),
    place=7,
)
_SAID = {
    Fate.OPEN: gettext_lazy("Your statement in “%(topic)s” is put to the vote"),
    Fate.REFUSED: gettext_lazy("Your statement in “%(topic)s” is not put to the vote"),
    Fate.MERGED: gettext_lazy("Your statement in “%(topic)s” was put together with another"),
    Fate.SPLIT: gettext_lazy("Your statement in “%(topic)s” was parted into several"),
}
MORNING = 7  # o'clock


# -- to whoever wrote it ----------------------------------------------------------------------------


@thing("statement")
def statements(member: Any, ids: Collection[int]) -> Mapping[int, Statement]:
    """Her own, in topics that stand in her lists."""
    if not is_signed_in(member):
        return {}
    hers = Statement.objects.filter(author=member, topic__in=Topic.objects.for_list(member))
    return hers.select_related("topic").in_bulk(ids)


def _told(statement: Statement) -> tuple[str, str] | None:
    """What became of it, and a reason; None of what nobody decided."""
    said = _SAID.get(statement.fate)
    if said is None:
        return None
    return str(said) % {"topic": statement.topic.title}, statement.get_refusal_display()


@notification(DECIDED, YOURS)
def decided_line(note: Notification, seen: Seen) -> Sentence | None:
    """What became of it, as it is now; never who decided."""
    statement = seen.one(note, "statement")
    told = None if statement is None else _told(statement)
    if told is None:
        return None
    text, reason = told
    return Sentence(text, f"/statements/#s{statement.pk}", reason or statement.body, icon="check")


@email_kind(DECIDED, passing=True)
def decided_letter(email: Email) -> EmailText | None:
    """The same by letter."""
    statement = statements(email.member, [email.data["statement"]]).get(email.data["statement"])
    told = None if statement is None else _told(statement)
    if told is None or statement is None:
        return None
    text, reason = told
    lines = [f"“{statement.body}”", text, reason, _("All of it stands here:")]
    address = whole_address(f"/statements/#s{statement.pk}")
    return EmailText(text, "\n\n".join([*filter(None, lines), address]) + "\n")


# -- to whoever decides --------------------------------------------------------------------------


@scheduled("statements that wait")
def remind(now: datetime) -> None:
    """Once a day, in the morning, whoever may look at what has waited for a day; again each day, until somebody has."""
    today = now.astimezone(BANGKOK)
    if today.hour < MORNING or not (members := who_is_reminded(now)):
        return
    key, data = f"{WAIT}-{today:%Y%m%d}", {"statements_of": today.toordinal()}
    write_emails(WAIT, key=key, members=sorted(members), data=data)
    told = Notification.objects.filter(key=key, member__in=members)
    off = Preference.objects.filter(switch=TO_LOOK_AT.name, here=False, member__in=members)
    members -= {*told.values_list("member", flat=True), *off.values_list("member", flat=True)}
    tell_here(WAIT, key=key, members=members, data=data)


@thing("statements_of")
def waiting_on(member: Any, days: Collection[int]) -> Mapping[int, list[LongWait]]:
    """What waits now for her to look at, said under the newest of these days (ordinals) alone."""
    return {max(days): waits_for(member)} if is_signed_in(member) else {}


def _counted(waits: list[LongWait]) -> str:
    total = sum(each.statements for each in waits)
    said = {"n": total, "topic": waits[0].topic.title, "others": len(waits) - 1}
    if len(waits) == 1:
        text = ngettext(
            "%(n)d statement waits for you to look at it in “%(topic)s”",
            "%(n)d statements wait for you to look at them in “%(topic)s”",
            total,
        )
    else:
        text = _(
            "%(n)d statements wait for you to look at them in “%(topic)s” and in %(others)d more"
        )
    return text % said


def _place(waits: LongWait) -> str:
    return f"/t/{waits.topic.pk}/common/waiting/"


@notification(WAIT, TO_LOOK_AT, again=False)
def waiting_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as something waits for her."""
    waits = seen.one(note, "statements_of")
    return Sentence(_counted(waits), _place(waits[0]), icon="clock") if waits else None


@email_kind(WAIT, passing=True)
def waiting_letter(email: Email) -> EmailText | None:
    """Each topic with what waits in it; none of its words."""
    waits = waits_for(email.member) if email.member is not None else []
    if not waits:
        return None
    lines = [_("They are put to the vote when somebody has looked at them. Each where it waits:")]
    lines += [f"{each.topic.title}\n{whole_address(_place(each))}" for each in waits]
    return EmailText(
        _counted(waits),
        "\n\n".join(lines) + "\n",
        _("You get this letter because you may decide there what is put to the vote."),
    )


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Statement,
    "author",
    what=gettext_lazy("Statements you wrote, and what became of them"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.STAYS.label,
    # How others answered is told by one door only (`results.access`), also to who wrote it.
    but=("key", "pull"),
    eraser=empty_statements,
)
acted(Statement, "looked_by")
