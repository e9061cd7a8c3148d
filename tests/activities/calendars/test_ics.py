"""Calendars parse, say what the page says, and tell nobody what she may not know."""

from datetime import UTC

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from forums.activities.attendance.actions import answer
from forums.activities.calendars.actions import renew_calendar
from forums.activities.hosting.actions import announce, cancel, decide_host, edit
from forums.groups.memberships.counters import let_go
from forums.groups.memberships.models import Membership
from forums.moderation.actions import hide_activity
from forums.moderation.sanctions.actions import suspend
from tests.activities.make import details
from tests.make import in_days, join, make_activity, make_network

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/xyz"


def events(response):
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def feed(client, key):
    return client.get(f"/calendar/{key.secret}.ics")


def test_a_file_says_what_the_page_says(network, as_):
    activity = make_activity(
        network, title="เดินดูคลอง; ตอน 1, เช้า", place="ท่าน้ำ, วัดใหม่", province="74"
    )
    page = as_(None).get(activity.get_absolute_url())
    response = as_(None).get(f"/activities/{activity.pk}/calendar.ics")
    (event,) = events(response)
    assert event["summary"] == activity.title
    assert event["location"] == page.context["where"] == "ท่าน้ำ, วัดใหม่ สมุทรสาคร"
    assert event["dtstart"].dt == activity.starts_at
    assert event["dtend"].dt == activity.ends_at
    assert event["dtstart"].params["TZID"] == "Asia/Bangkok"
    assert event["url"].endswith(f"/activities/{activity.pk}/")
    assert event["uid"].startswith(str(activity.uid))
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    assert event["dtstamp"].dt.tzinfo is not None
    assert event["last-modified"].dt == activity.changed_at.replace(microsecond=0)
    assert network.name in event["description"]


def test_the_bytes_are_what_calendars_ask_for(network, as_):
    activity = make_activity(network, title="ก" * 120)
    response = as_(None).get(f"/activities/{activity.pk}/calendar.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content
    assert b"\r\n" in text
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    for line in text.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    for said in (b"METHOD:PUBLISH", b"VERSION:2.0", b"BEGIN:VTIMEZONE", b"TZID:Asia/Bangkok"):
        assert said in text
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert b"X-WR-CALNAME:" in text


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Tokyo", "America/New_York"])
def test_other_zones_bring_their_rules(network, as_, zone):
    starts = in_days(200)
    activity = make_activity(network, starts_at=starts, zone=zone)
    response = as_(None).get(f"/activities/{activity.pk}/calendar.ics")
    (event,) = events(response)
    assert event["dtstart"].dt.astimezone(UTC) == activity.starts_at
    assert f"TZID:{zone}".encode() in response.content


def test_a_change_keeps_the_uid_and_bumps_the_sequence(network, malee, as_):
    activity = make_activity(network)
    (before,) = events(as_(None).get(f"/activities/{activity.pk}/calendar.ics"))
    edit(member=malee, activity=activity, details=details(title="ใหม่"), seen=0)
    (after,) = events(as_(None).get(f"/activities/{activity.pk}/calendar.ics"))
    assert (after["uid"], after["sequence"]) == (before["uid"], 1)
    cancel(member=malee, activity=activity, reason="ฝนตก")
    (gone,) = events(as_(None).get(f"/activities/{activity.pk}/calendar.ics"))
    assert (gone["status"], gone["sequence"]) == ("CANCELLED", 2)
    assert "ฝนตก" in gone["description"]


def test_the_link_is_in_no_public_calendar(network, malee, somchai, as_):
    activity = make_activity(network, link=LINK, place="")
    for reader in (None, somchai, malee):
        response = as_(reader).get(f"{network.get_absolute_url()}activities.ics")
        assert len(events(response)) == 1
        assert LINK.encode() not in response.content
    one = f"/activities/{activity.pk}/calendar.ics"
    assert LINK.encode() not in as_(None).get(one).content
    assert LINK.encode() not in as_(somchai).get(one).content
    assert LINK.encode() in as_(malee).get(one).content  # she holds it
    answer(member=somchai, activity=activity, answer="maybe")
    assert LINK.encode() in as_(somchai).get(one).content
    assert LINK.encode() in feed(as_(None), renew_calendar(member=somchai)).content


def test_a_networks_calendar_holds_what_everyone_may_know(network, malee, moderator, as_):
    make_activity(network, title="เปิด")
    make_activity(network, title="เฉพาะสมาชิก", open_to="members")
    hidden = make_activity(network, title="ซ่อน")
    hide_activity(moderator=moderator, activity=hidden, reason="โฆษณา")
    make_activity(network, title="นานมาแล้ว", days=-500)
    make_activity(network, title="เดือนก่อน", days=-30)
    make_activity(title="ของเครือข่ายอื่น")
    for reader in (None, malee, moderator):
        response = as_(reader).get(f"{network.get_absolute_url()}activities.ics")
        assert {str(event["summary"]) for event in events(response)} == {"เปิด", "เดือนก่อน"}


def test_a_large_calendar_is_kept_for_a_minute_and_forgotten_when_one_is_hidden(
    network, moderator, as_, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("forums.activities.calendars.feeds._LARGE", 100)
    first = make_activity(network, title="หนึ่ง")
    address = f"{network.get_absolute_url()}activities.ics"
    assert len(events(as_(None).get(address))) == 1
    make_activity(network, title="สอง")
    assert len(events(as_(None).get(address))) == 1  # not read again
    with django_capture_on_commit_callbacks(execute=True):
        hide_activity(moderator=moderator, activity=first, reason="โฆษณา")
    (left,) = events(as_(None).get(address))
    assert str(left["summary"]) == "สอง"


def test_a_network_that_was_asked_shows_it_once_it_agreed(network, malee, somchai, as_):
    other = make_network(coordinator=somchai)
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    address = f"{other.get_absolute_url()}activities.ics"
    assert events(as_(None).get(address)) == []
    decide_host(member=somchai, activity=activity, network=other, accept=True)
    assert len(events(as_(None).get(address))) == 1


def test_her_own_calendar_holds_her_answers_and_her_networks(network, malee, somchai, as_):
    join(network, somchai)
    make_activity(network, title="ของเครือข่ายฉัน", open_to="members")
    answered = make_activity(title="ที่ตอบไว้")
    answer(member=somchai, activity=answered, answer="maybe")
    refused = make_activity(title="ไม่ไป")
    answer(member=somchai, activity=refused, answer="not")
    make_activity(title="ของคนอื่น")
    key = renew_calendar(member=somchai)
    found = {str(event["summary"]): event for event in events(feed(as_(None), key))}
    assert set(found) == {"ของเครือข่ายฉัน", "ที่ตอบไว้"}
    assert found["ที่ตอบไว้"]["status"] == "TENTATIVE"


def test_what_she_may_no_longer_see_leaves_her_calendar(network, somchai, as_):
    join(network, somchai)
    activity = make_activity(network, open_to="members")
    answer(member=somchai, activity=activity, answer="going")
    key = renew_calendar(member=somchai)
    assert len(events(feed(as_(None), key))) == 1
    with transaction.atomic():
        let_go(Membership.objects.get(network=network, member=somchai))
    assert events(feed(as_(None), key)) == []


def test_an_old_address_is_dead_at_once_and_so_is_a_suspended_members(somchai, moderator, as_):
    old = renew_calendar(member=somchai).secret
    key = renew_calendar(member=somchai)
    assert as_(None).get(f"/calendar/{old}.ics").status_code == 404
    assert feed(as_(None), key).status_code == 200
    suspend(moderator=moderator, member=somchai, reason="ก่อกวน")
    assert feed(as_(None), key).status_code == 404
    assert as_(None).get("/calendar/ไม่มี.ics").status_code == 404


def test_the_secret_calendar_is_private_and_asked_again(network, somchai, as_):
    join(network, somchai)
    make_activity(network)
    key = renew_calendar(member=somchai)
    response = feed(as_(None), key)
    assert response["Cache-Control"] == "private, no-cache"
    assert not response.cookies
    again = as_(None).get(
        f"/calendar/{key.secret}.ics", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304
    make_activity(network, title="ใหม่")
    again = as_(None).get(
        f"/calendar/{key.secret}.ics", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 200
    public = as_(None).get(f"{network.get_absolute_url()}activities.ics")
    assert public["Cache-Control"] == "public, max-age=900"


def test_calendars_ask_as_much_for_two_as_for_forty(network, somchai, as_):
    join(network, somchai)
    key = renew_calendar(member=somchai)
    addresses = [f"/calendar/{key.secret}.ics", f"{network.get_absolute_url()}activities.ics"]

    def cost():
        taken = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                as_(None).get(address)
            taken.append(len(queries))
        return taken

    for n in range(2):
        answer(member=somchai, activity=make_activity(network, title=f"{n}"), answer="going")
    few = cost()
    for n in range(18):
        answer(member=somchai, activity=make_activity(network, title=f"อีก {n}"), answer="going")
    for n in range(20):
        make_activity(make_network(), title=f"อื่น {n}", open_to="everyone")
    assert cost() == few
    assert few[0] <= 5
    assert few[1] <= 3


def test_a_hidden_activity_is_404_even_for_moderators_calendars(network, moderator, as_):
    activity = make_activity(network)
    hide_activity(moderator=moderator, activity=activity, reason="โฆษณา")
    assert as_(moderator).get(f"/activities/{activity.pk}/calendar.ics").status_code == 404
