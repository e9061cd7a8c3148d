"""Pages of whoever holds an activity: what a form says back, what a page tells."""

import json
from datetime import datetime
from urllib.parse import unquote

import pytest

from forums.activities.attendance.actions import answer
from forums.activities.hosting.actions import announce
from forums.activities.models import Activity
from forums.text import dates
from tests.activities.make import details
from tests.answers import text_of
from tests.make import (
    in_days,
    make_activity,
    make_board,
    make_member,
    make_network,
    make_topic,
)
from tests.needs import needs_shared

pytestmark = pytest.mark.django_db


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
    page = text_of(as_(None).get(activity.get_absolute_url()))
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
        ("topics", "สวัสดี", "ลิงก์ของกระทู้"),
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
    page = text_of(response)
    assert said in page
    if field not in ("zone", "open_to"):
        assert response.context["form"][field].value() == value
    assert response.context["form"]["place"].value() == ("" if field == "place" else "ท่าน้ำวัดใหม่")
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("starts", "ends", "end_day", "until", "shown"),
    [
        ("20.00", "24.00", "", "2027-12-06T00:00:00+07:00", ("24.00", "")),
        ("๒๐.๐๐", "๒๔.๐๐ น.", "", "2027-12-06T00:00:00+07:00", ("24.00", "")),
        ("20.00", "24 น.", "6/12/2570", "2027-12-07T00:00:00+07:00", ("24.00", "6/12/2570")),
        ("20.00", "0.00", "", "2027-12-06T00:00:00+07:00", ("24.00", "")),
        ("20.00", "0.00", "6/12/2570", "2027-12-06T00:00:00+07:00", ("24.00", "")),
        ("0.00", "24.00", "", "2027-12-06T00:00:00+07:00", ("24.00", "")),
        ("9.00", "12.00", "", "2027-12-05T12:00:00+07:00", ("12.00", "")),
    ],
)
def test_twenty_four_is_the_end_of_its_day(
    network, malee, as_, starts, ends, end_day, until, shown
):
    sent = typed(day="5/12/2570", starts=starts, ends=ends, end_day=end_day)
    assert as_(malee).post(new(network), sent).status_code == 302
    activity = Activity.objects.get()
    assert activity.ends_at == datetime.fromisoformat(until)
    form = as_(malee).get(f"/activities/{activity.pk}/edit/").context["form"]
    assert (form["ends"].value(), form["end_day"].value()) == shown


def test_the_times_of_the_shared_file(network, malee, as_):
    for case in json.loads(needs_shared("data", "cases", "times.json").read_text()):
        sent = typed(starts=case["starts"], ends=case["ends"], title=case["right"])
        assert as_(malee).post(new(network), sent).status_code == 302
        activity = Activity.objects.get(title=case["right"])
        next_day = activity.ends_at.astimezone(dates.BANGKOK).date() - in_days(10).date()
        assert next_day.days == ("next day" in case["right"])


@pytest.mark.parametrize(
    ("field", "value"), [("starts", "24.00"), ("ends", "24.30"), ("ends", "25.00")]
)
def test_nothing_is_later_than_twenty_four_and_nothing_begins_then(
    network, malee, as_, field, value
):
    response = as_(malee).post(new(network), typed(**{field: value}))
    assert response.status_code == 400
    assert response.context["form"][field].value() == value


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
    assert "2 คน" in text_of(response)


def test_what_somebody_changed_meanwhile_is_409_and_keeps_what_was_typed(network, malee, as_):
    activity = make_activity(network)
    Activity.objects.update(sequence=3)
    sent = typed(title="ของฉัน", seen="2")
    response = as_(malee).post(f"/activities/{activity.pk}/edit/", sent)
    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "ของฉัน"


# -- cancelling, reporting, holding together -----------------------------------------------------------


def test_cancelling_asks_why_and_the_page_says_it(network, malee, as_):
    activity = make_activity(network)
    address = f"/activities/{activity.pk}/cancel/"
    assert as_(malee).post(address, {"reason": ""}).status_code == 400
    response = as_(malee).post(address, {"reason": "น้ำท่วมทางเข้า"}, follow=True)
    assert "น้ำท่วมทางเข้า" in text_of(response)


def test_a_report_stands_on_the_page(network, malee, somchai, as_):
    activity = make_activity(network, days=-2)
    address = f"/activities/{activity.pk}/report/"
    assert as_(malee).post(address, {"body": "", "came": "สิบ"}).status_code == 400
    sent = {"body": "เก็บได้ **3 ตัน**", "came": "๔๑", "lesson": "เริ่มเช้ากว่านี้"}
    assert as_(malee).post(address, sent).status_code == 302
    response = as_(somchai).get(activity.get_absolute_url())
    assert "<strong>3 ตัน</strong>" in response.content.decode()
    assert "41 คน" in text_of(response)
    assert "เริ่มเช้ากว่านี้" in text_of(response)


def test_an_invited_coordinator_answers_on_the_page(network, malee, somchai, as_):
    other = make_network("เพื่อนป่า", coordinator=somchai)
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    assert "เพื่อนป่า" in text_of(as_(somchai).get(activity.get_absolute_url()))
    sent = {"network": other.slug, "accept": "1"}
    as_(somchai).post(f"/activities/{activity.pk}/hosts/", sent)
    assert "เพื่อนป่า" in text_of(as_(None).get(activity.get_absolute_url()))
    assert as_(malee).post(f"/activities/{activity.pk}/hosts/", sent).status_code == 403


def test_who_declines_a_members_only_activity_lands_on_the_list(network, malee, somchai, as_):
    other = make_network(coordinator=somchai)
    activity = announce(
        member=malee, network=network, details=details(hosts=[other], open_to="members")
    )
    sent = {"network": other.slug, "accept": "0"}
    response = as_(somchai).post(f"/activities/{activity.pk}/hosts/", sent)
    assert response.url == "/activities/"
