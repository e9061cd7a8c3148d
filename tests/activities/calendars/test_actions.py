"""The secret address of one's calendar."""

import pytest

from forums.activities.calendars.actions import drop_calendar, renew_calendar
from forums.activities.models import CalendarKey

pytestmark = pytest.mark.django_db


def test_a_new_address_is_another_and_the_old_is_gone(malee):
    first = renew_calendar(member=malee).secret
    second = renew_calendar(member=malee).secret
    assert len(first) >= 32
    assert first != second
    assert CalendarKey.objects.get().secret == second
    drop_calendar(member=malee)
    assert not CalendarKey.objects.exists()
