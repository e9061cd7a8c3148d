"""What stands there before."""

from datetime import timedelta

from django.test import override_settings
from django.utils import timezone

from forums.discussions.posts.models import Post
from tests.make import make_post


def read_by_many(author, topic, *, days=5):
    """Two comments of hers of some days ago, which everybody reads."""
    with override_settings(FORUMS_LOOKS_FIRST=False):
        posts = [make_post(topic, author, body=f"คำตอบที่ {n} ของฉัน") for n in (1, 2)]
    Post.objects.filter(pk__in=[post.pk for post in posts]).update(
        created_at=timezone.now() - timedelta(days=days)
    )
    return posts
