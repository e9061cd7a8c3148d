"""What is typed for options: one a line; of a date to find a day a line, with a time if one likes."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.base.limits import fitting_line
from forums.discussions.polls.models import FEWEST, MOST, OPTION_LENGTH, Poll, PollKind
from forums.discussions.polls.tallies import YES
from forums.text import dates
from forums.text.calendar_words import weekday
from forums.text.naming import letters_of
from forums.text.reading_dates import NotADate, NotATime, read_date, read_time

# "5/12/2569 18:30", "5 ธ.ค. 69 เวลา 18.30 น.": what may be a time at the end of a line
_TIME = re.compile(
    r"^(?P<day>.+?\d)\s*(?:,|·)?\s+(?:เวลา\s*|at\s+)?(?P<time>\d{1,2}[:.]\d{2}(?:\s*น\.?)?)$"
)
_LONGEST = OPTION_LENGTH * 4 * MOST


def cleaned(kind: str, typed: str | Sequence[str]) -> list[str]:
    """The options, as they are stored, days in their order. Raises BadText."""
    if isinstance(typed, str):
        typed = typed[: _LONGEST * 4].splitlines()
    lines = [line.strip() for line in typed if line.strip()]
    if not FEWEST <= len(lines) <= MOST:
        raise BadText(
            _("Give %(fewest)d to %(most)d options, one a line; here are %(count)d.")
            % {"fewest": FEWEST, "most": MOST, "count": len(lines)}
        )
    options = [_day(line) if kind == PollKind.DATE else _words(line) for line in lines]
    keys = set[str]()
    for option in options:
        key = option.casefold()
        if key in keys:
            said = label_of(option, kind)
            raise BadText(_("“%(option)s” stands there twice.") % {"option": said})
        keys.add(key)
    return sorted(options) if kind == PollKind.DATE else options


def _words(line: str) -> str:
    line = fitting_line(line, OPTION_LENGTH)
    if not letters_of(line):
        raise BadText(_("An option has no letters one could read."))
    return line


def _day(line: str) -> str:
    """A day, or a day and a time, as it is stored."""
    found = _TIME.match(line)
    at: time | None = None
    today = timezone.localdate(timezone=dates.BANGKOK)
    try:
        if found:
            at = read_time(found["time"])
        day = read_date(found["day"] if found else line, today=today)
    except (NotADate, NotATime) as error:
        raise BadText(
            _("“%(line)s” is no day we can read. Write it like 5/12/2026 or 5/12/2026 18:30.")
            % {"line": line[:OPTION_LENGTH]}
        ) from error
    if day < today:
        raise BadText(_("%(day)s is past already.") % {"day": dates.day_of(day)})
    return f"{day.isoformat()} {at:%H:%M}" if at else day.isoformat()


def moment_of(option: str) -> tuple[date, time | None] | None:
    """The day of an option, and the time where it has one; None for one that was emptied by who left."""
    try:
        at = datetime.fromisoformat(option)
    except ValueError:
        return None
    return at.date(), at.time() if " " in option else None


def label_of(option: str, kind: str) -> str:
    """An option as it is read; a day with its weekday, by which people know whether they can."""
    if kind != PollKind.DATE:
        return option
    if (moment := moment_of(option)) is None:
        return option
    day, at = moment
    exactly = datetime.combine(day, at or time(), tzinfo=dates.BANGKOK)
    said = dates.exactly(exactly) if at else dates.day_of(day)
    return f"{weekday(day)} {said}"


def labels(poll: Poll) -> list[str]:
    """The options of a poll as they are read."""
    return [label_of(option, poll.kind) for option in poll.options]


class AnswerPart(NamedTuple):
    """One part of an answer: a rank, “if need be”, or nothing, and of which option."""

    how: str
    label: str


def said_by(poll: Poll, marks: Sequence[int]) -> list[AnswerPart]:
    """What a ballot says, in words: of a ranking the first first."""
    chosen = [(mark, label) for mark, label in zip(marks, labels(poll), strict=True) if mark]
    if poll.kind == PollKind.RANKED:
        return [
            AnswerPart(f"{rank}.", label)
            for rank, label in sorted(chosen, key=lambda each: each[0])
        ]
    if poll.kind == PollKind.DATE:
        return [AnswerPart("" if mark == YES else _("if need be"), label) for mark, label in chosen]
    return [AnswerPart("", label) for _mark, label in chosen]
