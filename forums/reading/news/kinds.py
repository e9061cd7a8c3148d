"""The lines about what others write; and whom nothing is told."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums.base.afterwards import afterwards, is_looked_at
from forums.base.constant_sql import select
from forums.discussions.announcements.actions import KIND as ANNOUNCED
from forums.discussions.polls.actions import CLOSED, CLOSING
from forums.discussions.posts.kinds import bead_of, first_words
from forums.discussions.posts.registry import TOLD, also_mine, on_post_written, on_posts_served
from forums.discussions.posts.stream import PostRow
from forums.discussions.topics.models import Topic
from forums.notifications.inbox.actions import UNREAD_POSTS, mark_shown
from forums.notifications.models import Notification, Telling
from forums.notifications.registry import (
    Group,
    Sentence,
    Share,
    audience,
    hears_nothing,
    notification,
    switch,
)
from forums.notifications.seen import Seen
from forums.reading.following.levels import who_hear
from forums.reading.following.models import Block
from forums.reading.news.actions import NAMED, WRITTEN, tell_written
from forums.reading.news.audience import who_is_told
from forums.reading.news.polls import answered, not_answered

if TYPE_CHECKING:
    from accounts.models import Member

REPLIED = switch("replied", Group.ME, gettext_lazy("Somebody answers you"), place=1)
NAMES = switch("named", Group.ME, gettext_lazy("Somebody names you"), place=2)
QUOTED = switch("quoted", Group.ME, gettext_lazy("Somebody quotes you"), place=2)
WATCHED = switch("watched", Group.FOLLOWED, gettext_lazy("New texts where you want to be told"))
STARTED = switch("started", Group.FOLLOWED, gettext_lazy("Somebody you follow starts a topic"))

on_post_written(tell_written)


@audience(WRITTEN)
def written(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """Whoever is answered, named, quoted, watches or follows."""
    return who_is_told(telling)


audience(CLOSING)(not_answered)
audience(CLOSED)(answered)


_TOPIC_OF = "SELECT topic_id FROM forums_post WHERE id = %(post)s"


@hears_nothing
def of_the_blocked_or_muted(telling: Telling, members: Collection[int]) -> Collection[int]:
    """Who blocked the one who did it; for one's own post, who muted its topic; for what a network announces to all, who
    muted that network too, or what else it stands in."""
    if telling.kind == WRITTEN:
        return ()  # its audience has left them out
    if (actor := telling.actor_id) is None:
        return ()
    if (post := telling.data.get("post")) and (found := select(_TOPIC_OF, post=post)):
        ((topic,),) = found
        named = telling.kind != ANNOUNCED
        return {*members} - who_hear(topic, members, writer=actor, named=named)
    blocking = Block.objects.filter(person=actor, member__in=members)
    return set(blocking.values_list("member_id", flat=True))


also_mine(
    f"""SELECT post::bigint, '{TOLD}' FROM ({UNREAD_POSTS}) unread
    WHERE post = ANY(%(posts)s::bigint[]::text[])"""  # noqa: S608 - made of constants
)


@on_posts_served
def read_here(
    request: HttpRequest, response: HttpResponse, topic: Topic, rows: Sequence[PostRow]
) -> None:
    """Who opens the place a line is about by another way than the line has read it too, once the page has gone out."""
    shown = [row.pk for row in rows if row.told]
    if shown and is_looked_at(request):
        member = cast("Member", request.user)
        afterwards(response, partial(mark_shown, member_id=member.pk, posts=shown))


@notification("replied", REPLIED, gathered=True)
def replied_line(note: Notification, seen: Seen) -> Sentence | None:
    return _line(note, seen, _("%(who)s answered you in “%(topic)s”"))


@notification(NAMED, NAMES, gathered=True)
def named_line(note: Notification, seen: Seen) -> Sentence | None:
    return _line(note, seen, _("%(who)s named you in “%(topic)s”"))


@notification("quoted", QUOTED, gathered=True)
def quoted_line(note: Notification, seen: Seen) -> Sentence | None:
    return _line(note, seen, _("%(who)s quoted you in “%(topic)s”"))


@notification("watched", WATCHED)
def watched_line(note: Notification, seen: Seen) -> Sentence | None:
    """New texts of a topic, or that it was started where she watches."""
    posts = seen.gathered(note)
    if not posts:
        return None
    if posts[0].number == 0 and len(posts) == 1:
        return _line(note, seen, _("%(who)s started “%(topic)s”, where you want to be told"))
    told = ngettext(
        "%(count)d new text in “%(topic)s”, which you follow",
        "%(count)d new texts in “%(topic)s”, which you follow",
        len(posts),
    )
    return _line(note, seen, told)


@notification("started", STARTED)
def started_line(note: Notification, seen: Seen) -> Sentence | None:
    return _line(note, seen, _("%(who)s, whom you follow, started “%(topic)s”"))


def _line(note: Notification, seen: Seen, told: str) -> Sentence | None:
    """To the first of the posts that were gathered; what can be read no more is not counted, nor who wrote it."""
    posts = seen.gathered(note)
    if not posts:
        return None
    said = {
        "who": seen.names([post.author_id for post in posts]),
        "topic": posts[0].topic.title,
        "count": len(posts),
    }
    first, newest = posts[0], posts[-1]
    return Sentence(
        told % said, first.get_absolute_url(), first_words(first), bead_of(newest), "chat"
    )
