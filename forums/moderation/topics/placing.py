"""Giving posts new places: in a topic made of them, at the end of another, and back where they stood."""

from collections.abc import Iterable, Sequence

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from forums.base.errors import BadText
from forums.discussions.posts.models import PartedPost, Post
from forums.discussions.topics.models import PAGE, Topic
from forums.pictures.bodies import rendered
from forums.search.index.entries import index_post

AGAIN = _("Some of it was split off or merged again since: undo that first.")
PLACE = ("topic", "number", "reply_number", "root", "parent", "last_reply_number")


def make_topic_of(topic: Topic, opening: Post, posts: Sequence[Post]) -> None:
    """Give `posts` (locked, by id) their places in `topic`, a new one, whose own text `opening` becomes.

    What answered it becomes a comment; what answers that, a reply below it.
    """
    _place(topic, opening, 0, 0, None)
    opening.parent = None
    hang_below(topic, opening, [post for post in posts if post.pk != opening.pk], after=0)
    Post.objects.bulk_update(posts, PLACE, batch_size=100)


def hang_below(topic: Topic, opening: Post, posts: Sequence[Post], *, after: int) -> int:
    """Places, not yet written, for `posts` (by id) as comments of `topic` beyond number `after` and replies below them.

    What answers nothing of these, or the opening, is a comment. Returns the last number.
    """
    known: dict[int, Post] = {}
    last: dict[int, int] = {}
    for post in posts:
        parent = known.get(post.parent_id or 0)
        if parent is None or post.parent_id == opening.pk:
            after += 1
            post.parent = None
            _place(topic, post, after, 0, None)
            post.last_reply_number = 0
        else:
            root = parent.root or parent
            last[root.pk] = last.get(root.pk, 0) + 1
            root.last_reply_number = last[root.pk]
            _place(topic, post, root.number, last[root.pk], root)
        known[post.pk] = post
    return after


def _place(topic: Topic, post: Post, number: int, reply_number: int, root: Post | None) -> None:
    post.topic, post.number, post.reply_number, post.root = topic, number, reply_number, root
    if not number:
        post.last_reply_number = 0


def remember(posts: Iterable[Post]) -> None:
    """Where these posts stand, before they go: their old numbers lead to them."""
    PartedPost.objects.bulk_create(
        [
            PartedPost(
                topic_id=post.topic_id,
                number=post.number,
                reply_number=post.reply_number,
                post=post,
                parent_id=post.parent_id,
            )
            for post in posts
        ]
    )


def append(source: Topic, target: Topic) -> tuple[int, int]:
    """Put all posts of `source` behind those of `target` (both locked); returns the base and the last number it has there.

    They begin a new page, so that each old page is one new page: a link to page 3 and a post on it leads there still.
    """
    base = (target.last_number // PAGE + 1) * PAGE
    posts = Post.objects.filter(topic=source)
    last = posts.aggregate(last=Max("number"))["last"] or 0
    posts.update(topic=target, number=F("number") + base)
    return base, last


def take_out(target: Topic, source: Topic, *, base: int, last: int) -> None:
    """The way back: what stands in that range of `target`, written since too, is the source's again."""
    there = Post.objects.select_for_update(of=("self",)).filter(topic=target)
    opening = there.get(number=base, reply_number=0)
    below = list(there.filter(number=base, reply_number__gt=0).order_by("pk"))
    hang_below(source, opening, below, after=last)
    # First beyond the range's own numbers, then all at once: no two may ever share a place.
    Post.objects.bulk_update(below, PLACE, batch_size=100)
    Post.objects.filter(topic=target, number__range=(base, base + last)).update(
        topic=source, number=F("number") - base
    )
    Post.objects.filter(pk=opening.pk).update(last_reply_number=0)


def put_back(source: Topic, target: Topic) -> None:
    """Posts of `target`, split off `source` (both locked), stand where they stood; what was written since answers what it
    answered, at the end of its thread."""
    parted = PartedPost.objects.filter(topic=source, post__topic=target)
    places = {place.post_id: place for place in parted}
    there = Post.objects.select_for_update(of=("self",)).filter(topic=target).order_by("pk")
    posts = {post.pk: post for post in there}
    opening = next(post for post in posts.values() if post.number == 0)
    roots = {
        post.number: post
        for post in Post.objects.filter(
            topic=source, reply_number=0, number__in={place.number for place in places.values()}
        )
    } | {place.number: posts[pk] for pk, place in places.items() if not place.reply_number}
    ends: dict[int, int] = {}
    for pk, post in posts.items():
        if (place := places.get(pk)) is not None:
            root = roots.get(place.number) if place.reply_number else None
            post.parent_id = place.parent_id
            post.topic, post.number, post.reply_number = source, place.number, place.reply_number
            if place.reply_number and root is None:
                raise BadText(AGAIN)
            post.root = root
    for pk, post in posts.items():
        if pk in places:
            continue
        parent = posts.get(post.parent_id or opening.pk, opening)
        root = parent.root or parent
        ends[root.pk] = (ends.get(root.pk) or _end_of(source, root)) + 1
        post.topic, post.number, post.reply_number = source, root.number, ends[root.pk]
        post.root, post.parent = root, parent
    parted.delete()
    Post.objects.bulk_update(list(posts.values()), PLACE[:-1], batch_size=100)
    for pk in {post.root_id or post.pk for post in posts.values()}:
        end = Post.objects.filter(root=pk).aggregate(end=Max("reply_number"))["end"]
        Post.objects.filter(pk=pk).update(last_reply_number=end or 0)


def _end_of(topic: Topic, root: Post) -> int:
    """The last reply number given below a comment, of what was split off it too."""
    stands = Post.objects.filter(topic=topic, number=root.number).aggregate(end=Max("reply_number"))
    stood = PartedPost.objects.filter(topic=topic, number=root.number).aggregate(
        end=Max("reply_number")
    )
    return max(stands["end"] or 0, stood["end"] or 0)


def index_as(post: Post, *, title: str = "", tags: Iterable[str] = ()) -> None:
    """Write a post's entry in the search index anew: as a topic's own text, with its title and tags, or as a comment."""
    html = rendered(post.body, reader=post.author)
    index_post(post, html, author=post.author, title=title, tags=tags)
