"""What is decided about a topic as a whole: slowed down, closed at a time, taken off all lists, archived; and undone.

Each takes `moderator` and `reason`, returns the Decision it wrote, changes nothing (and returns None) when the state is
already so, and raises NotAllowed or BadText.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting_title
from forums.discussions.boards.models import Access, Board
from forums.discussions.polls.actions import move_along, move_back
from forums.discussions.posts import counters
from forums.discussions.posts.models import PartedPost, Post
from forums.discussions.posts.registry import topic_written
from forums.discussions.standpoints.counters import recount_voices
from forums.discussions.topics.addresses import topic_slug
from forums.discussions.topics.counters import count_board, is_public, tag_ids, unlist
from forums.discussions.topics.locks import lock_topic, lock_topics
from forums.discussions.topics.models import TITLE_LENGTH, Topic
from forums.knowledge.glossary.actions import move_cards_along, move_cards_back
from forums.moderation.actions import about_topic, asked, refuse_undoing
from forums.moderation.grounds import Grounds
from forums.moderation.models import TRAITS, Act, Decision
from forums.moderation.permissions import can_keep_order
from forums.moderation.topics.carrying import carry, read_as_before
from forums.moderation.topics.choosing import heads_meant, with_answers
from forums.moderation.topics.models import Regrouping
from forums.moderation.topics.overruling import refuse_overruling
from forums.moderation.topics.placing import (
    AGAIN,
    append,
    index_as,
    make_topic_of,
    put_back,
    remember,
    take_out,
)
from forums.notifications.telling import tell
from forums.tags.counters import count_tags

SLOWEST = 24 * 60  # minutes between two texts of one member
LATEST = timedelta(days=366)


@transaction.atomic
def slow_down(*, moderator: Member, topic: Topic, minutes: int, reason: str) -> Decision | None:
    """Let each member write one text in so many minutes here; moderators are not held."""
    if not 1 <= minutes <= SLOWEST:
        raise BadText(_("From one minute to a day, please."))
    return _set(Act.SLOW, {"slow_minutes": minutes}, moderator, topic, reason, minutes=minutes)


@transaction.atomic
def let_run(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Let a slowed topic run as others do."""
    return _set(Act.UNSLOW, {"slow_minutes": 0}, moderator, topic, reason)


@transaction.atomic
def close_at(*, moderator: Member, topic: Topic, at: datetime, reason: str) -> Decision | None:
    """Close a topic to replies from a time on: compared when somebody would write, so that nothing can be late."""
    now = timezone.now()
    if not now < at <= now + LATEST:
        raise BadText(_("The time must lie ahead, within a year."))
    words = _holding_until(reason, until=at)
    return _set(Act.CLOSE_AT, {"closes_at": at}, moderator, topic, words)


@transaction.atomic
def keep_open(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Let a topic that would close by itself, or has, stay open."""
    return _set(Act.KEEP_OPEN, {"closes_at": None}, moderator, topic, reason)


@transaction.atomic
def archive(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Keep a topic as it is: read by everybody, and written in, changed and marked by nobody."""
    return _set(Act.ARCHIVE, {"archived_at": timezone.now()}, moderator, topic, reason)


@transaction.atomic
def reopen(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Let an archived topic be written in again."""
    return _set(Act.REOPEN, {"archived_at": None}, moderator, topic, reason)


@transaction.atomic
def take_off_lists(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Leave a topic to whoever has its address: it stands in no list, search, feed or sitemap."""
    (topic,) = lock_topics([topic])
    reason = asked(moderator, reason, topic.board)
    if topic.unlisted_at is not None:
        return None
    if topic.is_listed:
        unlist(topic)
    Topic.objects.filter(pk=topic.pk).update(unlisted_at=timezone.now())
    return about_topic(Act.UNLIST, moderator, topic, reason)


@transaction.atomic
def relist(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Put a topic on the lists again."""
    (topic,) = lock_topics([topic])
    reason = asked(moderator, reason, topic.board)
    if topic.unlisted_at is None or topic.merged_into_id is not None:
        return None
    refuse_undoing(Act.RELIST, moderator, topic)
    topic.unlisted_at = None
    Topic.objects.filter(pk=topic.pk).update(unlisted_at=None)
    if topic.is_listed:
        count_board(topic.board_id, 1)
        if is_public(topic, topic.board):
            count_tags(tag_ids(topic), 1)
    return about_topic(Act.RELIST, moderator, topic, reason)


# -- what stands elsewhere ------------------------------------------------------------------------


@transaction.atomic
def split(
    *, moderator: Member, topic: Topic, numbers: str, title: str, reason: str
) -> Decision | None:
    """Make a topic of its own, in the same board, of the comments and replies with these numbers and all that answers them.

    The first of them that can be read becomes its own text. Old addresses and numbers lead on. Raises BadText for what is
    no number, and for a topic that is merged or archived.
    """
    title = fitting_title(title, TITLE_LENGTH)
    (topic,) = lock_topics([topic])
    reason = asked(moderator, reason, topic.board)
    _refuse_kept(topic)
    refuse_overruling(moderator, topic)
    if not topic.is_shown:  # what is made of it would be nobody's to show again
        raise BadText(_("This topic is hidden or deleted. Show it again first."))
    heads = heads_meant(topic, numbers)
    posts = with_answers(heads)
    chosen = {head.pk for head in heads}
    opening = next((post for post in posts if post.pk in chosen and not post.is_gone), None)
    if opening is None:
        raise BadText(_("One of them must be there to be read: it becomes the topic's own text."))
    new = Topic.objects.create(
        board=topic.board,
        author_id=opening.author_id,
        network_id=opening.network_id,
        title=title,
        slug=topic_slug(title),
        created_at=opening.created_at,
        last_post_at=opening.created_at,
        last_author_id=opening.author_id,
        hidden_at=topic.hidden_at,
        unlisted_at=topic.unlisted_at,
        parted_at=timezone.now(),
    )
    remember(posts)
    if topic.accepted_post_id in {post.pk for post in posts}:
        Topic.objects.filter(pk=topic.pk).update(accepted_post=None)
    make_topic_of(new, opening, posts)
    Topic.objects.filter(pk=topic.pk).update(parted_at=timezone.now())
    index_as(opening, title=title)
    _count_anew(topic, new)
    if new.is_listed:
        count_board(new.board_id, 1)
    decision = about_topic(Act.SPLIT, moderator, topic, reason, into=new.pk)
    authors = {post.author_id for post in posts} - {moderator.pk, topic.author_id}
    tell("split_off", key=f"split-{new.pk}", members=sorted(authors), data={"topic": new.pk})
    Regrouping.objects.create(decision=decision, source=topic, target=new)
    topic_written(new.pk)
    return decision


@transaction.atomic
def unsplit(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Put what was last split off a topic back, for a week; what was written there since comes along."""
    found = Regrouping.objects.undoable().filter(source=topic, base=None).order_by("-pk").first()
    if found is None:
        return None
    topic, new = _locked(topic, found.target)
    reason = asked(moderator, reason, topic.board)
    refuse_undoing(Act.UNSPLIT, moderator, topic)
    _refuse_kept(topic)
    _refuse_kept(new)
    refuse_overruling(moderator, new)
    _refuse_telling_more(moderator, new, topic)
    merged = Regrouping.objects.filter(target=new, undone_at=None, base__isnull=False)
    if merged.exists() or PartedPost.objects.filter(topic=new).exists():
        raise BadText(AGAIN)
    own = Post.objects.select_related("author").get(topic=new, number=0)
    if new.is_listed:
        unlist(new)
    put_back(topic, new)
    move_along(source=new, target=topic)
    move_cards_along(source=new, target=topic)
    now = timezone.now()
    Topic.objects.filter(pk=new.pk).update(merged_into=topic, merged_base=0, unlisted_at=now)
    index_as(own)
    _count_anew(topic, new)
    Regrouping.objects.filter(pk=found.pk).update(undone_at=now)
    return about_topic(Act.UNSPLIT, moderator, topic, reason, into=new.pk)


@transaction.atomic
def join(*, moderator: Member, topic: Topic, into: Topic, reason: str) -> Decision | None:
    """Put all that was said in a topic behind what was said in another; the first leads on to it.

    Its own text becomes a comment there. Raises BadText where more people would read it than now, or one of them is merged,
    archived or hidden.
    """
    if topic.pk == into.pk:
        raise BadText(_("A topic cannot be merged with itself."))
    topic, into = _locked(topic, into)
    reason = asked(moderator, reason, topic.board)
    _refuse_kept(topic)
    _refuse_kept(into)
    refuse_overruling(moderator, topic)
    _refuse_telling_more(moderator, topic, into)
    own = Post.objects.select_related("author").get(topic=topic, number=0)
    if topic.is_listed:
        unlist(topic)
    had = into.last_number
    base, last = append(topic, into)
    now = timezone.now()
    Topic.objects.filter(pk=topic.pk).update(
        merged_into=into, merged_base=base, unlisted_at=topic.unlisted_at or now
    )
    Topic.objects.filter(pk=into.pk).update(parted_at=into.parted_at or now)
    carry(topic, into, base=base, last=had)
    move_along(source=topic, target=into)
    move_cards_along(source=topic, target=into)
    index_as(own)
    _count_anew(topic, into)
    decision = about_topic(Act.JOIN, moderator, topic, reason, into=into.pk)
    Regrouping.objects.create(
        decision=decision,
        source=topic,
        target=into,
        base=base,
        last=last,
        was_unlisted_at=topic.unlisted_at,
    )
    return decision


@transaction.atomic
def unjoin(*, moderator: Member, topic: Topic, reason: str) -> Decision | None:
    """Let a merged topic be one of its own again, for a week, with what was written below its comments since."""
    found = Regrouping.objects.undoable().filter(source=topic, base__isnull=False).first()
    if found is None or found.base is None or found.last is None:
        return None
    topic, into = _locked(topic, found.target)
    reason = asked(moderator, reason, topic.board)
    refuse_undoing(Act.UNJOIN, moderator, topic)
    _refuse_kept(into)
    _refuse_telling_more(moderator, into, topic)
    own = Post.objects.select_related("author").filter(topic=into, number=found.base).first()
    if own is None:
        raise BadText(AGAIN)
    take_out(into, topic, base=found.base, last=found.last)
    read_as_before(into, base=found.base, last=found.last)
    move_back(source=topic, target=into)
    move_cards_back(source=topic, target=into)
    Topic.objects.filter(pk=topic.pk).update(
        merged_into=None, merged_base=None, unlisted_at=found.was_unlisted_at
    )
    topic.unlisted_at = found.was_unlisted_at
    if topic.is_listed:
        count_board(topic.board_id, 1)
        if is_public(topic, topic.board):
            count_tags(tag_ids(topic), 1)
    index_as(own, title=topic.title, tags=topic.tags.values_list("name", flat=True))
    _count_anew(topic, into)
    Regrouping.objects.filter(pk=found.pk).update(undone_at=timezone.now())
    return about_topic(Act.UNJOIN, moderator, topic, reason, into=into.pk)


def _locked(*topics: Topic) -> list[Topic]:
    """These topics as they are now, locked with their boards, in the order given."""
    found = {each.pk: each for each in lock_topics(topics)}
    return [found[each.pk] for each in topics]


def _refuse_kept(topic: Topic) -> None:
    if topic.merged_into_id is not None:
        raise BadText(_("This topic was merged into another: undo that first."))
    if topic.archived_at is not None:
        raise BadText(_("This topic is archived: open it first."))


def _refuse_telling_more(moderator: Member, source: Topic, target: Topic) -> None:
    """Texts of one topic come to stand in another: who decides keeps order in both, both are shown, and nobody reads them
    there who may not read them here. Raises NotAllowed, BadText."""
    for topic in (source, target):
        if not can_keep_order(moderator, topic.board):
            raise NotAllowed
        if not topic.is_shown:
            raise BadText(_("One of the two is hidden or deleted."))
    if not _as_open(source.board, target.board):
        raise BadText(_("More people would read it there than here. Move the topic first."))


def _as_open(here: Board, there: Board) -> bool:
    """Would nobody read there what she may not read here?"""
    if here.pk == there.pk or here.read_level == Access.EVERYONE:
        return True
    return here.network_id == there.network_id and there.read_level >= here.read_level


def _count_anew(*topics: Topic) -> None:
    """What they remember of their posts, and which networks speak in them. All are locked."""
    for topic in topics:
        counters.recount(topic)
        recount_voices(topic)


def _holding_until(reason: str, *, until: datetime) -> Grounds:
    """The reason with the time until which the decision is one about the future."""
    given = Grounds.of(reason)
    return Grounds(given, given.rule, until)


def _set(
    act: Act, change: dict[str, Any], moderator: Member, topic: Topic, reason: str, **details: Any
) -> Decision | None:
    """Write one column of a topic; what it is already, or is set to while it is so, changes nothing."""
    topic = lock_topic(topic.pk)
    reason = asked(moderator, reason, topic.board)
    ((column, value),) = change.items()
    now = getattr(topic, column)
    if now == value or (act == Act.ARCHIVE and now is not None):
        return None
    if TRAITS[act].undoes is not None:
        refuse_undoing(act, moderator, topic)
    elif now:
        refuse_overruling(moderator, topic, column)
    Topic.objects.filter(pk=topic.pk).update(**change)
    return about_topic(act, moderator, topic, reason, **details)
