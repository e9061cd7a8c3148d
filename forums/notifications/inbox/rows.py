"""The lines of a page of notifications."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from forums.base.keyset import MOMENT, NUMBER, Keyset, Page, kept
from forums.notifications.models import Notification
from forums.notifications.registry import Sentence, kind_of
from forums.notifications.seen import Seen
from forums.text.dates import BANGKOK

if TYPE_CHECKING:
    from accounts.models import Member

PAGE = 25
NEWEST = Keyset({"newest_at": MOMENT, "id": NUMBER}, falling=True, onward="before")


@dataclass(frozen=True, slots=True)
class NotificationRow:
    """A line, and when; `url` marks it as read and leads on."""

    pk: int
    line: Sentence
    at: datetime
    is_new: bool

    @property
    def url(self) -> str:
        return f"/notifications/{self.pk}/"


@dataclass(frozen=True, slots=True)
class Day:
    """Lines under one heading."""

    name: str
    rows: list[NotificationRow]


@dataclass(frozen=True, slots=True)
class Told:
    """A page of lines; `gone` are the ids of those that are unread and that she may not see any more."""

    page: Page[NotificationRow]
    gone: list[int]
    until: str  # the newest there is on this page, as a form brings it back


def told(member: "Member", query: Any, *, unread: bool) -> Told:
    """The page of `member`'s notifications that `query` asks for. Raises Http404 for a mangled place."""
    found = Notification.objects.filter(member=member)
    if unread:
        found = found.filter(read_at=None)
    page = NEWEST.page(found, query, size=PAGE, keep=kept(show="unread" if unread else ""))
    lines = lines_of(member, page.rows)
    rows = [
        NotificationRow(note.pk, lines[note.pk], note.newest_at, note.read_at is None)
        for note in page.rows
        if note.pk in lines
    ]
    gone = [note.pk for note in page.rows if note.pk not in lines and note.read_at is None]
    until = MOMENT.write(page.rows[0].newest_at) if page.rows else ""
    return Told(page.with_rows(rows), gone, until)


def lines_of(member: "Member | None", notes: list[Notification]) -> dict[int, Sentence]:
    """What stands on the page of each, by its id; of those she may see, and whose kind there is."""
    seen = Seen(member, notes)
    found = {}
    for note in notes:
        kind = kind_of(note.kind)
        line = kind.line(note, seen) if kind else None
        if line is not None:
            found[note.pk] = line
    return found


def by_day(rows: list[NotificationRow], now: datetime) -> list[Day]:
    """The same under “today”, “yesterday”, “this week” and “earlier”."""
    today = now.astimezone(BANGKOK).date()
    names = [
        (today, _("Today")),
        (today - timedelta(days=1), _("Yesterday")),
        (today - timedelta(days=6), _("This week")),
    ]
    days: list[Day] = []
    for row in rows:
        on = row.at.astimezone(BANGKOK).date()
        name = next((name for since, name in names if on >= since), _("Earlier"))
        if not days or days[-1].name != name:
            days.append(Day(name, []))
        days[-1].rows.append(row)
    return days
