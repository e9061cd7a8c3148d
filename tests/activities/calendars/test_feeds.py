"""The settings of one's calendar."""

import pytest

from forums.activities.calendars.actions import renew_calendar
from forums.activities.models import CalendarKey
from forums.notifications.models import Email

pytestmark = pytest.mark.django_db


def test_the_settings_make_an_address_a_new_one_and_none(somchai, as_):
    client = as_(somchai)
    assert not CalendarKey.objects.exists()
    client.get("/settings/calendar/")
    assert not CalendarKey.objects.exists()  # looking makes nothing
    client.post("/settings/calendar/")
    first = CalendarKey.objects.get().secret
    assert f"/calendar/{first}.ics" in client.get("/settings/calendar/").content.decode()
    client.post("/settings/calendar/")
    assert first not in client.get("/settings/calendar/").content.decode()
    client.post("/settings/calendar/", {"drop": "1"})
    assert not CalendarKey.objects.exists()


def test_nobody_sees_another_members_address(malee, somchai, as_):
    key = renew_calendar(member=malee)
    assert key.secret not in as_(somchai).get("/settings/calendar/").content.decode()
    assert as_(None).get("/settings/calendar/").status_code == 302
    assert not Email.objects.exists()
