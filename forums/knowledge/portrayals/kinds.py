"""What is told of portrayals, what ends by itself, and what is held of a person."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, Until, holds
from forums.base.visibility import is_signed_in
from forums.discussions.topics.models import Topic
from forums.discussions.voices.registry import under_views
from forums.groups.memberships.models import roles_of
from forums.knowledge.portrayals.actions import (
    JUDGED,
    TO_JUDGE,
    empty_portrayals,
    end_unread,
    take_judgings_back,
)
from forums.knowledge.portrayals.lists import passed_by
from forums.knowledge.portrayals.models import Judging, Portrayal
from forums.notifications.models import Notification
from forums.notifications.registry import Group, Sentence, notification, scheduled, switch, thing
from forums.notifications.seen import Seen

PASSING = switch(
    "portrayals",
    Group.NETWORKS,
    gettext_lazy("Somebody says what your network thinks, or yours was read"),
)


@thing("portrayal")
def portrayals(member: Any, ids: Collection[int]) -> Mapping[int, Portrayal]:
    """Hers, and of her networks those that wait for her."""
    if not is_signed_in(member):
        return {}
    done = Judging.objects.filter(portrayal=OuterRef("pk"), member=member)
    found = Portrayal.objects.standing().filter(topic__in=Topic.objects.visible_to(member))
    waiting = Portrayal.objects.waiting().filter(~Exists(done), target__in=roles_of(member))
    found = found.filter(Q(author=member.pk) | Q(pk__in=waiting.values("pk")))
    return found.select_related("topic", "target").in_bulk(ids)


@notification(TO_JUDGE, PASSING)
def to_judge_line(note: Notification, seen: Seen) -> Sentence | None:
    """To people of the network, until they have said how well it fits; nothing of who wrote it."""
    found = seen.one(note, "portrayal")
    if found is None or found.author_id == seen.member.pk:
        return None
    names = {"network": found.target.name, "topic": found.topic.title}
    text = _("Somebody says what “%(network)s” thinks, in “%(topic)s”. How well does it fit?")
    url = f"/t/{found.topic_id}/common/speak/{found.pk}/judge/"
    return Sentence(text % names, url, bead=found.target)


@notification(JUDGED, PASSING)
def judged_line(note: Notification, seen: Seen) -> Sentence | None:
    """To who wrote it."""
    found = seen.one(note, "portrayal")
    if found is None or found.ended_at is None:
        return None
    if found.passed:
        text = _("“%(network)s” says: that is just what we think, in “%(topic)s”")
    elif found.was_judged:
        text = _("“%(network)s” has read what you wrote of it in “%(topic)s”: not quite yet")
    else:
        text = _("Not enough people of “%(network)s” have read what you wrote in “%(topic)s”")
    names = {"network": found.target.name, "topic": found.topic.title}
    url = f"/t/{found.topic_id}/common/speak/{found.pk}/"
    return Sentence(text % names, url, bead=found.target)


@under_views
def passed(topic: Topic, networks: Collection[int], member: Any) -> dict[int, SafeString]:
    """Under a network's own words those of others its people passed, and who wrote them."""
    return {
        network: render_to_string(
            "portrayals/_passed.html",
            {"passed": some, "topic": topic, "user": member},
        )
        for network, some in passed_by(topic, networks).items()
    }


@scheduled("portrayals nobody read in two weeks")
def end(now: datetime) -> None:
    """And who wrote them is told."""
    end_unread(now)


holds(
    Portrayal,
    "author",
    what=gettext_lazy("What you said other networks think, and how well it fits"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.STAYS.label,
    also=("topic__title",),
    but=("judges", "given", "own_given"),
    eraser=empty_portrayals,
)
holds(
    Judging,
    "member",
    what=gettext_lazy(
        "How well you said texts fit what your network thinks; no other member sees it"
    ),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    until=Until.STAYS.label,
    also=("portrayal__topic_id",),
    eraser=take_judgings_back,
)
