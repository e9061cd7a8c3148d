"""What an activity says, from what was typed: cleaned, rendered, with its pictures and its topics."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from forums.activities.models import Activity, ActivityTopic, Open
from forums.base.errors import BadText
from forums.discussions.topics.models import Topic, TopicQuerySet
from forums.pictures.bodies import clean_body, written

if TYPE_CHECKING:
    from accounts.models import Member

MOST_TOPICS = 10


def made(body: str, *, writer: "Member", before: str = "") -> tuple[str, str, tuple[str, ...]]:
    """(text, HTML, ids of its pictures) of what was typed; nothing, for nothing. Raises BadText."""
    if not body.strip():
        return "", "", ()
    body = clean_body(body)
    html = written(body, writer=writer, before=before)
    return body, html.html, html.picture_ids


def topics_for(member: "Member", open_to: str) -> TopicQuerySet:
    """The topics an activity may be said to grow out of: that its writer may read and, when everyone may
    know of the activity, that everyone may read."""
    return Topic.objects.for_list(AnonymousUser() if open_to == Open.EVERYONE else member)


def set_topics(activity: Activity, member: "Member", topics: Iterable[Topic]) -> None:
    """Link these topics and no others; those `member` cannot see stay as they are.

    Raises BadText for one that may not be linked.
    """
    wanted = {topic.pk for topic in topics}
    if len(wanted) > MOST_TOPICS:
        raise BadText(_("Up to %(limit)d topics, please.") % {"limit": MOST_TOPICS})
    allowed = topics_for(member, activity.open_to).filter(pk__in=wanted)
    if set(allowed.values_list("pk", flat=True)) != wanted:
        raise BadText(_("An activity for everyone can only be linked to topics everyone may read."))
    mine = Topic.objects.visible_to(member)
    linked = ActivityTopic.objects.filter(activity=activity)
    gone = linked.filter(topic__in=mine.values("pk")).exclude(topic__in=wanted)
    gone.delete()
    ActivityTopic.objects.bulk_create(
        [ActivityTopic(activity=activity, topic_id=pk) for pk in sorted(wanted)],
        ignore_conflicts=True,
    )
