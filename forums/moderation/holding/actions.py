"""Every write about what waits: a text is held, let through, kept back, taken back by its author."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.trust import rights_of
from forums.base.advisory_locks import Lock, hold
from forums.base.errors import NotAllowed
from forums.discussions.posts.actions import let_through
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import Writing
from forums.discussions.topics.locks import lock_topics
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import TAKE_BACK
from forums.moderation.actions import decide
from forums.moderation.grounds import Grounds, asked
from forums.moderation.holding.looking import hosts_of
from forums.moderation.holding.models import MET, HeldText, NewcomersHost
from forums.moderation.models import Act, Decision
from forums.moderation.parties import refuse_party
from forums.moderation.queue.actions import end_case, open_case
from forums.moderation.queue.models import WAITING, Case
from forums.moderation.subjects import of_post

if TYPE_CHECKING:
    from accounts.models import Member

HELD = "held"  # the kind of case
HOSTS_KEPT = timedelta(days=2)
FORGOTTEN = 5_000  # in one go


def take_in(post: Post, writing: Writing) -> None:
    """Keep why a text waits, and open its case; keep the hosts a newcomer links to. In the action's transaction."""
    now = timezone.now()
    if writing.html is not None and rights_of(writing.author).links is not None:
        for host in hosts_of(writing.html.outside):
            NewcomersHost.objects.update_or_create(
                host=host, member=writing.author, defaults={"at": now}
            )
    if not writing.why:
        return
    why = list(dict.fromkeys(writing.why))
    met = [each[:MET] for each in dict.fromkeys(writing.met)][:10]
    kept = {"why": why, "met": met, "created_at": now, "ended_at": None}
    HeldText.objects.update_or_create(post=post, defaults=kept)
    open_case(kind=HELD, subject=of_post(post))


@transaction.atomic
def admit(
    *, moderator: "Member", post: Post, reason: str, case: Case | None = None
) -> Decision | None:
    """Show a text that waits; what follows a text follows now. Whoever gives the `case`, locked, ends it."""
    cases, topic, post = _locked(post, case)
    grounds = asked(moderator, reason, topic.board)
    if not _waits(topic, post):
        return None
    refuse_party(moderator, post)
    let_through(topic, post)
    return _decided(Act.ADMIT, moderator, topic, post, grounds, cases)


@transaction.atomic
def keep_back(
    *, moderator: "Member", post: Post, reason: str, case: Case | None = None
) -> Decision | None:
    """Leave a text that waits hidden: a decision like hiding, and like it taken back by showing it."""
    cases, topic, post = _locked(post, case)
    grounds = asked(moderator, reason, topic.board)
    if not _waits(topic, post):
        return None
    if post.number == 0:
        Topic.objects.filter(pk=topic.pk).update(held_at=None)
    else:
        Post.objects.filter(pk=post.pk).update(held_at=None)
    return _decided(Act.KEEP_BACK, moderator, topic, post, grounds, cases)


def admit_topic(*, moderator: "Member", topic: Topic, reason: str) -> Decision | None:
    """The same of a topic, which waits with its own text."""
    return admit(moderator=moderator, post=opening_of(topic), reason=reason)


def keep_topic_back(*, moderator: "Member", topic: Topic, reason: str) -> Decision | None:
    """The same of a topic."""
    return keep_back(moderator=moderator, post=opening_of(topic), reason=reason)


@transaction.atomic
def take_back(*, member: "Member", post: Post) -> bool:
    """Its author takes back what waits; False where it waits no more. Raises NotAllowed for anybody else."""
    cases, topic, post = _locked(post)
    if post.author_id != member.pk:
        raise NotAllowed(_("Only its author can take a text back."))
    if not _waits(topic, post):
        return False
    # As long ago as a deletion can be taken back by its author: nobody has looked at what would stand there then.
    deleted_at = timezone.now() - TAKE_BACK
    gone = {"held_at": None, "hidden_at": None, "deleted_at": deleted_at}
    if post.number == 0:
        Topic.objects.filter(pk=topic.pk).update(**gone)
    else:
        Post.objects.filter(pk=post.pk).update(**gone)
    HeldText.objects.filter(post=post).update(ended_at=timezone.now())
    for case in cases:
        end_case(case=case, moderator=None, refused=True, answer="taken_back")
    return True


@transaction.atomic
def forget_met(*, member: "Member", size: int) -> bool:
    """She leaves: what in her next texts met something is forgotten; that they waited, and why, stays with their cases."""
    met = HeldText.objects.filter(post__author=member).exclude(met=[]).order_by("pk")
    some = list(met.values_list("pk", flat=True)[:size])
    HeldText.objects.filter(pk__in=some).update(met=[])
    return bool(some)


@transaction.atomic
def forget_hosts(now: datetime) -> None:
    """Delete the next of what newcomers linked to some days ago."""
    old = NewcomersHost.objects.filter(at__lt=now - HOSTS_KEPT).order_by("at")
    NewcomersHost.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:FORGOTTEN])).delete()


def opening_of(topic: Topic) -> Post:
    """The topic's own text."""
    return topic.posts.get(number=0, reply_number=0)


def _locked(post: Post, case: Case | None = None) -> tuple[list[Case], Topic, Post]:
    """Its cases that are to be ended here, the topic (with its board and tags, for its own text counts there) and the
    post, as they are now."""
    cases: list[Case] = []
    if case is None:  # before the thing, as whoever answers a case does
        named = ("post", str(post.pk)) if post.number else ("topic", str(post.topic_id))
        waiting = Case.objects.filter(kind=HELD, subject=named[0], key=named[1], state__in=WAITING)
        cases = list(waiting.select_for_update(of=("self",), no_key=True))
    hold(Lock.MEMBER_WRITES, post.author_id)
    (topic,) = lock_topics([Topic(pk=post.topic_id)], tags=post.number == 0)
    locked = Post.objects.select_for_update(of=("self",)).select_related("author")
    post = locked.get(pk=post.pk)
    post.topic = topic
    return cases, topic, post


def _waits(topic: Topic, post: Post) -> bool:
    """Does it wait, and was it not deleted meanwhile, as with what it answers?"""
    thing = topic if post.number == 0 else post
    return thing.held_at is not None and post.removed_at is None


def _decided(
    act: Act,
    moderator: "Member",
    topic: Topic,
    post: Post,
    grounds: Grounds,
    cases: list[Case],
) -> Decision:
    target = topic if post.number == 0 else post
    decision = decide(act, moderator=moderator, reason=grounds, target=target, board=topic.board)
    HeldText.objects.filter(post=post).update(ended_at=timezone.now())
    for case in cases:
        refused = act == Act.KEEP_BACK
        end_case(case=case, moderator=moderator, decision=decision, refused=refused, answer=act)
    return decision
