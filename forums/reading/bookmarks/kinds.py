"""What a page of posts shows of bookmarks; and the line and the letter on the morning of the day."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.keyset import DAY
from forums.base.personal import Area, Leaves, holds
from forums.discussions.posts.registry import BOOKMARKED, also_mine
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
from forums.reading.bookmarks.lists import SIZE, BookmarkRow, rows
from forums.reading.bookmarks.models import Bookmark, BookmarkQuerySet
from forums.text.dates import BANGKOK

MORNING = time(7, tzinfo=BANGKOK)
IN_ONE_GO = 10_000
DUE = 200  # looked through for the lines of a page
KIND = "bookmark-reminder"
REMINDED = switch(
    "bookmarks",
    Group.ME,
    gettext_lazy("Bookmarks you wanted to be reminded of"),
    gettext_lazy("in the morning of the day; by e-mail those where you chose it"),
    place=5,
)

also_mine(
    f"""SELECT post_id, '{BOOKMARKED}' FROM forums_bookmark
    WHERE member_id = %(member)s AND post_id = ANY(%(posts)s)"""  # noqa: S608 - made of constants
)


@scheduled("bookmark-reminders")
def remind(now: datetime) -> None:
    """One letter and one line to each who wanted to be reminded of something today; no earlier than in the morning."""
    today = now.astimezone(BANGKOK).date()
    key, morning = f"bookmarks-{today:%Y%m%d}", datetime.combine(today, MORNING)
    due = Bookmark.objects.filter(remind_on=today)
    mailed = Email.objects.filter(key__startswith=f"{key}:").values("member")
    if members := _whose(due.filter(by_mail=True).exclude(member__in=mailed)):
        write_emails(
            KIND,
            key=key,
            members=members,
            data={"day": DAY.write(today)},
            due_at=max(now, morning),
        )
    if now < morning:
        return
    told = Notification.objects.filter(member=OuterRef("member"), key=key)
    off = Preference.objects.filter(member=OuterRef("member"), switch=REMINDED.name, here=False)
    if members := _whose(due.exclude(Exists(told)).exclude(Exists(off))):
        tell_here(KIND, key=key, members=members, data={"bookmarks_of": today.toordinal()})


def _whose(due: BookmarkQuerySet) -> list[int]:
    return list(due.order_by("member").values_list("member", flat=True).distinct()[:IN_ONE_GO])


@thing("bookmarks_of")
def due_on(member: Any, days: Collection[int]) -> Mapping[int, list[BookmarkRow]]:
    """What of hers is due on each of these days (ordinals) and can still be read: three queries, whatever there is."""
    found: dict[int, list[BookmarkRow]] = {}
    if member is None:
        return found
    due = Bookmark.objects.visible_to(member).filter(remind_on__in=map(date.fromordinal, days))
    for row in rows(due.order_by("remind_on", "id")[:DUE], member):
        if row.url and row.remind_on:
            found.setdefault(row.remind_on.toordinal(), []).append(row)
    return found


@notification(KIND, REMINDED, again=False)
def reminded_line(note: Notification, seen: Seen) -> Sentence | None:
    """As long as something of that day is left to see to."""
    due = seen.one(note, "bookmarks_of")
    if not due:
        return None
    text = _("To remember today: %(title)s") % {"title": due[0].topic}
    if len(due) > 1:
        said = {"title": due[0].topic, "count": len(due) - 1}
        text = _("To remember today: %(title)s and %(count)d more") % said
    return Sentence(text, "/bookmarks/", due[0].note, icon="bookmark")


@email_kind(KIND)
def _reminder(email: Email) -> EmailText | None:
    """What is due of that day and can still be read by whom it is for; None where nothing is left of it."""
    if email.member is None:
        return None
    due = Bookmark.objects.visible_to(email.member).filter(
        remind_on=DAY.read(email.data["day"]), by_mail=True
    )
    readable = [row for row in rows(due.order_by("id")[:SIZE], email.member) if row.url]
    if not readable:
        return None
    return EmailText(
        _("To remember today: %(title)s") % {"title": readable[0].topic},
        "\n\n".join(
            [
                _("You wanted to be reminded of this today:"),
                *map(_told, readable),
                _("Done with it, or again in a week? On the page of your bookmarks:"),
                whole_address("/bookmarks/"),
            ]
        ),
        _("You get this letter because you chose the day beside a bookmark."),
    )


def _told(row: BookmarkRow) -> str:
    return "\n".join(filter(None, [row.topic, row.note, whole_address(row.url)]))


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Bookmark,
    "member",
    what=gettext_lazy("Bookmarks, with your notes"),
    area=Area.READING,
    leaves=Leaves.DELETED,
)
