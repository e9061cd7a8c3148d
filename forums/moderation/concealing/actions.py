"""Hide passages of a post, and show them again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from forums.base.errors import BadText, NotAllowed
from forums.discussions.posts.models import Post, Revision
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import TITLE_LENGTH, Topic
from forums.moderation.actions import decide
from forums.moderation.concealing.covering import (
    found_in_all,
    replaced,
    spelled_in,
    texts_of,
)
from forums.moderation.concealing.models import WORDS_LENGTH, ConcealedPassage
from forums.moderation.concealing.registry import beside
from forums.moderation.concealing.remaking import make_anew
from forums.moderation.concealing.spelling import asked_for
from forums.moderation.grounds import Grounds, asked
from forums.moderation.models import Act, Decision
from forums.moderation.parties import refuse_party
from forums.moderation.permissions import can_moderate
from forums.moderation.rules.models import HouseRule
from forums.text.render import MAX_SOURCE

if TYPE_CHECKING:
    from accounts.models import Member

MOST = 50  # passages of one decision
MOST_POSTS = 200  # in which the same words are hidden


@transaction.atomic
def conceal_passages(
    *,
    post: Post,
    moderator: "Member | None",
    reason: str,
    passages: Iterable[str] | None = None,
) -> Decision | None:
    """Hide passages of a post, wherever else in its topic they stand too, and return the decision about the post.

    Without `passages` it is what the finder finds; a moderator says so of what a rule has hidden, and it stays. A rule (no
    moderator) that finds nothing decides nothing: None. Raises NotAllowed; BadText where a moderator names what does not
    stand there, or the text would grow too long.
    """
    topic = lock_topic(post.topic_id)
    reason = asked(moderator, reason, topic.board)
    post = _locked([post.pk])[0]
    texts = texts_of(post, topic)
    chosen = found_in_all(texts) if passages is None else _cleaned(passages)
    words = spelled_in(texts, chosen, most=MOST)
    if not words:
        if moderator is None:
            return None
        there = ConcealedPassage.objects.filter(source=post)
        if not chosen and (hidden := there.count()):  # it stays so, and no rule shows it again
            decision = _decided(Act.CONCEAL, topic, post, moderator, reason, hidden)
            there.filter(decision__moderator=None).update(decision=decision)
            return decision
        raise BadText(_("These words do not stand in the text. Copy them from it, as they are."))
    decision = _conceal(topic, post, post, words, moderator, reason)
    for other in _locked(_others_with(topic, post, words)):
        hers = spelled_in(texts_of(other, topic), words)
        if hers:
            _conceal(topic, other, post, hers, moderator, reason, because=decision.pk)
    for each in beside():
        each.cover(topic, post, words, decision)
    return decision


@transaction.atomic
def conceal_until_seen(*, post: Post, rule: HouseRule | None = None) -> Decision | None:
    """Somebody says that a post has personal data: what the finder finds in it is hidden until a moderator has looked.

    None where it finds nothing, or all of it is hidden already.
    """
    with translation.override("th"):  # the log is read in the language of the site
        why = _("Somebody reported personal data here. It is hidden until a moderator has looked.")
    return conceal_passages(post=post, moderator=None, reason=Grounds(why, rule=rule))


@transaction.atomic
def reveal_passages(
    *,
    post: Post,
    moderator: "Member | None",
    reason: str,
    since: datetime | None = None,
    only: Decision | None = None,
) -> Decision | None:
    """Show again what was hidden because of a post, there and in the others; None where nothing is.

    `only` is the decision that is taken back: what others have hidden stays so; of one about a quote, the quote alone.
    A rule (no moderator) shows what a rule hid, `since` then. Raises NotAllowed, also for a network's moderator where one
    of the site's hid some of it.
    """
    topic = lock_topic(post.topic_id)
    reason = asked(moderator, reason, topic.board)
    there = ConcealedPassage.objects.select_related("decision").order_by("pk")
    if only is None:
        there = there.filter(source=post)
    else:
        there = there.filter(Q(decision=only) | Q(decision__details__because=only.pk, source=post))
    if moderator is None:
        there = there.filter(decision__moderator=None)
    if since is not None:
        there = there.filter(decision__created_at__gte=since)
    rows = list(there.select_for_update(of=("self",)))
    if not rows:
        return None
    if moderator is not None and not can_moderate(moderator):
        for row in rows:
            if row.decision.moderator_id is not None and "network" not in row.decision.details:
                raise NotAllowed(
                    _("The site's moderators decided this, and only they take it back.")
                )
    post = Post.objects.get(pk=post.pk)
    if moderator is not None and any(row.decision.moderator_id != moderator.pk for row in rows):
        refuse_party(moderator, post)
    decision = None
    for each in _locked({row.post_id for row in rows}):
        its = [row for row in rows if row.post_id == each.pk]
        _put(topic, each, {row.mark: row.words for row in its})
        more = {"only": its[0].decision_id} if only is not None else {}
        made = _decided(Act.REVEAL, topic, each, moderator, reason, len(its), **more)
        if decision is None or each.pk == post.pk:
            decision = made
    for other in beside():
        other.uncover(topic, rows)
    ConcealedPassage.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return decision


def _conceal(
    topic: Topic,
    post: Post,
    source: Post,
    words: list[str],
    moderator: "Member | None",
    reason: Grounds,
    **more: int,
) -> Decision:
    decision = _decided(Act.CONCEAL, topic, post, moderator, reason, len(words), **more)
    made = ConcealedPassage.objects.bulk_create(
        ConcealedPassage(
            source=source, post=post, decision=decision, words=each, created_at=decision.created_at
        )
        for each in words
    )
    _put(topic, post, {each.words: each.mark for each in made})
    return decision


def _decided(
    act: Act,
    topic: Topic,
    post: Post,
    moderator: "Member | None",
    reason: str,
    passages: int,
    **more: int,
) -> Decision:
    return decide(
        act,
        moderator=moderator,
        reason=reason,
        target=post if post.number else topic,
        board=topic.board,
        passages=passages,
        **more,
    )


def _put(topic: Topic, post: Post, instead: Mapping[str, str]) -> None:
    """Other words in the place of these: in a locked post's text, its versions, its topic's title; all that is made of them
    is made anew. Nothing counts as an edit."""
    changed = []
    for version in Revision.objects.filter(post=post).iterator():
        body, title = replaced(version.body, instead), replaced(version.title, instead)
        why = replaced(version.reason, instead)[:200]
        if (body, title, why) != (version.body, version.title, version.reason):
            version.body, version.title, version.reason = body, title[:TITLE_LENGTH], why
            changed.append(version)
    Revision.objects.bulk_update(changed, ["body", "title", "reason"], batch_size=100)
    body, title = replaced(post.body, instead), topic.title
    if post.number == 0:
        title = replaced(topic.title, instead)
    if len(body) > MAX_SOURCE or len(title) > TITLE_LENGTH:
        raise BadText(_("The text would be too long with its marks. Hide it whole instead."))
    if (body, title) == (post.body, topic.title):
        return
    make_anew(topic, post, body, title)


def _others_with(topic: Topic, post: Post, words: list[str]) -> list[int]:
    """Other posts of the topic that say, or said, the same, or something like it."""
    said = Q()
    for each in words:
        pattern = asked_for(each)
        said |= Q(body__iregex=pattern) | Q(revisions__body__iregex=pattern)
        said |= Q(number=0, topic__title__iregex=pattern)
    found = Post.objects.filter(said, topic=topic).exclude(pk=post.pk)
    return list(found.order_by("pk").values_list("pk", flat=True).distinct()[:MOST_POSTS])


def _locked(pks: Iterable[int]) -> list[Post]:
    """These posts as they are now, in the order every writer keeps."""
    posts = Post.objects.select_for_update(of=("self",)).select_related("author")
    return list(posts.filter(pk__in=pks).order_by("pk"))


def _cleaned(passages: Iterable[str]) -> list[str]:
    cleaned = dict.fromkeys(words.strip()[:WORDS_LENGTH] for words in passages)
    return [words for words in cleaned if len(words) > 1]
