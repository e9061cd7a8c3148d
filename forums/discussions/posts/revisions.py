"""A new version of a text, stored beside the old ones."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.discussions.naming.finding import names_for
from forums.discussions.posts.models import Post, Revision
from forums.pictures.bodies import claim_pictures, written
from forums.text.render import RENDERER_VERSION, Rendered, linked_in

if TYPE_CHECKING:
    from accounts.models import Member

MOST = 500  # versions of one text
LISTED = 40  # versions named beside the one that is shown
_NEWER = 10  # of them newer than it


def refuse_more(versions: int) -> None:
    """Raise BadText for a text that has been changed too often: a post's, a network's view."""
    if versions >= MOST:
        raise BadText(
            _(
                "This text has been changed %(most)d times, and cannot be changed again. "
                "What is new fits into a new comment."
            )
            % {"most": MOST}
        )


def write_revision(
    *,
    post: Post,
    editor: "Member",
    body: str,
    reason: str,
    old_title: str = "",
    new_title: str = "",
    links: bool = True,
) -> Rendered:
    """Store a new version of a locked post, and return what its text became: `named` are those whom it did not name
    before. The post's topic and board must be loaded.

    In its first minutes, while nobody has answered or marked it, the text is just another one: a slip that is mended at
    once leaves no version, also not for moderators. Else the first edit also stores the original, so that version 1 is
    what was first said. The caller writes the entry in the search index: it knows whether a title and tags belong to it.
    Raises BadText for a text that has been changed too often.
    """
    refuse_more(post.revision_count)
    now = timezone.now()
    names = names_for(body, writer=editor, board=post.topic.board)
    html = written(body, writer=editor, before=post.body, names=names, links=links)
    before = linked_in(post.body_html)
    if is_quiet(post, now):
        post.unlinked_at = None if links else post.unlinked_at or now
        _write(post, body, html)
        claim_pictures(editor, html.picture_ids, post=post)
        return replace(html, named=tuple(each for each in html.named if each.url not in before))
    if post.revision_count == 0:
        Revision.objects.create(
            post=post,
            number=1,
            author_id=post.author_id,
            title=old_title,
            body=post.body,
            created_at=post.created_at,
        )
    post.revision_count = max(1, post.revision_count) + 1
    Revision.objects.create(
        post=post,
        number=post.revision_count,
        author=editor,
        title=new_title,
        body=body,
        reason=reason,
        created_at=now,
    )
    post.edited_at = now
    post.unlinked_at = None if links else post.unlinked_at or now
    _write(post, body, html)
    claim_pictures(editor, html.picture_ids, post=post)
    return replace(html, named=tuple(each for each in html.named if each.url not in before))


def is_quiet(post: Post, now: datetime) -> bool:
    """Is a text (locked, with its topic) so new, and so alone, that a change of it leaves no version?"""
    if post.revision_count or now - post.created_at >= timedelta(
        seconds=settings.FORUMS_QUIET_EDIT
    ):
        return False
    if post.useful_count or post.agree_count:  # of what it said
        return False
    if post.number == 0:
        return post.topic.last_number == 0
    return not Post.objects.filter(parent=post.pk).exists()


def _write(post: Post, body: str, html: Rendered) -> None:
    post.body, post.body_html = body, html.html
    Post.objects.filter(pk=post.pk).update(
        body=body,
        body_html=html.html,
        renderer_version=RENDERER_VERSION,
        edited_at=post.edited_at,
        unlinked_at=post.unlinked_at,
        revision_count=post.revision_count,
    )


@dataclass(frozen=True, slots=True)
class Versions:
    """A version with its text, the one before it (None before the first, or where that is closed), and some of
    those around it by number.

    `newest` and `earlier` are the numbers to go on with, 0 where the list says them already.
    """

    shown: Revision
    before: Revision | None
    before_is_closed: bool
    listed: list[Revision]
    newest: int
    earlier: int


def around(post: Post, number: int, *, closed_too: bool) -> Versions:
    """Version `number` of `post`. However many there are, two texts are read; of a closed one nothing is told but
    by whom and when, unless `closed_too`."""
    there = post.revisions.order_by("-number")
    texts = {
        each.number: each
        for each in there.filter(number__in=(number, number - 1)).select_related("author", "closed")
    }
    for each in texts.values():
        if hasattr(each, "closed") and not closed_too:
            each.title = each.body = each.reason = ""
    before = texts.get(number - 1)
    concealed = before is not None and hasattr(before, "closed") and not closed_too
    names = there.filter(number__lte=number + _NEWER).select_related("closed")
    listed = list(names.only("number", "created_at", "closed__created_at")[:LISTED])
    return Versions(
        shown=texts[number],
        before=None if concealed else before,
        before_is_closed=concealed,
        listed=listed,
        newest=post.revision_count if listed[0].number < post.revision_count else 0,
        earlier=listed[-1].number - 1,
    )
