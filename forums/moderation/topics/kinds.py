"""What is told to whoever wrote what was split off."""

from django.utils.translation import gettext as _

from forums.moderation.kinds import CARE
from forums.notifications.models import Notification
from forums.notifications.registry import Sentence, notification
from forums.notifications.seen import Seen


@notification("split_off", CARE)
def split_off_line(note: Notification, seen: Seen) -> Sentence | None:
    """Where her text stands now."""
    topic = seen.one(note, "topic")
    if topic is None:
        return None
    text = _("Your text stands in a topic of its own now: “%(topic)s”") % {"topic": topic.title}
    return Sentence(text, topic.get_absolute_url(), icon="shield")
