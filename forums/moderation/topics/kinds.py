"""How what was decided about a topic is taken back."""

from forums.moderation.models import Act
from forums.moderation.registry import plainly, undone_by
from forums.moderation.topics import actions

undone_by(Act.SLOW, "topic", plainly(actions.let_run, "topic"))
undone_by(Act.CLOSE_AT, "topic", plainly(actions.keep_open, "topic"))
undone_by(Act.ARCHIVE, "topic", plainly(actions.reopen, "topic"))
undone_by(Act.UNLIST, "topic", plainly(actions.relist, "topic"))
