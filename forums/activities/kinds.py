"""What activities register elsewhere: where pictures stand and which they name, notifications, the picture of each."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from forums.activities.models import Activity
from forums.activities.sharing import sketch_of
from forums.base.personal import acted
from forums.notifications.registry import thing
from forums.pictures.registry import NAMES_PICTURES, pictures_named_in, pictures_stand_in
from forums.sharing.registry import shared_kind

shared_kind("activities")(sketch_of)


@pictures_stand_in
def in_activities(member: Any) -> Q:
    """In an activity she may know of."""
    seen = Activity.objects.for_list(member)
    return Q(Exists(seen.filter(pk=OuterRef("activity"))))


@pictures_named_in
def in_announcements(_uploaders: Collection[int], since: datetime) -> Iterator[str]:
    """Several write an activity: all that name pictures, and were changed or reported on since."""
    lately = Activity.objects.filter(Q(changed_at__gte=since) | Q(reported_at__isnull=False))
    named = Q(body__icontains=NAMES_PICTURES) | Q(report__icontains=NAMES_PICTURES)
    for body, report in lately.filter(named).values_list("body", "report").iterator():
        yield body + report


@thing("activity")
def activities(member: Any, ids: Collection[int]) -> Mapping[int, Activity]:
    """Those that stand in her lists."""
    return Activity.objects.for_list(member).in_bulk(ids)


# -- What is held of a person ----------------------------------------------------------------------

acted(Activity, "created_by", "reported_by")
