"""Days and hours of something to come, in its own time zone: as an invitation says them."""

from datetime import date, datetime

from django.utils.translation import get_language

from forums.text.dates import MONTHS

BUDDHIST = 543
_FULL = {
    "th": (
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
    ).split(),
    "en": (
        "January February March April May June July August September October November December"
    ).split(),
}
# Sunday first, as calendars hang on Thai walls.
_WEEKDAYS = {
    "th": (
        "อาทิตย์ จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์".split(),
        "อา. จ. อ. พ. พฤ. ศ. ส.".split(),
    ),
    "en": (
        "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(),
        "Sun Mon Tue Wed Thu Fri Sat".split(),
    ),
}


def weekdays() -> list[tuple[str, str]]:
    """Name and short name of each day of a week, Sunday first."""
    return list(zip(*_WEEKDAYS[_language()], strict=True))


def weekday(day: date) -> str:
    """ส. for a Saturday."""
    return _WEEKDAYS[_language()][1][day.isoweekday() % 7]


def month(day: date) -> str:
    """ธันวาคม 2569."""
    return f"{_FULL[_language()][day.month - 1]} {_year(day)}"


def short_month(day: date) -> str:
    """ธ.ค."""
    return MONTHS[_language()][day.month - 1]


def days(first: date, last: date) -> str:
    """5 ธ.ค. 2569; 18–19 ธ.ค. 2569; 30 พ.ย. – 2 ธ.ค. 2569."""
    end = f"{last.day} {short_month(last)} {_year(last)}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{first.day} {short_month(first)} – {end}"
    return f"{days(first, first)} – {end}"


def clock(moment: datetime) -> str:
    """8.00 น., of a moment in its own zone (in English: 8:00)."""
    if _language() == "th":
        return f"{moment.hour}.{moment.minute:02} น."
    return f"{moment.hour}:{moment.minute:02}"


def whole(starts: datetime, ends: datetime) -> str:
    """ส. 5 ธ.ค. 2569 8.00–12.00 น.; over several days the second hour belongs to the last of them."""
    first, last = starts.date(), ends.date()
    if first == last:
        hours = clock(starts).replace(" น.", "") + "–" + clock(ends)
        return f"{weekday(first)} {days(first, last)} {hours}"
    return (
        f"{weekday(first)} {days(first, first)} {clock(starts)} – "
        f"{weekday(last)} {days(last, last)} {clock(ends)}"
    )


def typed_day(day: date) -> str:
    """5/12/2569: how a form shows a day, and `reading_dates` reads it back."""
    return f"{day.day}/{day.month}/{day.year + BUDDHIST}"


def _year(day: date) -> int:
    return day.year + BUDDHIST if _language() == "th" else day.year


def _language() -> str:
    return "en" if (get_language() or "th").startswith("en") else "th"
