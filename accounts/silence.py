"""A member who is silenced reads as before, and writes nothing for others until a day that is said with it.

The one column on her row says so, which is loaded with her: who may write costs no query. Each predicate of writing asks
`may_write`; forms that no predicate guards are held at the one door all forms come through
(`roypalang.middleware.PaceOfWriting`), but for those whose addresses a noun lets through: what is for herself alone.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forums.base.constant_sql import select
from forums.base.errors import NotAllowed
from forums.text import dates


class Silenced(NotAllowed):
    """She may read, and may not write for now. Says until when, and where she sees why."""

    message = _(
        "The moderators have asked you to only read until %(until)s. What you wrote is still here."
    )

    def __init__(self, member: Any) -> None:
        until = dates.exactly(member.silenced_until)
        super().__init__(
            str(self.message) % {"until": until}, way=(_("Why, and what you can do"), STANDING)
        )


STANDING = "/settings/standing/"


def is_silenced(member: Any) -> bool:
    """As she is loaded. Nobody asks the database."""
    until = getattr(member, "silenced_until", None)
    return until is not None and until > timezone.now()


def may_write(member: Any) -> bool:
    """Signed in, neither suspended nor silenced: what each predicate of writing begins with."""
    return bool(member.is_authenticated and member.is_active and not is_silenced(member))


def refuse_silenced(member: Member) -> None:
    """Raise Silenced as she is *now*: for actions that hold the lock of what she writes (`one_at_a_time`), which who
    silences her holds too. One query, of one column."""
    now = select("SELECT silenced_until FROM accounts_member WHERE id = %(me)s", me=member.pk)
    refuse_until(member, now[0][0] if now else None)


def refuse_until(member: Member, until: datetime | None) -> None:
    """The same, for who has asked it along with something else."""
    member.silenced_until = until
    if is_silenced(member):
        raise Silenced(member)


_OPEN: set[str] = set()


def stays_open(*names: str) -> None:
    """Register addresses (by the names of their views) to which also a silenced member may send a form: what is for
    herself, and what she says to the moderators."""
    _OPEN.update(names)


def is_open(name: str | None) -> bool:
    """Is this address registered as one that stays open?"""
    return name in _OPEN


def refuse_form(member: Any, name: str | None) -> None:
    """Raise Silenced for a form a silenced member may not send. Asks nothing of the database."""
    if name not in _OPEN and is_silenced(member):
        raise Silenced(member)
