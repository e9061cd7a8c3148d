"""What posts register elsewhere: where pictures stand, and which they name."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from forums.discussions.posts.models import Post, Revision
from forums.discussions.topics.models import Topic
from forums.pictures.models import Attachment
from forums.pictures.registry import NAMES_PICTURES, pictures_named_in, pictures_stand_in


@pictures_stand_in
def in_posts(member: Any) -> Q:
    """In a post she may read, not in closed versions of it alone. EXISTS, not IN: joined by OR, an IN would have every post gathered first."""
    posts = Post.objects.visible_to(member).shown()
    return Q(Exists(posts.filter(pk=OuterRef("post"))), withdrawn_at=None)


@pictures_named_in
def in_texts(uploaders: Collection[int], since: datetime) -> Iterator[str]:
    """What they have written since, old versions included; and covers."""
    hers = Q(author__in=uploaders, body__icontains=NAMES_PICTURES)
    lately = Q(created_at__gte=since) | Q(edited_at__gte=since)
    yield from Post.objects.filter(hers, lately).values_list("body", flat=True).iterator()
    old = Revision.objects.filter(hers, created_at__gte=since)
    yield from old.values_list("body", flat=True).iterator()
    for cover in Attachment.objects.filter(
        Exists(Topic.objects.filter(cover=OuterRef("pk"))), post=None
    ):
        yield cover.address
