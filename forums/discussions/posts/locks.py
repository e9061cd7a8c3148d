"""Posts found, and locked, for a change: after their topics, ids ascending."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404

from forums.base.constant_sql import Columns, select
from forums.base.visibility import reader
from forums.discussions.posts.models import POST_VISIBLE, Post
from forums.discussions.topics.locks import touch
from forums.discussions.topics.models import Topic

POST = Columns(Post, "p")
# Asked with each mark.
_VISIBLE = f"""
    SELECT {POST.text} FROM {POST_VISIBLE.tables} WHERE p.id = %(post)s AND {POST_VISIBLE.sql}
"""  # noqa: S608 - made of constants
_LOCKED = f"SELECT {POST.text} FROM forums_post p WHERE p.id = %(post)s FOR UPDATE"  # noqa: S608 - constants


def post_to_mark(pk: int, member: Any) -> Post:
    """The post, alone, that `Post.objects.visible_to(member)` would find. Raises Http404."""
    rows = select(_VISIBLE, post=pk, **reader(member))
    if not rows:
        raise Http404
    return POST.made(rows[0])


def lock_post(pk: int) -> Post:
    """The post as it is now, its row locked (its topic is) until the transaction ends. Raises Post.DoesNotExist."""
    rows = select(_LOCKED, post=pk)
    if not rows:
        raise Post.DoesNotExist
    return POST.made(rows[0])


def lock_posts(posts: Sequence[Post]) -> None:
    """Lock the topics these posts stand in, then the posts."""
    topics = {post.topic_id for post in posts}
    touch(Topic.objects.select_for_update().filter(pk__in=topics).order_by("pk"))
    wanted = [post.pk for post in posts]
    touch(Post.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
