"""How what was decided about a topic is taken back; what is told to whoever wrote what was split off."""

from django.utils.translation import gettext as _

from forums.moderation.kinds import CARE
from forums.moderation.models import Act
from forums.moderation.registry import plainly, undone_by
from forums.moderation.topics import actions
from forums.notifications.models import Notification
from forums.notifications.registry import Sentence, notification
from forums.notifications.seen import Seen

undone_by(Act.SLOW, "topic", plainly(actions.let_run, "topic"))
undone_by(Act.CLOSE_AT, "topic", plainly(actions.keep_open, "topic"))
undone_by(Act.ARCHIVE, "topic", plainly(actions.reopen, "topic"))
undone_by(Act.UNLIST, "topic", plainly(actions.relist, "topic"))
undone_by(Act.SPLIT, "topic", plainly(actions.unsplit, "topic"))
undone_by(Act.JOIN, "topic", plainly(actions.unjoin, "topic"))


@notification("split_off", CARE)
def split_off_line(note: Notification, seen: Seen) -> Sentence | None:
    """Where her text stands now."""
    topic = seen.one(note, "topic")
    if topic is None:
        return None
    text = _("Your text stands in a topic of its own now: “%(topic)s”") % {"topic": topic.title}
    return Sentence(text, topic.get_absolute_url(), icon="shield")
