"""What tests of activities make: details as a form sends them."""

from datetime import timedelta

from forums.activities.hosting.actions import Details
from forums.activities.models import Activity
from tests.make import in_days


def details(**fields) -> Details:
    starts = fields.pop("starts_at", in_days(10))
    given = {"title": "เดินดูคลอง", "place": "ท่าน้ำ", "starts_at": starts}
    return Details(**{"ends_at": starts + timedelta(hours=2)} | given | fields)


def of(activity: Activity) -> Details:
    """The details an untouched form would send."""
    names = ("title", "body", "starts_at", "ends_at", "zone", "place", "province", "link")
    names += ("open_to", "capacity")
    return Details(**{name: getattr(activity, name) for name in names})
