"""Activities locked for a change: after networks, before anything else; ids ascending."""

from collections.abc import Iterable

from forums.activities.models import Activity


def lock_activity(pk: int) -> Activity:
    """The activity as it is now, its row locked until the transaction ends. Raises Activity.DoesNotExist."""
    return Activity.objects.select_for_update(no_key=True).get(pk=pk)


def lock_activities(pks: Iterable[int]) -> list[Activity]:
    """The same for several."""
    rows = Activity.objects.select_for_update(no_key=True).filter(pk__in=set(pks))
    return list(rows.order_by("pk"))
