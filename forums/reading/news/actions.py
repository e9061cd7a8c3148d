"""What is said when a post was written, in its transaction."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from forums.base.errors import TooFast
from forums.base.rate_limits import hold_pace
from forums.discussions.posts.models import Post
from forums.notifications.telling import tell_here
from forums.reading.following.actions import track
from forums.text.render import Rendered

if TYPE_CHECKING:
    from accounts.models import Member

WRITTEN = "written"
NAMED = "named"


class TooManyNamed(TooFast):
    message = gettext_lazy(
        "You have named many people lately, and each of them is told. Please wait %(wait)s, or write it without "
        "the @. What you wrote is still here."
    )


def tell_written(
    post: Post,
    html: Rendered,
    *,
    author: "Member",
    title: str = "",
    tags: Sequence[str] = (),
) -> None:
    """A new post is to be told of; of a text that is changed only those whom it newly names. Who is named by herself,
    and not in a group, follows the topic. Raises TooManyNamed for more in an hour, or a day, than a talk needs.
    """
    named = {pk for each in html.named for pk in each.members} - {author.pk}
    kind, about = (WRITTEN, post.pk) if post.edited_at is None else (NAMED, post.topic_id)
    tell_here(kind, key=f"{kind}-{about}", members=named, actor=author, data={"post": post.pk})
    people = {pk for each in html.named if not each.group for pk in each.members} - {author.pk}
    if people:
        hold_pace(author, "named", more=len(people), error=TooManyNamed)
        track(post.topic_id, sorted(people), because=NAMED)
