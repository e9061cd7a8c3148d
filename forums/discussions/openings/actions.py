"""Every write to a topic by who opened it: start, edit, delete, accept an answer."""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import NotAllowed, PostGone, Stale
from forums.base.limits import fitting_title
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.boards.models import Board
from forums.discussions.boards.permissions import can_start
from forums.discussions.naming.finding import names_for
from forums.discussions.posts import counters
from forums.discussions.posts.actions import looked_at, say_with_ai, too_late, withhold
from forums.discussions.posts.lately import before_topic
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import (
    Writing,
    post_written,
    text_read,
    text_taken,
    text_weighed,
    topic_written,
)
from forums.discussions.posts.revisions import write_revision
from forums.discussions.standpoints.choosing import settle
from forums.discussions.standpoints.counters import count_voice
from forums.discussions.topics.addresses import topic_slug
from forums.discussions.topics.counters import count_board, is_public, tag_ids, unlist
from forums.discussions.topics.locks import lock_topic, lock_topics
from forums.discussions.topics.models import (
    TITLE_LENGTH,
    TRAITS,
    Topic,
    TopicKind,
)
from forums.discussions.topics.permissions import (
    can_accept,
    can_delete,
    can_edit,
    can_take_back,
    is_in_time,
)
from forums.discussions.topics.tagging import set_tags
from forums.notifications.telling import tell
from forums.pictures.bodies import claim_pictures, clean_body, rendered, written
from forums.pictures.models import Attachment
from forums.tags.counters import count_tags, count_tags_by
from forums.text.render import RENDERER_VERSION, TocEntry

if TYPE_CHECKING:
    from accounts.models import Member


@transaction.atomic
def start_topic(
    *,
    author: "Member",
    board: Board,
    kind: str,
    title: str,
    body: str,
    tags: Sequence[str] = (),
    cover: Attachment | None = None,
    submission: uuid.UUID | None = None,
    speak_from: int | None = None,
    in_name: bool = False,
    with_ai: bool = False,
) -> Topic:
    """Open a topic with its text, post number 0, and return it.

    `speak_from` is the network (its id) she speaks from, None for as herself; with `in_name` the network
    says it.
    `submission` names one filled-in form: the same sent twice, the first topic is returned.
    Raises BadText, TooFast or NotAllowed.
    """
    writing = text_read(
        Writing(
            author=author,
            board=board,
            body=clean_body(body),
            title=fitting_title(title, TITLE_LENGTH),
            tags=tags,
            submission=submission,
        )
    )
    title, body = writing.title, writing.body
    html = written(body, writer=author, names=names_for(body, writer=author, board=board))
    one_at_a_time(author)
    hers = before_topic(
        author=author, submission=submission, board_id=board.pk, title=title, body=body
    )
    if hers.sent:
        return hers.sent.topic
    hers.refuse()
    html = looked_at(writing, html)
    board = Board.objects.select_for_update().get(pk=board.pk)
    if not can_start(author, board):
        raise NotAllowed(
            _(
                "You may not start a topic in this board. Choose another; what you wrote is still here."
            )
        )
    now = timezone.now()
    topic = Topic.objects.create(
        board=board,
        author=author,
        kind=kind,
        title=title,
        slug=topic_slug(title),
        cover=cover,
        contents=contents_of(html.toc, kind),
        created_at=now,
        last_post_at=now,
        last_author=author,
        taking_part=[author.pk],
        hot=counters.hotness(created_at=now, replies=0, useful=0),
        held_at=now if writing.why else None,
        hidden_at=now if writing.why else None,
    )
    network_id = settle(topic.pk, author, speak_from=speak_from, in_name=in_name)
    post = Post.objects.create(
        topic=topic,
        author=author,
        network_id=network_id,
        in_name=in_name and network_id is not None,
        with_ai=with_ai,
        number=0,
        body=body,
        body_html=html.html,
        renderer_version=RENDERER_VERSION,
        submission=hers.submission,
        created_at=now,
        unlinked_at=now if writing.plain_links else None,
    )
    topic.became = html
    claim_pictures(author, html.picture_ids + ((str(cover.pk),) if cover else ()), post=post)
    tag_ids = set_tags(topic, list(tags))[1]
    if network_id is not None:
        topic.network_id = network_id
        Topic.objects.filter(pk=topic.pk).update(network=network_id)
    if (
        writing.why
    ):  # it is there for its author and the moderators; all else follows when somebody has looked
        text_taken(post, writing)
        return topic
    post_written(post, html, author=author, title=title, tags=tags)
    topic_written(topic.pk)
    count_board(board.pk, 1)
    if is_public(topic, board):
        count_tags(tag_ids, 1)
    if network_id is not None:
        count_voice(topic, post, answered=None)
    text_taken(post, writing)
    return topic


@transaction.atomic
def edit_topic(
    *,
    editor: "Member",
    topic: Topic,
    title: str,
    body: str,
    tags: Sequence[str],
    cover: Attachment | None = None,
    reason: str = "",
    seen_revision: int | None = None,
    with_ai: bool | None = None,
) -> Topic:
    """Put a new title, text, tags and cover in place; the old text and title stay readable.

    Raises BadText, NotAllowed, TooFast, or Stale when another version was saved meanwhile.
    """
    hold_pace(editor, "edits")
    writing = Writing(
        author=editor,
        board=topic.board,
        topic=topic,
        body=clean_body(body),
        title=fitting_title(title, TITLE_LENGTH),
        reason=reason,
        tags=tags,
    )
    text_read(writing)
    title, body = writing.title, writing.body
    one_at_a_time(editor)
    (topic,) = lock_topics([topic])
    refuse_unless_editable(editor, topic)
    post = (
        Post.objects.select_for_update(of=("self",))
        .select_related("author", "topic__board")
        .get(topic=topic, number=0, reply_number=0)
    )
    if seen_revision is not None and seen_revision != post.revision_count:
        raise Stale
    say_with_ai(post, with_ai)
    if body != post.body or title != topic.title:
        writing.post = post
        text_weighed(writing)
        html = write_revision(
            post=post,
            editor=editor,
            body=body,
            reason=reason,
            old_title=topic.title,
            new_title=title,
            links=not writing.plain_links,
        )
        topic.contents = contents_of(html.toc, topic.kind)
    else:
        html = rendered(body, reader=editor)
    topic.became = html
    if not writing.why:
        post_written(post, html, author=post.author, title=title, tags=tags)
        topic_written(topic.pk)
    topic.title, topic.slug, topic.cover = title, topic_slug(title), cover
    Topic.objects.filter(pk=topic.pk).update(
        title=title,
        slug=topic.slug,
        cover=cover,
        contents=topic.contents,
    )
    if cover:
        claim_pictures(editor, (str(cover.pk),), post=post)
    before, after = set_tags(topic, list(tags))
    if is_public(topic, topic.board):
        changes = dict.fromkeys(before - after, -1) | dict.fromkeys(after - before, 1)
        count_tags_by(changes)  # in one order, or two editors could wait for each other
    if writing.why:
        withhold(topic, post)
    text_taken(post, writing)
    return topic


def refuse_unless_editable(editor: "Member", topic: Topic) -> None:
    """Say which of the reasons it is that `can_edit` says no. The topic's board must be loaded."""
    if can_edit(editor, topic):
        return
    if topic.author_id == editor.pk and not is_in_time(editor, topic.created_at):
        raise NotAllowed(too_late(editor))
    raise NotAllowed(_("Only its author can change a topic, and only while it is open."))


@transaction.atomic
def delete_topic(*, member: "Member", topic: Topic) -> None:
    """Take back one's own topic that nobody has answered. Raises NotAllowed."""
    (topic,) = lock_topics([topic])
    if topic.deleted_at is not None and topic.author_id == member.pk:
        return
    if not can_delete(member, topic):
        raise NotAllowed(_("Only its author can delete a topic, and only before it is answered."))
    if topic.is_listed:
        unlist(topic)
    Topic.objects.filter(pk=topic.pk).update(deleted_at=timezone.now())


@transaction.atomic
def take_back_deletion(*, member: "Member", topic: Topic) -> None:
    """Let one's own topic, deleted within the last hour, stand where it stood. Raises NotAllowed."""
    (topic,) = lock_topics([topic])
    if topic.deleted_at is None and topic.author_id == member.pk:
        return
    if not can_take_back(member, topic):
        raise NotAllowed(_("A deletion can be taken back for an hour, by its author."))
    topic.deleted_at = None
    Topic.objects.filter(pk=topic.pk).update(deleted_at=None)
    if topic.is_listed:
        count_board(topic.board_id, 1)
        if is_public(topic, topic.board):
            count_tags(tag_ids(topic), 1)


@transaction.atomic
def accept_answer(*, member: "Member", topic: Topic, post: Post | None) -> None:
    """Mark the post that answered the question, or (None) take the mark back.

    Raises NotAllowed, or PostGone when the post is not an answer that can be read.
    """
    topic = lock_topic(topic.pk)
    if not can_accept(member, topic):
        raise NotAllowed(_("Only whoever asked can choose the answer."))
    if post is not None:
        post = Post.objects.get(pk=post.pk)
        if post.topic_id != topic.pk or post.number == 0 or post.is_gone:
            raise PostGone(_("This post cannot be the answer: it was hidden or deleted."))
    Topic.objects.filter(pk=topic.pk).update(accepted_post=post)
    if post is not None and topic.accepted_post_id != post.pk:
        tell(
            "accepted",
            key=f"accepted-{post.pk}",
            members=[post.author_id],
            actor=member,
            data={"post": post.pk},
        )


def contents_of(toc: Sequence[TocEntry], kind: str) -> list[dict[str, object]]:
    """The table of contents a topic of this kind keeps of its text, if it keeps one."""
    if not TRAITS[TopicKind(kind)].has_contents:
        return []
    return [{"level": e.level, "id": e.id, "text": e.text} for e in toc]
