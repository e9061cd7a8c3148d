"""A reply as a thing that waits to be decided upon."""

from django.utils.translation import gettext as _

from forums.moderation.clarifications.models import Clarification
from forums.moderation.subjects import LONGEST, Subject
from forums.text.lengths import excerpt


def of_clarification(clarification: Clarification) -> Subject:
    """A reply; its topic and board must be loaded."""
    topic = clarification.topic
    return Subject(
        kind="clarify",
        key=str(clarification.pk),
        title=_("Reply asked for in “%(topic)s”") % {"topic": topic.title},
        url=f"/t/{topic.pk}/clarify/{clarification.pk}/",
        words=excerpt(clarification.body, LONGEST),
        owner_id=clarification.member_id,
        network_id=topic.board.network_id,
        thing=clarification,
    )
