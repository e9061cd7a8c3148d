"""What the page of an activity says to machines."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from forums.activities.models import Activity
from forums.groups.networks.models import Network
from forums.sharing.linked_data import crumbs, linked_data, named, thing, whole
from forums.text.glance import glance

_ATTENDANCE = {
    # (at a place, online)
    (True, False): "OfflineEventAttendanceMode",
    (False, True): "OnlineEventAttendanceMode",
    (True, True): "MixedEventAttendanceMode",
}


def of_activity(
    activity: Activity, networks: Sequence[Network], *, where: str, picture: str
) -> SafeString:
    """The way to it, and the event. Where it meets online is for those who come: the page stands for it."""
    path = activity.get_absolute_url()
    state = "EventScheduled" if activity.cancelled_at is None else "EventCancelled"
    mode = _ATTENDANCE.get((bool(where), bool(activity.link)))
    places = [thing("Place", name=where, address=where)] if where else []
    if activity.link:
        places.append(thing("VirtualLocation", url=whole(path)))
    event = thing(
        "Event",
        name=activity.title,
        startDate=timezone.localtime(activity.starts_at).isoformat(timespec="seconds"),
        endDate=timezone.localtime(activity.ends_at).isoformat(timespec="seconds"),
        eventStatus=f"https://schema.org/{state}",
        eventAttendanceMode=f"https://schema.org/{mode}" if mode else "",
        location=places or None,
        organizer=[named("Organization", each.name, each.get_absolute_url()) for each in networks],
        description=glance(activity.body_html),
        image=whole(picture),
        url=whole(path),
    )
    way = [(_("Activities"), "/activities/")]
    if networks:
        way.append((networks[0].name, f"{networks[0].get_absolute_url()}activities/"))
    return linked_data(crumbs(way), event)
