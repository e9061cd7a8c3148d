"""Days and hours of something to come, in its own time zone: as an invitation says them."""

from datetime import date, datetime

from forums.text.dates import clock_there, language, month_name, year

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
    return list(zip(*_WEEKDAYS[language()], strict=True))


def weekday(day: date) -> str:
    """ส. for a Saturday."""
    return _WEEKDAYS[language()][1][day.isoweekday() % 7]


def month(day: date) -> str:
    """ธันวาคม 2569."""
    return f"{_FULL[language()][day.month - 1]} {year(day.year)}"


def days(first: date, last: date) -> str:
    """5 ธ.ค. 2569; 18–19 ธ.ค. 2569; 30 พ.ย. – 2 ธ.ค. 2569."""
    end = f"{last.day} {month_name(last.month)} {year(last.year)}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    if first.year == last.year:
        return f"{first.day} {month_name(first.month)} – {end}"
    return f"{days(first, first)} – {end}"


def whole(starts: datetime, ends: datetime) -> str:
    """ส. 5 ธ.ค. 2569 8.00–12.00 น.; over several days the second hour belongs to the last of them."""
    first, last = starts.date(), ends.date()
    if first == last:
        hours = clock_there(starts).replace(" น.", "") + "–" + clock_there(ends)
        return f"{weekday(first)} {days(first, last)} {hours}"
    return (
        f"{weekday(first)} {days(first, first)} {clock_there(starts)} – "
        f"{weekday(last)} {days(last, last)} {clock_there(ends)}"
    )
