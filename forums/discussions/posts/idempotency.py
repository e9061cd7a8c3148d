"""One form filled in once is one post, however often it is sent."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from forums.base.sent_twice import lately
from forums.discussions.posts.models import POST_SHOWN, Post

if TYPE_CHECKING:
    from accounts.models import Member


def sent_already(
    *,
    author: "Member",
    submission: uuid.UUID | None,
    text: str,
    same: Callable[[Post], bool],
    twins: Q,
) -> tuple[Post | None, uuid.UUID | None]:
    """The post that the form named `submission` has become, or None and the name of a new one.

    A browser's Back button brings a sent form back as it was, name and all. With another text it is
    another post, and gets a name made of both: sent twice, this too is one. `same` says whether a post
    is what is being sent. Where Back loads the page anew the form has another name and the same text:
    then it is the post of hers that `twins` finds among the last, as long as it can be read.
    Call with the author's lock held (forums.base.rate_limits.one_at_a_time).
    """
    if submission is None:
        return None, None
    mine = Post.objects.filter(author=author)
    for name in (submission, uuid.uuid5(submission, text)):
        pk = mine.filter(submission=name).values_list("pk", flat=True).first()
        if pk is None:
            waits = Q(held_at__isnull=False, deleted_at=None)
            there = mine.filter(POST_SHOWN.q() | waits)
            return _twin(lately(there).filter(twins), name), name
        sent = Post.objects.select_related("topic").get(pk=pk)
        if same(sent):
            return sent, name
    return None, None


def _twin(twins: QuerySet[Post], name: uuid.UUID) -> Post | None:
    """The post that was sent by another form a moment ago; it answers to this form's name from now on."""
    twin = twins.select_related("topic").first()
    if twin is not None:
        Post.objects.filter(pk=twin.pk).update(submission=name)
    return twin
