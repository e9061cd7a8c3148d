"""What the site's moderators decided about a topic, and a network's moderators neither take away nor write over."""

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.moderation.grounds import refuse_undoing
from forums.moderation.models import Act

_UNDOING = {
    "locked_at": Act.UNLOCK,
    "slow_minutes": Act.UNSLOW,
    "closes_at": Act.KEEP_OPEN,
    "unlisted_at": Act.RELIST,
}


def refuse_overruling(moderator: Member, topic: Topic, *columns: str) -> None:
    """Raise NotAllowed where one of these columns, or any that is set, is what the site's moderators decided and she is
    none of them: her texts would stand, by another act, where that does not hold."""
    for column, undoing in _UNDOING.items():
        if getattr(topic, column) and (not columns or column in columns):
            refuse_undoing(undoing, moderator, topic)
