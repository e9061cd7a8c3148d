"""Closing one old version of a text: what it says, and the pictures that stand in closed versions only, are no
longer for everyone."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.discussions.posts.models import ClosedVersion, Post, Revision
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.pictures.models import Attachment
from forums.pictures.registry import NAMES_PICTURES
from forums.text.render import picture_ids


def lock_version(version: Revision) -> tuple[Topic, Post]:
    """The topic and the post it is a version of, locked; BadText for the version that the post shows."""
    post = Post.objects.get(pk=version.post_id)
    topic = lock_topic(post.topic_id)
    post = (
        Post.objects.select_for_update(of=("self",)).select_related("topic__board").get(pk=post.pk)
    )
    refuse_shown(version.number == post.revision_count)
    return topic, post


def refuse_shown(is_shown: bool) -> None:
    """Raise BadText for the version that is shown: of a post, of a network's view."""
    if is_shown:
        raise BadText(
            _(
                "This is what the text says now. Take out of it what should not stay, and save; then this version "
                "can be closed."
            )
        )


def is_closed(version: Revision) -> bool:
    return ClosedVersion.objects.filter(revision=version).exists()


def settle_pictures(post: Post) -> None:
    """Withdraw the pictures of a locked post that stand in closed versions alone, and show again those that do not."""
    versions = Revision.objects.filter(post=post, body__icontains=NAMES_PICTURES)
    closed = _named(versions.filter(closed__isnull=False).values_list("body", flat=True).iterator())
    shown = _named(versions.filter(closed=None).values_list("body", flat=True).iterator())
    shown |= _named([post.body])
    shown |= set(map(str, Topic.objects.filter(pk=post.topic_id).values_list("cover", flat=True)))
    pictures = Attachment.objects.filter(post=post)
    pictures.filter(pk__in=closed - shown, withdrawn_at=None).update(withdrawn_at=timezone.now())
    pictures.exclude(pk__in=closed - shown).exclude(withdrawn_at=None).update(withdrawn_at=None)


def _named(texts: Iterable[str]) -> set[str]:
    return {pk for text in texts for pk in picture_ids(text)}
