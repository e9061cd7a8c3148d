"""What posts register elsewhere: where pictures stand."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from forums.discussions.posts.models import Post
from forums.pictures.registry import pictures_stand_in


@pictures_stand_in
def in_posts(member: Any) -> Q:
    """In a post she may read. EXISTS, not IN: joined by OR, an IN would have every post gathered first."""
    posts = Post.objects.visible_to(member).shown()
    return Q(Exists(posts.filter(pk=OuterRef("post"))))
