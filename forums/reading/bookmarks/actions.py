"""Every write to bookmarks: mark a post, say why and when, be done with it, take the mark out."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import BadText, ForumError, PostGone
from forums.base.limits import fitting_line
from forums.base.rate_limits import one_at_a_time
from forums.discussions.posts.models import Post
from forums.reading.bookmarks.models import LIMIT, NOTE_LENGTH, Bookmark

if TYPE_CHECKING:
    from accounts.models import Member

LATER = timedelta(days=7)
FURTHEST = timedelta(days=5 * 366)


class TooManyBookmarks(ForumError):
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("You have %(limit)s bookmarks, as many as we keep. Take one out first.")
            % {"limit": f"{LIMIT:,}"},
            way=(_("Bookmarks"), "/bookmarks/"),
        )


class NoDayAhead(BadText):
    message = gettext_lazy("Choose a day from tomorrow on, within the next five years.")


@transaction.atomic
def mark(*, member: "Member", post: Post) -> Bookmark:
    """Bookmark a post; doing it twice changes nothing. Raises PostGone or TooManyBookmarks."""
    one_at_a_time(member)
    mine = Bookmark.objects.filter(member=member)
    if (found := mine.filter(post=post).first()) is not None:
        return found
    if post.is_gone:
        raise PostGone(_("This post cannot be bookmarked: it was hidden or deleted."))
    if mine.count() >= LIMIT:
        raise TooManyBookmarks
    return Bookmark.objects.create(member=member, post=post, created_at=timezone.now())


@transaction.atomic
def unmark(*, member: "Member", post: Post) -> None:
    """Take the bookmark out of a post; where there is none, nothing happens."""
    Bookmark.objects.filter(member=member, post=post).delete()


@transaction.atomic
def note(
    *, member: "Member", post: Post, text: str, remind_on: date | None = None, by_mail: bool = True
) -> Bookmark:
    """Bookmark a post with a note and a day; the note may be empty, the day None.

    Raises BadText, NoDayAhead, PostGone or TooManyBookmarks.
    """
    text = fitting_line(text, NOTE_LENGTH)
    found = mark(member=member, post=post)
    today = timezone.localdate()
    if remind_on and remind_on != found.remind_on and not today < remind_on <= today + FURTHEST:
        raise NoDayAhead
    found.note, found.remind_on, found.by_mail = text, remind_on, by_mail
    found.save(update_fields=["note", "remind_on", "by_mail"])
    return found


@transaction.atomic
def done(*, bookmark: Bookmark) -> None:
    """She has seen to it: no longer due; the bookmark stays."""
    Bookmark.objects.filter(pk=bookmark.pk).update(remind_on=None)


@transaction.atomic
def remind_later(*, bookmark: Bookmark) -> None:
    """Remind her again in a week."""
    Bookmark.objects.filter(pk=bookmark.pk).update(remind_on=timezone.localdate() + LATER)


@transaction.atomic
def take_out(*, bookmark: Bookmark) -> None:
    """Take a bookmark out, also of what she may no longer read."""
    Bookmark.objects.filter(pk=bookmark.pk).delete()
