"""Posts locked for a change, after their topics; ids ascending."""

from collections.abc import Sequence

from forums.discussions.posts.models import Post
from forums.discussions.topics.locks import touch
from forums.discussions.topics.models import Topic


def lock_posts(posts: Sequence[Post]) -> None:
    """Lock the topics these posts stand in, then the posts."""
    topics = {post.topic_id for post in posts}
    touch(Topic.objects.select_for_update().filter(pk__in=topics).order_by("pk"))
    wanted = [post.pk for post in posts]
    touch(Post.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
