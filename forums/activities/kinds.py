"""What activities register elsewhere: where pictures stand."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from forums.activities.models import Activity
from forums.pictures.registry import pictures_stand_in


@pictures_stand_in
def in_activities(member: Any) -> Q:
    """In an activity she may know of."""
    seen = Activity.objects.for_list(member)
    return Q(Exists(seen.filter(pk=OuterRef("activity"))))
