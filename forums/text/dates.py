"""Dates as Thai readers write them: short, in Bangkok's time and the Buddhist Era."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext, ngettext

from forums.text.noted import true_until
from forums.text.reading_dates import BUDDHIST

JOINT = "\N{NO-BREAK SPACE}"  # a line ends before a date or after it, never inside
BANGKOK = ZoneInfo("Asia/Bangkok")
MONTHS = {
    "th": [
        "ม.ค.",
        "ก.พ.",
        "มี.ค.",
        "เม.ย.",
        "พ.ค.",
        "มิ.ย.",
        "ก.ค.",
        "ส.ค.",
        "ก.ย.",
        "ต.ค.",
        "พ.ย.",
        "ธ.ค.",
    ],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


def day(moment: datetime) -> str:
    """22 พ.ย. 2569 (in English: 22 Nov 2026)."""
    return day_of(moment.astimezone(BANGKOK))


def day_of(date: date) -> str:
    """The same for a day without a time."""
    shown = language()  # once: a page says a hundred days
    year = date.year + BUDDHIST if shown == "th" else date.year
    return f"{date.day}{JOINT}{MONTHS[shown][date.month - 1]}{JOINT}{year}"


def named(name: str) -> str:
    """A name that is a day (2026-11-28), or a day and a time, as days are shown; any other as it is."""
    try:
        moment = datetime.fromisoformat(name).replace(tzinfo=BANGKOK)
    except ValueError:
        return name
    return day_of(moment) if len(name) == len("2026-11-28") else exactly(moment)


def year(year: int) -> int:
    """2558 (in English: 2015) for 2015, a year of the common era."""
    return year + BUDDHIST if language() == "th" else year


def month(of: int, month: int | None = None) -> str:
    """ก.พ. 2558, or 2558 alone (in English: Feb 2015). `of` is a year of the common era."""
    name = f"{month_name(month)}{JOINT}" if month else ""
    return f"{name}{year(of)}"


def month_name(month: int) -> str:
    """ก.พ. (in English: Feb)."""
    return MONTHS[language()][month - 1]


def typed(date: date) -> str:
    """5/12/2569: as one types it into a field, which forums.text.reading_dates reads back."""
    return f"{date.day}/{date.month}/{date.year + BUDDHIST}"


def clock(moment: datetime) -> str:
    """18.20 น. (in English: 18:20)."""
    return clock_there(moment.astimezone(BANGKOK))


def clock_there(moment: datetime) -> str:
    """The same, of a moment in its own zone."""
    if language() == "th":
        return f"{moment.hour}.{moment.minute:02}{JOINT}น."
    return f"{moment.hour}:{moment.minute:02}"


def both_eras(moment: datetime) -> str:
    """22 พ.ย. 2569 (ค.ศ. 2026) (in English: 22 Nov 2026 (B.E. 2569)): for who cites, and whoever reads that abroad."""
    christian = moment.astimezone(BANGKOK).year
    other = christian if language() == "th" else christian + BUDDHIST
    # Translators: the year of the other era; in Thai it is that of the common one (ค.ศ.).
    return gettext("%(day)s (B.E. %(year)s)") % {"day": day(moment), "year": other}


def exactly(moment: datetime) -> str:
    """Day and time, for a title or a citation."""
    return f"{day(moment)} {clock(moment)}"


def ago(moment: datetime, now: datetime) -> str:
    """How long before `now`, as one would say it: minutes and hours today, yesterday, then the day."""
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        true_until(moment + timedelta(minutes=1))
        return gettext("just now")
    if seconds < 3600:
        minutes = int(seconds // 60)
        true_until(moment + timedelta(minutes=minutes + 1))
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    local = moment.astimezone(BANGKOK)
    if seconds >= 2 * 24 * 3600:
        return day_of(local)
    today = now.astimezone(BANGKOK)
    if seconds < 6 * 3600 or local.date() == today.date():
        hours = int(seconds // 3600)
        true_until(
            min(
                moment + timedelta(hours=hours + 1),
                max(moment + timedelta(hours=6), _midnight_after(local, days=1)),
            )
        )
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    if local.date() == today.date() - timedelta(days=1):
        true_until(_midnight_after(local, days=2))
        return gettext("yesterday %(time)s") % {"time": clock_there(local)}
    return day_of(local)


def _midnight_after(moment: datetime, *, days: int) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)


def language() -> str:
    """The language of what is said now: "th", or "en" for English."""
    return "en" if (get_language() or "th").startswith("en") else "th"
