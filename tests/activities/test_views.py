"""Pages of activities: who is let in, what a form says back, what a page tells."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.activities.attendance.actions import answer
from forums.activities.calendars.actions import renew_calendar
from forums.activities.hosting.actions import announce, cancel
from forums.activities.models import Activity, CalendarKey
from forums.moderation.actions import hide_activity
from forums.notifications.models import Email
from forums.text import dates
from tests.activities.hosting.test_actions import details
from tests.make import (
    in_days,
    make_activity,
    make_board,
    make_member,
    make_network,
    make_topic,
)

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/xyz"


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee)


def typed(**fields):
    return {
        "title": "เดินดูคลอง",
        "day": dates.typed(in_days(10).date()),
        "starts": "8.30",
        "ends": "12.00",
        "end_day": "",
        "zone": "Asia/Bangkok",
        "place": "ท่าน้ำวัดใหม่",
        "province": "74",
        "link": "",
        "body": "",
        "open_to": "everyone",
        "capacity": "",
        "hosts": "",
        "topics": "",
    } | fields


def new(network):
    return f"{network.get_absolute_url()}activities/new/"


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


# -- who is let in ----------------------------------------------------------------------------------


def test_members_only_activities_are_404_for_others_at_every_door(
    network, malee, somchai, moderator, as_
):
    activity = make_activity(network, title="ลับมาก", open_to="members", days=3)
    doors = ["", "-/", "edit/", "cancel/", "report/", "calendar.ics"]
    for reader in (None, somchai):
        for door in doors:
            response = as_(reader).get(f"/activities/{activity.pk}/{door}", follow=True)
            signs_in = any("/accounts/login/" in url for url, _status in response.redirect_chain)
            assert signs_in or response.status_code == 404, door
        for page in (
            "/activities/",
            f"{network.get_absolute_url()}activities/",
            "/activities/?view=month",
        ):
            assert "ลับมาก" not in as_(reader).get(page).content.decode()
    for door in ("answer/", "hosts/"):
        assert (
            as_(somchai).post(f"/activities/{activity.pk}/{door}", {"answer": "going"}).status_code
            == 404
        )
    for reader in (malee, moderator):
        assert as_(reader).get(activity.get_absolute_url()).status_code == 200
    assert "ลับมาก" in as_(malee).get("/activities/").content.decode()


def test_who_sees_but_may_not_is_403(network, somchai, as_):
    activity = make_activity(network)
    for door in ("edit/", "cancel/", "report/"):
        assert as_(somchai).get(f"/activities/{activity.pk}/{door}").status_code == 403
    assert as_(somchai).get(new(network)).status_code == 403
    assert as_(None).get(new(network)).status_code == 302


def test_a_hidden_activity_is_404_but_for_moderators(network, malee, moderator, as_):
    activity = make_activity(network)
    hide_activity(moderator=moderator, activity=activity, reason="โฆษณา")
    assert as_(malee).get(activity.get_absolute_url()).status_code == 404
    assert as_(moderator).get(activity.get_absolute_url()).status_code == 200


def test_a_wrong_or_missing_slug_redirects(network, as_):
    activity = make_activity(network)
    for slug in ("", "อื่น/"):
        response = as_(None).get(f"/activities/{activity.pk}/{slug}")
        assert (response.status_code, unquote(response.url)) == (301, activity.get_absolute_url())


# -- announcing -------------------------------------------------------------------------------------


def test_what_is_typed_becomes_an_activity(network, malee, as_):
    friends = make_network("เพื่อนป่า")
    topic = make_topic()
    sent = typed(
        day="๕/๑๒/๒๕๗๐",
        starts="๘.๓๐ น.",
        capacity="๑๐",
        hosts=f"เพื่อนป่า\nhttps://roypalang.example{network.get_absolute_url()}",
        topics=f"https://roypalang.example{topic.get_absolute_url()}?page=2\n#{topic.pk}",
    )
    response = as_(malee).post(new(network), sent)
    activity = Activity.objects.get()
    assert (response.status_code, unquote(response.url)) == (302, activity.get_absolute_url())
    assert activity.starts_at.isoformat() == "2027-12-05T01:30:00+00:00"
    assert activity.ends_at.isoformat() == "2027-12-05T05:00:00+00:00"
    assert activity.capacity == 10
    assert activity.hosts.get(position=1).network == friends
    assert activity.topics.get().topic == topic
    page = words(as_(None).get(activity.get_absolute_url()))
    assert "อา. 5 ธ.ค. 2570 8.30–12.00 น." in page
    assert topic.title in page
    assert "เพื่อนป่า" not in page  # not before they agree


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("day", "5/12/70", "เขียนปีให้ครบ"),
        ("day", "31/2/2570", "ไม่มีวันที่ 31"),
        ("day", "12/25/2027", "เดือน 25"),
        ("day", "พรุ่งนี้", "อ่านวันที่"),
        ("day", "", "วันที่"),
        ("day", "5/12/2567", "ผ่านไปแล้ว"),
        ("starts", "8", "24 ชั่วโมง"),
        ("ends", "7.00", "หลังเวลาเริ่ม"),
        ("place", "", "ที่ไหน"),
        ("link", "ไม่ใช่ลิงก์", "ลิงก์"),
        ("capacity", "สิบ", "ตัวเลข"),
        ("capacity", "0", "1 ขึ้นไป"),
        ("hosts", "ไม่มีเครือข่ายนี้", "ไม่มีเครือข่าย"),
        ("topics", "9999999", "ไม่มีกระทู้"),
        ("topics", "สวัสดี", "ที่อยู่ของกระทู้"),
        ("title", "", "หัวข้อ"),
        ("title", "ก" * 200, "150"),
        ("zone", "Mars/Olympus", ""),
        ("open_to", "", "เลือก"),
    ],
)
def test_what_cannot_be_read_comes_back_with_what_was_typed(
    network, malee, as_, field, value, said
):
    response = as_(malee).post(new(network), typed(**{field: value}))
    assert response.status_code == 400
    page = words(response)
    assert said in page
    if field not in ("zone", "open_to"):
        assert response.context["form"][field].value() == value
    assert response.context["form"]["place"].value() == ("" if field == "place" else "ท่าน้ำวัดใหม่")
    assert not Activity.objects.exists()


def test_an_hour_that_is_skipped_that_night_is_refused(network, malee, as_):
    sent = typed(day="28/3/2570", starts="1.30", zone="Europe/London")
    response = as_(malee).post(new(network), sent)
    assert response.status_code == 400
    assert response.context["form"]["starts"].errors


def test_a_topic_not_everyone_may_read_is_refused_by_its_title(network, malee, as_):
    topic = make_topic(malee, board=make_board(read=0), title="เรื่องในบ้าน")
    response = as_(malee).post(new(network), typed(topics=str(topic.pk)))
    assert "เรื่องในบ้าน" in str(response.context["form"].errors["topics"])
    secret = make_topic(board=make_board(read=9), title="ลับของผู้ดูแล")
    response = as_(malee).post(new(network), typed(topics=str(secret.pk)))
    assert "ลับของผู้ดูแล" not in response.content.decode()


def test_a_preview_announces_nothing(network, malee, as_):
    response = as_(malee).post(new(network), typed(body="**หนา**", preview="1"))
    assert "<strong>หนา</strong>" in response.content.decode()
    assert not Activity.objects.exists()


# -- changing ----------------------------------------------------------------------------------------


def test_the_form_of_a_change_shows_what_is_and_sent_untouched_changes_nothing(network, malee, as_):
    activity = make_activity(network, capacity=5, province="74")
    address = f"/activities/{activity.pk}/edit/"
    form = as_(malee).get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["day"] == dates.typed(activity.starts_at.date())
    response = as_(malee).post(address, {name: "" if v is None else v for name, v in sent.items()})
    assert response.status_code == 302
    activity.refresh_from_db()
    assert activity.sequence == 0


def test_fewer_places_than_people_is_refused_with_words(network, malee, somchai, as_):
    activity = make_activity(network)
    for person in (somchai, make_member()):
        answer(member=person, activity=activity, answer="going")
    response = as_(malee).post(f"/activities/{activity.pk}/edit/", typed(capacity="1"))
    assert response.status_code == 400
    assert "2 คน" in words(response)


def test_what_somebody_changed_meanwhile_is_409_and_keeps_what_was_typed(network, malee, as_):
    activity = make_activity(network)
    Activity.objects.update(sequence=3)
    sent = typed(title="ของฉัน", seen="2")
    response = as_(malee).post(f"/activities/{activity.pk}/edit/", sent)
    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "ของฉัน"


# -- answering ---------------------------------------------------------------------------------------


def test_the_link_and_the_names_show_to_those_who_come(network, malee, somchai, as_):
    activity = make_activity(network, link=LINK)
    other = make_member(display_name="คนที่ไปด้วย")
    answer(member=other, activity=activity, answer="going")
    for reader in (None, somchai):
        page = as_(reader).get(activity.get_absolute_url()).content.decode()
        assert LINK not in page
        assert "คนที่ไปด้วย" not in page
    response = as_(somchai).post(
        f"/activities/{activity.pk}/answer/", {"answer": "maybe"}, follow=True
    )
    page = response.content.decode()
    assert LINK in page
    assert "คนที่ไปด้วย" in page
    assert LINK in as_(malee).get(activity.get_absolute_url()).content.decode()


def test_who_waits_is_told_so_and_does_not_see_the_link(network, somchai, as_):
    activity = make_activity(network, link=LINK, capacity=1)
    answer(member=make_member(), activity=activity, answer="going")
    response = as_(somchai).post(
        f"/activities/{activity.pk}/answer/", {"answer": "going"}, follow=True
    )
    assert "รายชื่อสำรอง" in words(response)
    assert LINK not in response.content.decode()


def test_odd_answers_are_refused(network, somchai, as_):
    activity = make_activity(network)
    address = f"/activities/{activity.pk}/answer/"
    assert as_(somchai).post(address, {"answer": "waiting"}).status_code == 400
    assert as_(somchai).post(address).status_code == 400
    cancel(member=network.registered_by, activity=activity, reason="ฝนตก")
    assert as_(somchai).post(address, {"answer": "going"}).status_code == 409


def test_a_visitor_is_led_to_sign_in_and_back(network, as_):
    activity = make_activity(network)
    page = as_(None).get(activity.get_absolute_url()).content.decode()
    assert f"/accounts/login/?next=/activities/{activity.pk}/" in page


# -- cancelling, reporting, holding together -----------------------------------------------------------


def test_cancelling_asks_why_and_the_page_says_it(network, malee, as_):
    activity = make_activity(network)
    address = f"/activities/{activity.pk}/cancel/"
    assert as_(malee).post(address, {"reason": ""}).status_code == 400
    response = as_(malee).post(address, {"reason": "น้ำท่วมทางเข้า"}, follow=True)
    assert "น้ำท่วมทางเข้า" in words(response)


def test_a_report_stands_on_the_page(network, malee, somchai, as_):
    activity = make_activity(network, days=-2)
    address = f"/activities/{activity.pk}/report/"
    assert as_(malee).post(address, {"body": "", "came": "สิบ"}).status_code == 400
    sent = {"body": "เก็บได้ **3 ตัน**", "came": "๔๑", "lesson": "เริ่มเช้ากว่านี้"}
    assert as_(malee).post(address, sent).status_code == 302
    response = as_(somchai).get(activity.get_absolute_url())
    assert "<strong>3 ตัน</strong>" in response.content.decode()
    assert "41 คน" in words(response)
    assert "เริ่มเช้ากว่านี้" in words(response)


def test_an_invited_coordinator_answers_on_the_page(network, malee, somchai, as_):
    other = make_network("เพื่อนป่า", coordinator=somchai)
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    assert "เพื่อนป่า" in words(as_(somchai).get(activity.get_absolute_url()))
    sent = {"network": other.slug, "accept": "1"}
    as_(somchai).post(f"/activities/{activity.pk}/hosts/", sent)
    assert "เพื่อนป่า" in words(as_(None).get(activity.get_absolute_url()))
    assert as_(malee).post(f"/activities/{activity.pk}/hosts/", sent).status_code == 403


def test_who_declines_a_members_only_activity_lands_on_the_list(network, malee, somchai, as_):
    other = make_network(coordinator=somchai)
    activity = announce(
        member=malee, network=network, details=details(hosts=[other], open_to="members")
    )
    sent = {"network": other.slug, "accept": "0"}
    response = as_(somchai).post(f"/activities/{activity.pk}/hosts/", sent)
    assert response.url == "/activities/"


# -- lists ---------------------------------------------------------------------------------------------


def test_the_month_is_a_table_with_headers(network, as_):
    starts = in_days(10)
    make_activity(network, title="เดินดูคลอง")
    page = as_(None).get(f"/activities/?view=month&month={starts:%Y-%m}").content.decode()
    assert page.count('<th scope="col">') == 7
    assert "เดินดูคลอง" in page
    assert str(starts.year + 543) in page


@pytest.mark.parametrize(
    "query", ["view=x", "province=99", "network=x", "after=x", "view=month&month=x"]
)
def test_lists_of_nothing_are_404(query, as_):
    assert as_(None).get(f"/activities/?{query}").status_code == 404


def test_pages_ask_as_much_for_two_as_for_forty(network, malee, somchai, as_):
    first = make_activity(network, title="แรก", days=3)
    answer(member=somchai, activity=first, answer="going")

    def cost():
        taken = []
        for address in (
            "/activities/",
            "/activities/?view=month",
            f"{network.get_absolute_url()}activities/",
            first.get_absolute_url(),
        ):
            client = as_(malee)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            taken.append(len(queries))
        return taken

    cost()  # what is kept for every page is asked once
    few = cost()
    for n in range(18):
        make_activity(network, title=f"{n}", days=3 + n % 5)
        make_activity(make_network(), title=f"อื่น {n}", days=3 + n % 5)
        answer(member=make_member(), activity=first, answer="going")
    assert cost() == few
    assert max(few) <= 12


def test_empty_lists_say_so(network, malee, as_):
    for address in (
        "/activities/",
        "/activities/?view=past",
        "/activities/?view=month",
        f"{network.get_absolute_url()}activities/",
    ):
        assert as_(None).get(address).status_code == 200
    page = as_(malee).get(f"{network.get_absolute_url()}activities/").content.decode()
    assert new(network) in page


# -- the secret calendar ---------------------------------------------------------------------------------


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
