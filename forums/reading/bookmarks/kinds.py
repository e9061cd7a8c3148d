"""What a page of posts shows of bookmarks, and the letter on the morning of the day."""

from datetime import datetime, time

from django.utils.translation import gettext as _

from forums.base.keyset import DAY
from forums.discussions.posts.registry import BOOKMARKED, also_mine
from forums.notifications.models import Email
from forums.notifications.outbox import write_emails
from forums.notifications.registry import EmailText, email_kind, scheduled, whole_address
from forums.reading.bookmarks.lists import SIZE, BookmarkRow, rows
from forums.reading.bookmarks.models import Bookmark
from forums.text.dates import BANGKOK

MORNING = time(7, tzinfo=BANGKOK)
IN_ONE_GO = 10_000

also_mine(
    f"""SELECT post_id, '{BOOKMARKED}' FROM forums_bookmark
    WHERE member_id = %(member)s AND post_id = ANY(%(posts)s)"""  # noqa: S608 - made of constants
)


@scheduled("bookmark-reminders")
def remind(now: datetime) -> None:
    """One letter to each who wanted to be reminded of something today; no earlier than in the morning."""
    today = now.astimezone(BANGKOK).date()
    key = f"bookmarks-{today:%Y%m%d}"
    told = Email.objects.filter(key__startswith=f"{key}:").values("member")
    due = Bookmark.objects.filter(remind_on=today, by_mail=True).exclude(member__in=told)
    members = due.order_by("member").values_list("member", flat=True).distinct()[:IN_ONE_GO]
    if members:
        write_emails(
            "bookmark-reminder",
            key=key,
            members=list(members),
            data={"day": DAY.write(today)},
            due_at=max(now, datetime.combine(today, MORNING)),
        )


@email_kind("bookmark-reminder")
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
