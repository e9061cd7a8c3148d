"""What those who hold activities register elsewhere: what is told to whom, and drafts of their forms."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.activities.attendance.kinds import when_and_where
from forums.activities.models import Activity
from forums.groups.memberships.audience import next_members
from forums.groups.networks.kinds import ANSWERED
from forums.notifications.models import Notification, Telling
from forums.notifications.registry import Group, Sentence, Share, audience, notification, switch
from forums.notifications.seen import Seen
from forums.reading.drafts.names import networks
from forums.reading.drafts.registry import draft_place

if TYPE_CHECKING:
    from accounts.models import Member

ANNOUNCED = switch("announced", Group.NETWORKS, gettext_lazy("Activities of your networks"))


@audience("activity-announced")
def members_of_the_host(telling: Telling) -> tuple[Sequence[Share], int | None]:
    """The next members of the network."""
    return next_members(telling, telling.data["network"])


@notification("activity-announced", ANNOUNCED, again=False)
def announced_line(note: Notification, seen: Seen) -> Sentence | None:
    """Until it is cancelled."""
    activity, network = seen.one(note, "activity"), seen.one(note, "network")
    if activity is None or network is None or activity.cancelled_at is not None:
        return None
    said = {"network": network.name, "title": activity.title}
    text = _("“%(network)s” invites you: %(title)s") % said
    return Sentence(text, activity.get_absolute_url(), when_and_where(activity), network)


@notification("activity-answered", ANSWERED)
def answered_line(note: Notification, seen: Seen) -> Sentence | None:
    """To who announced it."""
    activity, network = seen.one(note, "activity"), seen.one(note, "network")
    if activity is None or network is None:
        return None
    said = {"network": network.name, "title": activity.title}
    if note.data["yes"]:
        text = _("“%(network)s” holds “%(title)s” together with you") % said
    else:
        text = _("“%(network)s” does not hold “%(title)s” together with you") % said
    return Sentence(text, activity.get_absolute_url(), bead=network)


def _activities(member: "Member", keys: set[Any]) -> dict[Any, str]:
    found = Activity.objects.visible_to(member).filter(pk__in=keys)
    return dict(found.values_list("pk", "title"))


draft_place(
    "activity_new", gettext_lazy("A new activity of “%(name)s”"), argument="slug", names=networks
)
draft_place("activity_edit", gettext_lazy("Changing “%(name)s”"), argument="pk", names=_activities)
draft_place(
    "activity_report", gettext_lazy("What “%(name)s” was like"), argument="pk", names=_activities
)
