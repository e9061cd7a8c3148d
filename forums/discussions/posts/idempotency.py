"""One form filled in once is one post, however often it is sent."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from forums.discussions.posts.models import Post

if TYPE_CHECKING:
    from accounts.models import Member


def sent_already(
    *,
    author: "Member",
    submission: uuid.UUID | None,
    text: str,
    same: Callable[[Post], bool],
) -> tuple[Post | None, uuid.UUID | None]:
    """The post that the form named `submission` has become, or None and the name of a new one.

    A browser's Back button brings a sent form back as it was, name and all. With another text it is
    another post, and gets a name made of both: sent twice, this too is one. `same` says whether a post
    is what is being sent. Call with the author's lock held (forums.base.rate_limits.one_at_a_time).
    """
    if submission is None:
        return None, None
    for name in (submission, uuid.uuid5(submission, text)):
        mine = Post.objects.filter(author=author, submission=name)
        pk = mine.values_list("pk", flat=True).first()  # nearly always none: ask for no more
        if pk is None:
            return None, name
        sent = Post.objects.select_related("topic").get(pk=pk)
        if same(sent):
            return sent, name
    return None, None
