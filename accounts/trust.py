"""What a member may, by how much the house trusts her: one table of rights and limits.

Moderators have the rights of the highest level. Nobody falls from a level by herself; how one rises is
computed by the wings that know what she reads and writes.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.models import TrustLevel

FIRST_DAY = timedelta(days=1)  # from her first text on


@dataclass(frozen=True, slots=True)
class Rights:
    """The limits of one level. None: as many as anybody."""

    reports_a_day: int
    links: int | None = None  # in one text, to other places than this site
    pictures: int | None = None  # in one text
    mentions: int | None = None  # names in one text
    first_day_topics: int | None = None
    first_day_replies: int | None = None
    looked_at_first: int = 0  # so many texts wait for a moderator, where one was here lately
    least_seconds: int = 0  # from opening a form to sending it; what is faster waits
    repeats: bool = True  # the same text in two places within a day does not wait
    in_a_row: int | None = (
        None  # so many answers within an hour with nobody in between, then the next waits
    )
    edits_for: timedelta | None = None  # after writing; None: always
    writes_to_anyone: bool = True  # private messages also outside her networks
    invites_as_known: bool = True  # at the pace of those who are known


RIGHTS = {
    TrustLevel.NEW: Rights(
        reports_a_day=10,
        links=2,
        pictures=1,
        mentions=2,
        first_day_topics=3,
        first_day_replies=10,
        looked_at_first=2,
        least_seconds=3,
        repeats=False,
        in_a_row=4,
        edits_for=timedelta(days=1),
        writes_to_anyone=False,
        invites_as_known=False,
    ),
    TrustLevel.KNOWN: Rights(
        reports_a_day=10, edits_for=timedelta(days=30), repeats=False, in_a_row=10
    ),
    TrustLevel.REGULAR: Rights(reports_a_day=20),
    TrustLevel.STEWARD: Rights(reports_a_day=20),
    TrustLevel.KEEPER: Rights(reports_a_day=20),
}


def rights_of(member: Any) -> Rights:
    """The rights of a member as she is loaded; of a visitor, those of a newcomer. Moderators have all."""
    if not member.is_authenticated:
        return RIGHTS[TrustLevel.NEW]
    level = TrustLevel.KEEPER if member.is_staff else TrustLevel(member.trust_level)
    return RIGHTS[level]
