"""Dates as Thai people type them, read strictly: refused, with words, rather than guessed.

5/12/2569, 5-12-2569, 5.12.2569, ๕/๑๒/๒๕๖๙, 5 ธ.ค. 2569, 5 ธันวาคม พ.ศ. 2569, 2026-12-05, Dec 5, 2026 are one
day. In figures the day comes before the month, always; a year from 2400 on is of the Buddhist Era.
"""

import re
import unicodedata
from datetime import date, time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BUDDHIST = 543
BUDDHIST_YEARS = range(2400, 2701)
GREGORIAN_YEARS = range(1900, 2101)
LONGEST = 60  # characters; nobody's date is longer, and what is longer is not looked at
_RAW = 4 * LONGEST  # the same with spaces and what nobody sees

# Short forms in every spelling people use, compared without dots and spaces.
_MONTHS = (
    ("มกราคม", "มกรา", "มค", "january", "jan"),
    ("กุมภาพันธ์", "กุมภา", "กพ", "february", "feb"),
    ("มีนาคม", "มีนา", "มีค", "march", "mar"),
    ("เมษายน", "เมษา", "เมย", "april", "apr"),
    ("พฤษภาคม", "พฤษภา", "พค", "may", "may"),
    ("มิถุนายน", "มิถุนา", "มิย", "june", "jun"),
    ("กรกฎาคม", "กรกฎา", "กค", "july", "jul"),
    ("สิงหาคม", "สิงหา", "สค", "august", "aug"),
    ("กันยายน", "กันยา", "กย", "september", "sep"),
    ("ตุลาคม", "ตุลา", "ตค", "october", "oct"),
    ("พฤศจิกายน", "พฤศจิกา", "พย", "november", "nov"),
    ("ธันวาคม", "ธันวา", "ธค", "december", "dec"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}

_SEPARATED = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})")
_NAMED = re.compile(
    r"(?:วันที่)?(\d{1,2})([^\W\d_\u0e3f][^\d]*?)(?:พ\.?ศ\.?|ค\.?ศ\.?|ปี)?(\d{1,4})", re.IGNORECASE
)
_NAME_FIRST = re.compile(r"([^\W\d_\u0e3f][^\d]*?)(\d{1,2})(?:,|\s+)(\d{3,4})")
_ERA = r"(?:ปี)?(?:พ\.?ศ\.?|ค\.?ศ\.?)?"
_PERIODS = (  # a year; a month in figures, either way round; a month by its name
    re.compile(rf"{_ERA}(?P<year>\d{{4}})"),
    re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(rf"(?:เดือน)?(?P<name>[^\W\d_\u0e3f][^\d]*?){_ERA}(?P<year>\d{{4}})"),
)
_TIME = re.compile(
    r"(\d{1,2})(?:[.:](\d{2}))?(?:(?P<hours>น\.?|นาฬิกา)|(?P<half>[ap])\.?m\.?)?", re.IGNORECASE
)
_DASHES = str.maketrans("‐‑‒–—−", "------")


class NotADate(ValueError):
    """What was typed names no day there is. `message` is for who typed it."""

    message: str | Promise = _("This is no date we can read. Write it like 5/12/2026.")

    def __init__(self, message: str | Promise = "") -> None:
        self.message = message or self.message
        super().__init__(self.message)  # translated when it is shown


class AmbiguousDate(NotADate):
    """What was typed could be more than one day."""

    message = _("Please write the year in full, like 5/12/2026, so that it means one day only.")


def read_date(text: str, *, today: date) -> date:
    """The day that was typed. `today` only serves to name a year in the words of a refusal.

    Raises NotADate for what is none (31/2/2569, 13/25/2026, "tomorrow") and AmbiguousDate for what may be
    several: a year of two digits, eight digits in a row, no year at all.
    """
    if len(text) > _RAW:
        raise NotADate
    typed = _plain(text)
    if not typed:
        raise NotADate(_("Please write a date, like 5/12/2026."))
    if len(typed) > LONGEST:
        raise NotADate
    if found := _SEPARATED.fullmatch(typed):
        first, _between, month, last = found.groups()
        if len(first) > 2:
            return _day(first, month, last, today)
        return _day(last, month, first, today)
    if found := _NAMED.fullmatch(typed) or _NAME_FIRST.fullmatch(typed):
        day, name, year = found.groups()
        if not day.isdigit():
            day, name = name, day
        month_number = _MONTH.get(re.sub(r"[.]", "", name).casefold())
        if month_number is None:
            raise NotADate
        return _day(year, str(month_number), day, today)
    if typed.isdigit() or re.fullmatch(r"\d{1,2}[/.-]\d{1,2}", typed):
        raise AmbiguousDate(_with_year(today))
    raise NotADate


def first_day(text: str, *, today: date) -> date:
    """The day that was typed, or the first day of the month or the year: 2569-01, ม.ค. 2569, 2569.

    Raises NotADate as `read_date` does.
    """
    typed = _plain(text[:_RAW])
    for pattern in _PERIODS if len(typed) <= LONGEST and len(text) <= _RAW else ():
        if found := pattern.fullmatch(typed):
            parts = found.groupdict()
            name = (parts.get("name") or "").replace(".", "").casefold()
            month = parts.get("month") or _MONTH.get(name, "" if name else 1)
            if month:
                return _day(parts["year"], str(month), "1", today)
    return read_date(text, today=today)


class NotATime(ValueError):
    """What was typed names no hour of a day. `message` is for who typed it."""

    message: str | Promise = _("Please write the time by the 24-hour clock, like 8:30 or 18:00.")

    def __init__(self) -> None:
        super().__init__(str(self.message))


def read_time(text: str) -> time:
    """The time that was typed, by the 24-hour clock: 8.30, 08:30, ๑๘.๐๐ น., 9 น.; or 8:30 am, 6 p.m.

    Raises NotATime for anything else; a bare "8" may be eight in the evening, and is refused.
    """
    found = _TIME.fullmatch(_plain(text[:_RAW])[:LONGEST])
    if found is None or not (found[2] or found["hours"] or found["half"]):
        raise NotATime
    hour, minute = int(found[1]), int(found[2] or 0)
    if half := found["half"]:
        if not 1 <= hour <= 12:
            raise NotATime
        hour = hour % 12 + 12 * (half in "pP")
    if hour > 23 or minute > 59:
        raise NotATime
    return time(hour, minute)


def ends_the_day(text: str) -> bool:
    """Is this how one writes the midnight a day ends with? 24.00, 24:00 น., ๒๔ นาฬิกา: 0.00 of the next day."""
    found = _TIME.fullmatch(_plain(text[:_RAW])[:LONGEST])
    if found is None or found[1] != "24" or found["half"]:
        return False
    return found[2] == "00" or bool(found["hours"] and not found[2])


def _plain(text: str) -> str:
    """Digits as 0-9, nothing invisible, no spaces. Spaces between digits of two numbers are refused later."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text).translate(_DASHES)
        text = "".join(
            str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter
            for letter in text
            if letter.isspace() or unicodedata.category(letter) not in {"Cf", "Cc"}
        )
    text = text.strip()
    # "5 12 2569" must not become one number: a space stays where both its sides are digits.
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


def _day(year: str, month: str, day: str, today: date) -> date:
    if len(day) > 2:
        raise NotADate  # a year on both sides
    if len(year) < 3:
        raise AmbiguousDate(_with_year(today))
    number = int(year)
    if number in BUDDHIST_YEARS:
        number -= BUDDHIST
    elif number not in GREGORIAN_YEARS:
        raise NotADate(
            _("The year %(year)s cannot be right. This year is %(this)d.")
            % {"year": year, "this": today.year + BUDDHIST}
        )
    if not 1 <= int(month) <= 12:
        raise NotADate(
            _("There is no month %(month)s: the day comes first, then the month.")
            % {"month": month}
        )
    try:
        return date(number, int(month), int(day))
    except ValueError as error:
        raise NotADate(_("That month has no day %(day)s.") % {"day": day}) from error


def _with_year(today: date) -> str | Promise:
    return _(
        "Please write the year in full, like %(day)d/%(month)d/%(year)d, so that it means one day only."
    ) % {"day": today.day, "month": today.month, "year": today.year + BUDDHIST}
