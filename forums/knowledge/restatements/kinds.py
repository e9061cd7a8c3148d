"""What is told of restatements, and what is held of a person who wrote or answered one."""

from collections.abc import Collection, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, Until, holds
from forums.discussions.topics.models import Topic
from forums.discussions.voices.registry import under_posts
from forums.knowledge.restatements.actions import (
    ANSWERED,
    RESTATED,
    empty_answers,
    empty_restatements,
)
from forums.knowledge.restatements.lists import understood_of
from forums.knowledge.restatements.models import Restatement
from forums.notifications.models import Notification
from forums.notifications.registry import Group, Sentence, notification, switch, thing
from forums.notifications.seen import Seen

SPOKEN_FOR = switch(
    "restated",
    Group.ME,
    gettext_lazy("Somebody says what you mean, or whether you understood"),
    place=2,
)


@thing("restatement")
def restatements(member: Any, ids: Collection[int]) -> Mapping[int, Restatement]:
    readable = Topic.objects.visible_to(member)
    found = Restatement.objects.visible_to(member).standing().filter(post__topic__in=readable)
    return found.select_related("author", "post__author", "post__topic").in_bulk(ids)


def _place(restatement: Restatement) -> str:
    return f"/p/{restatement.post_id}/restatements/#r{restatement.pk}"


@notification(RESTATED, SPOKEN_FOR)
def restated_line(note: Notification, seen: Seen) -> Sentence | None:
    """To whoever is meant."""
    found = seen.one(note, "restatement")
    if found is None:
        return None
    names = {"name": found.author, "topic": found.post.topic.title}
    text = _("%(name)s says what you mean in “%(topic)s”. Is that it?") % names
    return Sentence(text, _place(found), found.body, icon="chat")


@notification(ANSWERED, SPOKEN_FOR)
def answered_line(note: Notification, seen: Seen) -> Sentence | None:
    """To who said it."""
    found = seen.one(note, "restatement")
    if found is None:
        return None
    names = {"name": found.post.author, "topic": found.post.topic.title}
    if found.fits:
        text = _("You understood %(name)s in “%(topic)s”") % names
        return Sentence(text, _place(found), icon="check")
    text = _("%(name)s in “%(topic)s”: not quite what was meant") % names
    return Sentence(text, _place(found), found.missing, icon="chat")


@under_posts
def understood(_topic: Topic, posts: Collection[int], member: Any) -> dict[int, SafeString]:
    """By how many each was understood."""
    return {
        post: render_to_string("restatements/_counted.html", {"post": post, "people": people})
        for post, people in understood_of(posts, member).items()
    }


holds(
    Restatement,
    "author",
    what=gettext_lazy("What you said others mean, and what they said of it"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.STAYS.label,
    but=("missing",),
    eraser=empty_restatements,
)
holds(
    Restatement,
    "post__author",
    what=gettext_lazy("Whether others understood you, as you said"),
    area=Area.WRITTEN,
    leaves=Leaves.AS_CHOSEN,
    until=Until.STAYS.label,
    but=("body",),
    eraser=empty_answers,
)
