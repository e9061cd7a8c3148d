"""What is said when a post was written, in its transaction."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from forums.discussions.posts.models import Post
from forums.notifications.telling import tell_here
from forums.text.render import Rendered

if TYPE_CHECKING:
    from accounts.models import Member

WRITTEN = "written"


def tell_written(
    post: Post,
    html: Rendered,
    *,
    author: "Member",
    title: str = "",
    tags: Sequence[str] = (),
) -> None:
    """A new post is to be told of; a text that is changed is not."""
    if post.edited_at is None:
        tell_here(WRITTEN, key=f"{WRITTEN}-{post.pk}", actor=author, data={"post": post.pk})
