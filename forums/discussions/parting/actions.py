"""Every write to texts when their author leaves: her own emptied, those of others rid of her name and of what they quote.

Each function does a piece in the transaction of `privacy.leaving`, and returns where it came to (`forums.base.personal`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext, override

from accounts.models import Member
from accounts.parting import former
from forums.base.personal import Farewell, Parting
from forums.discussions.naming.finding import names_for
from forums.discussions.parting.quotations import (
    quoted_posts,
    without_handle,
    without_quotations,
)
from forums.discussions.posts import counters
from forums.discussions.posts.models import Post, Revision
from forums.discussions.posts.registry import texts_forgotten, topic_written
from forums.discussions.standpoints.counters import count_answer, recount_voices
from forums.discussions.topics.counters import unlist
from forums.discussions.topics.locks import lock_topics
from forums.discussions.topics.models import Topic
from forums.pictures.actions import drop
from forums.pictures.bodies import rendered, writer_of
from forums.pictures.models import Attachment
from forums.text.handles import handle_key
from forums.text.render import RENDERER_VERSION, names_in
from forums.text.slugs import slugify

if TYPE_CHECKING:
    from uuid import UUID

LOT = 200  # posts at once: their topics are locked meanwhile
LOOKED_THROUGH = 5_000  # posts of others that are looked through at once for her name


def gone_text() -> str:
    """What stands where a text stood, in the site's language."""
    with override(settings.LANGUAGE_CODE):
        return gettext("Its author has left and emptied this text.")


# -- Her own ------------------------------------------------------------------------------------


def empty_posts(parting: Parting) -> int | None:
    """Empty her next posts and all their versions, where she wants it; what she said in a network's name is not hers."""
    if parting.choice != Farewell.EMPTIED:
        return None
    hers = Post.objects.filter(author=parting.member, in_name=False, pk__gt=parting.after)
    some = dict(hers.order_by("pk").values_list("pk", "topic_id")[:LOT])
    if not some:
        return None
    for topic in lock_topics(list(Topic.objects.filter(pk__in=set(some.values())))):
        _empty_in(topic, [pk for pk, topic_id in some.items() if topic_id == topic.pk])
    Revision.objects.filter(post__in=some).update(title="", body="", reason="")
    texts_forgotten(some)
    return max(some)


def _empty_in(topic: Topic, ids: Collection[int]) -> None:
    """Empty these posts of a topic (locked); what the topic counts is counted anew once."""
    posts = list(Post.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    for post in posts:
        if post.network_id is not None and not post.is_gone:
            count_answer(topic, post, -1)
    if topic.accepted_post_id in ids:
        Topic.objects.filter(pk=topic.pk).update(accepted_post=None)
    emptied = Post.objects.filter(pk__in=ids)
    emptied.filter(number__gt=0).update(
        body="", body_html="", deleted_at=Coalesce(F("deleted_at"), Now())
    )
    if any(post.number == 0 for post in posts):
        _empty_opening(topic)
    counters.recount(topic)
    if any(post.network_id is not None for post in posts):
        recount_voices(topic)


def _empty_opening(topic: Topic) -> None:
    """A topic's own text: others' answers hang on it, so it says what it was; where nobody answered, it goes."""
    said = gone_text()
    html = rendered(said, reader=None)
    Post.objects.filter(topic=topic, number=0, reply_number=0).update(
        body=said, body_html=html.html, renderer_version=RENDERER_VERSION
    )
    with override(settings.LANGUAGE_CODE):
        title = gettext("A topic whose text was emptied")
    topic.title, topic.slug, topic.contents = title, slugify(title), []
    changed: dict[str, object] = {"title": title, "slug": topic.slug, "contents": [], "cover": None}
    if topic.is_listed and not topic.reply_count:
        unlist(topic)
        changed["deleted_at"] = Now()
    Topic.objects.filter(pk=topic.pk).update(**changed)
    topic_written(topic.pk)


def drop_pictures(parting: Parting) -> int | None:
    """Delete her next pictures with their files, where she empties what she wrote; those of networks' pages stay."""
    if parting.choice != Farewell.EMPTIED:
        return None
    hers = Attachment.objects.filter(
        Q(post__author=parting.member, post__in_name=False) | Q(post=None),
        uploader=parting.member,
        activity=None,
        ledger_line=None,
    )
    gone: list[UUID] = list(hers.values_list("pk", flat=True)[:LOT])
    if not gone:
        return None
    drop(gone)
    return parting.after


def forget_entries(parting: Parting) -> int | None:
    """Her name stands in what the search keeps of each of her posts: made anew, it says the new one."""
    if parting.is_named:
        return None
    hers = Post.objects.filter(author=parting.member, pk__gt=parting.after).order_by("pk")
    some = list(hers.values_list("pk", flat=True)[: parting.size])
    texts_forgotten(some)
    return max(some) if some else None


# -- Others' ------------------------------------------------------------------------------------


def forget_in_texts(parting: Parting) -> int | None:
    """Take her name, and what she emptied, out of the next texts of others and of their versions."""
    if parting.is_named:
        return None
    last = parting.after + LOOKED_THROUGH
    posts = Post.objects.filter(pk__gt=parting.after, pk__lte=last)
    said = Q(body__icontains=f"@{parting.member.handle}") | Q(body__contains="](/p/")
    found = posts.filter(said | Q(pk__in=_versions(parting, last, said)))
    for post in found.select_related("topic__board").order_by("pk"):
        _rewrite(post, parting)
    there_is_more = Post.objects.filter(pk__gt=last).exists()
    return last if there_is_more else None


def _versions(parting: Parting, last: int, said: Q) -> list[int]:
    versions = Revision.objects.filter(said, post__gt=parting.after, post__lte=last)
    return list(versions.values_list("post", flat=True).distinct())


def _rewrite(post: Post, parting: Parting) -> None:
    """Put one text right, and its versions; nothing is written where nothing is hers."""
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if (body := _freed(locked.body, parting)) != locked.body:
        writer = writer_of(locked.author_id)
        html = rendered(
            body, reader=writer, names=names_for(body, writer=writer, board=post.topic.board)
        )
        Post.objects.filter(pk=post.pk).update(
            body=body, body_html=html.html, renderer_version=RENDERER_VERSION
        )
        texts_forgotten([post.pk])
    for version in Revision.objects.filter(post=post):
        if (body := _freed(version.body, parting)) != version.body:
            Revision.objects.filter(pk=version.pk).update(body=body)


def _freed(source: str, parting: Parting) -> str:
    hers = Post.objects.filter(author=parting.member, in_name=False)
    posts = set(hers.filter(pk__in=quoted_posts(source)).values_list("pk", flat=True))
    instead = f"*{gone_text()}*" if parting.choice == Farewell.EMPTIED else ""
    name = former()
    if posts:
        source = without_quotations(source, posts, name=name, instead=instead)
    return without_handle(source, _typed(source, parting.member), name=name)


def _typed(source: str, member: Member) -> set[str]:
    """How her handle is typed behind an @, where no longer handle that somebody bears is meant."""
    mine = defaultdict[str, set[str]](set)
    for readings in names_in(source):
        keys = [handle_key(each) for each in readings]
        if member.handle_key in keys:
            place = keys.index(member.handle_key)
            mine[readings[place]].update(keys[:place])
    longer: Iterable[str] = set().union(*mine.values())
    borne = set(Member.objects.filter(handle_key__in=longer).values_list("handle_key", flat=True))
    return {typed for typed, others in mine.items() if not others & borne}
