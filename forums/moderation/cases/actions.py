"""What the answers of a case do that no other noun does: hiding what may be hidden already, by a rule."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from forums.discussions.posts.models import Post
from forums.discussions.topics.locks import lock_topics
from forums.discussions.topics.models import Topic
from forums.moderation.actions import asked, decide, hide_post, hide_topic
from forums.moderation.models import Act, Decision

if TYPE_CHECKING:
    from accounts.models import Member


@transaction.atomic
def hide_for_good(*, moderator: "Member", thing: Any, reason: str) -> Decision | None:
    """Hide a topic or a post. What a rule hid until somebody looked is hidden by her from now on, and for her reason."""
    if isinstance(thing, Post):
        made = hide_post(moderator=moderator, post=thing, reason=reason)
        topic = thing.topic
    else:
        made = hide_topic(moderator=moderator, topic=thing, reason=reason)
        topic = thing
    if made is not None:
        return made
    (topic,) = lock_topics([topic])
    last = _last_hiding(thing)
    if last is None or last.moderator_id is not None:
        return last
    grounds = asked(moderator, reason, topic.board)
    return decide(Act.HIDE, moderator=moderator, reason=grounds, target=thing, board=topic.board)


def _last_hiding(thing: Topic | Post) -> Decision | None:
    return thing.decisions.filter(act=Act.HIDE).order_by("-pk").first()
