"""Deleting a post, alone or with what answers it, and bringing it back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import BadText
from forums.discussions.posts import counters
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.counters import count_answer, recount_voices
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.moderation.actions import asked, decide, refuse_undoing
from forums.moderation.models import Act, Decision

MOST = 200  # texts one decision takes with it


@transaction.atomic
def delete(
    *, moderator: Member, post: Post, reason: str, with_replies: bool = False
) -> Decision | None:
    """Take a post, and with `with_replies` all that answers it, from everyone's sight but the moderators'.

    The topic's own text goes with its topic. Raises NotAllowed, or BadText (no reason, too many answers).
    """
    topic = lock_topic(post.topic_id)
    reason = asked(moderator, reason, topic.board)
    if post.number == 0:
        raise BadText(_("This is the topic's own text: hide the topic instead."))
    ids = [post.pk, *(answers_to(post) if with_replies else ())]
    if len(ids) > MOST:
        raise BadText(
            _("Up to %(most)d texts at once, please: delete some of the answers first.")
            % {"most": MOST}
        )
    found = _locked(ids)
    gone = [each for each in found if each.removed_at is None]
    if not gone:
        return None
    now = timezone.now()
    Post.objects.filter(pk__in=[each.pk for each in gone]).update(
        removed_at=now, hidden_at=Coalesce(F("hidden_at"), Value(now))
    )
    if topic.accepted_post_id in ids:
        Topic.objects.filter(pk=topic.pk).update(accepted_post=None)
    _count(topic, [each for each in gone if not each.is_gone], -1)
    return _decided(Act.DELETE, moderator, reason, topic, gone, head=post.pk)


@transaction.atomic
def bring_back(*, moderator: Member, post: Post, reason: str) -> Decision | None:
    """Show a deleted post again, with those that went with it and are deleted still."""
    topic = lock_topic(post.topic_id)
    reason = asked(moderator, reason, topic.board)
    went = Decision.objects.filter(act=Act.DELETE, details__head=post.pk, post__topic=topic)
    ids = {post.pk, *went.values_list("post", flat=True)}
    back = [each for each in _locked(ids) if each.removed_at is not None]
    if not any(each.pk == post.pk for each in back):
        return None
    for each in back:
        refuse_undoing(Act.UNDELETE, moderator, each)
    # What was hidden, or waited, before it was deleted is so again: deleting hid the others at the same moment.
    as_it_was = Case(When(hidden_at=F("removed_at"), then=None), default=F("hidden_at"))
    Post.objects.filter(pk__in=[each.pk for each in back]).update(
        removed_at=None, hidden_at=as_it_was
    )
    shown = [each for each in back if each.hidden_at == each.removed_at and not each.deleted_at]
    _count(topic, shown, 1)
    return _decided(Act.UNDELETE, moderator, reason, topic, back, head=post.pk)


def answers_to(post: Post) -> list[int]:
    """All that answers a post, and what answers those, by id: one query, of its thread."""
    thread = Post.objects.filter(root=post.root_id or post.pk)
    under = {post.pk}
    found = []
    for pk, parent in thread.order_by("pk").values_list("pk", "parent"):  # a parent is older
        if parent in under:
            under.add(pk)
            found.append(pk)
    return found


def _locked(ids: Any) -> list[Post]:
    return list(Post.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


def _count(topic: Topic, changed: Sequence[Post], change: int) -> None:
    """What the topic remembers of its posts, anew; and what its networks have to do with one another."""
    counters.recount(topic)
    recount_voices(topic)
    for each in changed:
        count_answer(topic, each, change)


def _decided(
    act: Act, moderator: Member, reason: str, topic: Topic, posts: Sequence[Post], *, head: int
) -> Decision | None:
    """One decision for each text, so that whoever wrote it is told; returns that about the first meant."""
    made = {}
    for each in posts:
        with_it = {} if each.pk == head else {"head": head}
        made[each.pk] = decide(
            act, moderator=moderator, reason=reason, target=each, board=topic.board, **with_it
        )
    return made.get(head) or next(iter(made.values()))
