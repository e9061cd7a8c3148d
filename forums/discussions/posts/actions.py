"""Every write to posts: reply, edit, delete, react."""

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.trust import rights_of
from forums.base.errors import (
    NotAllowed,
    PostGone,
    SlowTopic,
    Stale,
    TopicHidden,
    TopicLocked,
    TopicMerged,
)
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.naming.finding import names_for
from forums.discussions.posts import counters
from forums.discussions.posts.closing import is_closed, lock_version, settle_pictures
from forums.discussions.posts.lately import before_reply
from forums.discussions.posts.locks import lock_post
from forums.discussions.posts.models import ClosedVersion, Post, Reaction, ReactionKind, Revision
from forums.discussions.posts.permissions import (
    can_close_version,
    can_delete,
    can_edit,
    can_react,
    can_take_back,
    waits,
)
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
from forums.discussions.standpoints.counters import count_answer, count_voice, recount_voices, weigh
from forums.discussions.topics.counters import count_board, is_public, tag_ids, unlist
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import can_reply, is_in_time, is_shut
from forums.notifications.outbox import said_today
from forums.notifications.telling import tell
from forums.pictures.bodies import claim_pictures, clean_body, written
from forums.tags.counters import count_tags
from forums.text.render import RENDERER_VERSION, Rendered

if TYPE_CHECKING:
    from accounts.models import Member

CLOSERS = gettext_lazy("Only its author and the moderators can close an old version.")


@transaction.atomic
def reply(
    *,
    author: "Member",
    topic: Topic,
    body: str,
    parent: Post | None = None,
    submission: uuid.UUID | None = None,
    speak_from: int | None = None,
    in_name: bool = False,
    with_ai: bool = False,
) -> Post:
    """Add a comment to `topic`, or an answer to `parent`, and return it.

    `speak_from` is the network (its id) she speaks from, MYSELF for none; None: as before in this topic.
    With `in_name` the network says it, not she. `with_ai` is her own word that AI helped.
    `submission` names one filled-in form: the same text sent twice, the first post is returned again.
    Raises BadText, TooFast, NotAllowed, TopicHidden, TopicLocked or PostGone.
    """
    writing = text_read(
        Writing(
            author=author,
            board=topic.board,
            topic=topic,
            body=clean_body(body),
            submission=submission,
        )
    )
    body = writing.body
    html = written(body, writer=author, names=names_for(body, writer=author, board=topic.board))
    one_at_a_time(author)
    hers = before_reply(
        author=author,
        submission=submission,
        topic_id=topic.pk,
        parent_id=parent.pk if parent is not None and parent.number > 0 else None,
        body=body,
    )
    if hers.sent:
        return hers.sent
    hers.refuse()
    html = looked_at(writing, html)
    topic = lock_topic(topic.pk)
    refuse_unless_open(author, topic)
    if wait := waits(author, topic):
        raise SlowTopic(wait=wait, count=topic.slow_minutes)
    root = None
    if parent is not None and parent.number > 0:
        parent = Post.objects.get(pk=parent.pk)  # as it is now, the topic being locked
        if parent.topic_id != topic.pk or parent.is_gone:
            raise PostGone
        root = Post.objects.get(pk=parent.root_id) if parent.root_id else parent
    network_id = settle(topic.pk, author, speak_from=speak_from, in_name=in_name)
    number, reply_number = counters.next_place(topic, root)
    post = Post(
        topic=topic,
        author=author,
        network_id=network_id,
        in_name=in_name and network_id is not None,
        with_ai=with_ai,
        number=number,
        reply_number=reply_number,
        root=root,
        parent=parent if root else None,
        body=body,
        body_html=html.html,
        renderer_version=RENDERER_VERSION,
        submission=hers.submission,
        created_at=(now := timezone.now()),
        unlinked_at=now if writing.plain_links else None,
        held_at=now if writing.why else None,
        hidden_at=now if writing.why else None,
    )
    counters.add_reply(topic, post)
    post.became = html
    claim_pictures(author, html.picture_ids, post=post)
    if writing.why:  # its number is taken; all else follows when somebody has looked
        text_taken(post, writing)
        return post
    post_written(post, html, author=author)
    if network_id is not None:
        answered = parent.network_id if root and parent else topic.network_id
        count_voice(topic, post, answered=answered)
    text_taken(post, writing)
    return post


def looked_at(writing: Writing, html: Rendered) -> Rendered:
    """What a text, rendered, is stored as once it was looked at: its author's lock is held. Raises BadText."""
    writing.html = html
    text_weighed(writing)
    if not writing.plain_links:
        return html
    names = names_for(writing.body, writer=writing.author, board=writing.board)
    before = writing.post.body if writing.post else ""
    return written(writing.body, writer=writing.author, before=before, names=names, links=False)


def refuse_unless_open(author: "Member", topic: Topic) -> None:
    """Say which of the reasons it is that `can_reply` says no."""
    if can_reply(author, topic):
        return
    if topic.merged_into_id is not None:
        raise TopicMerged
    if not topic.is_shown:
        raise TopicHidden
    if is_shut(topic):
        raise TopicLocked
    raise NotAllowed(topic.board.writers)


@transaction.atomic
def edit_post(
    *,
    editor: "Member",
    post: Post,
    body: str,
    reason: str = "",
    seen_revision: int | None = None,
    with_ai: bool | None = None,
) -> Post:
    """Put a new text in `post`'s place and keep the old one where everybody can read it.

    `seen_revision` is the version the editor started from. Raises BadText, NotAllowed, TooFast, or Stale
    when somebody (her other telephone) has saved another version meanwhile.
    """
    hold_pace(editor, "edits")
    writing = Writing(
        author=editor,
        board=post.topic.board,
        topic=post.topic,
        body=clean_body(body),
        reason=reason,
    )
    body = text_read(writing).body
    one_at_a_time(editor)
    topic = lock_topic(post.topic_id)
    post = (
        Post.objects.select_for_update(of=("self",))
        .select_related("topic__board", "author")
        .get(pk=post.pk)
    )
    refuse_unless_editable(editor, post)
    if seen_revision is not None and seen_revision != post.revision_count:
        raise Stale
    say_with_ai(post, with_ai)
    if body == post.body:
        return post
    writing.post = post
    text_weighed(writing)
    links = not writing.plain_links
    html = write_revision(post=post, editor=editor, body=body, reason=reason, links=links)
    post.became = html
    if writing.why:
        withhold(topic, post)
    else:
        post_written(post, html, author=post.author)
    text_taken(post, writing)
    return post


def say_with_ai(post: Post, with_ai: bool | None) -> None:
    """Keep her word on whether AI helped with a post (locked); None: she said nothing of it. No version: the text is the same."""
    if with_ai is not None and with_ai != post.with_ai:
        Post.objects.filter(pk=post.pk).update(with_ai=with_ai)


@transaction.atomic
def delete_post(*, member: "Member", post: Post) -> None:
    """Take back one's own post; a placeholder keeps its place. Raises NotAllowed."""
    topic = lock_topic(post.topic_id)
    post = (
        Post.objects.select_for_update(of=("self",)).select_related("topic__board").get(pk=post.pk)
    )
    if post.author_id == member.pk and post.deleted_at is not None:
        return
    if not can_delete(member, post):
        raise NotAllowed(_("Only its author can delete a post."))
    Post.objects.filter(pk=post.pk).update(deleted_at=timezone.now())
    withdraw(topic, post)


def refuse_unless_editable(editor: "Member", post: Post) -> None:
    """Say which of the reasons it is that `can_edit` says no. The post's topic and board must be loaded."""
    if can_edit(editor, post):
        return
    if post.author_id == editor.pk and not is_in_time(editor, post.created_at):
        raise NotAllowed(too_late(editor))
    raise NotAllowed(_("Only its author can change a text, and only while the topic is open."))


def too_late(editor: "Member") -> str:
    """That the time is over in which a member of this level changes her texts."""
    window = rights_of(editor).edits_for or timedelta()
    days = max(1, window.days)
    return ngettext(
        "A text can be changed for %(days)d day after it was written. What is new fits into a new comment.",
        "A text can be changed for %(days)d days after it was written. What is new fits into a new comment.",
        days,
    ) % {"days": days}


@transaction.atomic
def take_back_deletion(*, member: "Member", post: Post) -> None:
    """Let one's own post, deleted within the last hour, stand where it stood. Raises NotAllowed."""
    topic = lock_topic(post.topic_id)
    post = (
        Post.objects.select_for_update(of=("self",)).select_related("topic__board").get(pk=post.pk)
    )
    if post.author_id == member.pk and not post.is_gone:
        return
    if not can_take_back(member, post):
        raise NotAllowed(_("A deletion can be taken back for an hour, by its author."))
    Post.objects.filter(pk=post.pk).update(deleted_at=None)
    post.deleted_at = None
    bring_back(topic, post)


@transaction.atomic
def close_version(*, member: "Member", version: Revision) -> None:
    """Take an old version of one's own text from everyone's sight; closed already, nothing happens.

    Raises NotAllowed, TooFast, or BadText for the version that is shown.
    """
    hold_pace(member, "edits")
    _topic, post = lock_version(version)
    if not can_close_version(member, post):
        raise NotAllowed(CLOSERS)
    if not is_closed(version):
        ClosedVersion.objects.create(revision=version, member=member)
        settle_pictures(post)


def withdraw(topic: Topic, post: Post) -> None:
    """A post of `topic` (locked) can no longer be read: it is no accepted answer, and counts no more.

    `post` is as it was before.
    """
    if topic.accepted_post_id == post.pk:
        Topic.objects.filter(pk=topic.pk).update(accepted_post=None)
    counters.recount(topic)
    if post.network_id is not None and not post.is_gone:
        recount_voices(topic)
        count_answer(topic, post, -1)


def bring_back(topic: Topic, post: Post) -> None:
    """A post of `topic` (locked) can be read again."""
    counters.recount(topic)
    if post.network_id is not None and not post.is_gone:
        recount_voices(topic)
        count_answer(topic, post, 1)


def withhold(topic: Topic, post: Post) -> None:
    """Take a post that can be read from everyone's sight until somebody has looked; with its own text a topic (its
    board and it are locked)."""
    now = timezone.now()
    if post.number == 0:
        if topic.is_listed:
            unlist(topic)
        Topic.objects.filter(pk=topic.pk).update(hidden_at=now, held_at=now)
        return
    Post.objects.filter(pk=post.pk).update(hidden_at=now, held_at=now)
    withdraw(topic, post)


def let_through(topic: Topic, post: Post) -> None:
    """Show a post that waited, or was kept back, as if it were written now; with its own text a topic (its board and it
    are locked). What follows a text follows now."""
    now, its_tags = timezone.now(), tag_ids(topic)
    names = names_for(post.body, writer=post.author, board=topic.board)
    links = post.unlinked_at is None
    html = written(post.body, writer=post.author, before=post.body, names=names, links=links)
    if post.number == 0:
        topic.hidden_at = topic.held_at = None
        Topic.objects.filter(pk=topic.pk).update(hidden_at=None, held_at=None)
        if post.revision_count == 0:  # nobody has read it yet: it is new from now on
            topic.created_at = post.created_at = now
            Topic.objects.filter(pk=topic.pk).update(created_at=now)
            Post.objects.filter(pk=post.pk).update(created_at=now)
        if topic.is_listed:
            count_board(topic.board_id, 1)
        if is_public(topic, topic.board):
            count_tags(its_tags, 1)
    else:
        post.hidden_at = post.held_at = None
        Post.objects.filter(pk=post.pk).update(hidden_at=None, held_at=None)
    bring_back(topic, post)
    if post.number == 0:
        names_of_tags = list(topic.tags.names())
        post_written(post, html, author=post.author, title=topic.title, tags=names_of_tags)
        topic_written(topic.pk)
    else:
        post_written(post, html, author=post.author)


@transaction.atomic
def react(*, member: "Member", post: Post, kind: ReactionKind, on: bool) -> Post:
    """Give or take back one of the two marks; doing it twice changes nothing. Raises NotAllowed."""
    topic = lock_topic(post.topic_id)
    post = lock_post(post.pk)
    if post.topic_id == topic.pk:  # else it was moved meanwhile
        post.topic = topic
    if not can_react(member, post):
        raise NotAllowed(_("You cannot mark this post: it is your own, or no longer here."))
    if on:
        change = counters.give_mark(post, member.pk, kind)
    else:
        change = -Reaction.objects.filter(post=post, member=member, kind=kind).delete()[0]
    if change:
        counters.count_mark(post, kind, change)
        if kind == ReactionKind.USEFUL:
            counters.count_useful(topic, change)
            weigh(post, change)
    if on and change:
        tell("marked", key=said_today(f"marked-{post.pk}"), actor=member, data={"post": post.pk})
    return post
