"""Lists, the month on the wall, and the rows other pages borrow."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.activities import lists
from forums.activities import rows as strip
from forums.activities.hosting.actions import announce, cancel, decide_host, report
from forums.activities.models import Activity
from forums.moderation.actions import hide_activity
from forums.text.noted import noting
from tests.activities.make import details
from tests.make import in_days, join, make_activity, make_board, make_network, make_topic

pytestmark = pytest.mark.django_db

BANGKOK = ZoneInfo("Asia/Bangkok")


def titles(rows):
    return [row.title for row in rows]


def at(activity, starts, hours=4):
    Activity.objects.filter(pk=activity.pk).update(
        starts_at=starts, ends_at=starts + timedelta(hours=hours)
    )


# -- what a reader may know of ---------------------------------------------------------------------


@pytest.fixture
def everything(network, malee, somchai, moderator):
    other = make_network(coordinator=somchai)
    make_activity(network, title="เปิด")
    make_activity(network, title="สมาชิก", open_to="members")
    announce(
        member=malee,
        network=network,
        details=details(title="เชิญ", hosts=[other], open_to="members"),
    )
    hidden = make_activity(network, title="ซ่อน")
    hide_activity(moderator=moderator, activity=hidden, reason="โฆษณา")
    return other


def test_each_reader_sees_what_she_may(everything, visitor, malee, somchai, moderator):
    def seen(member):
        return {each.title for each in Activity.objects.visible_to(member)}

    assert seen(visitor) == {"เปิด"}
    assert seen(None) == {"เปิด"}
    assert seen(malee) == {"เปิด", "สมาชิก", "เชิญ"}
    assert seen(somchai) == {"เปิด", "เชิญ"}
    assert seen(moderator) == {"เปิด", "สมาชิก", "เชิญ", "ซ่อน"}
    assert "ซ่อน" not in titles(lists.to_come(lists.seen_by(moderator), {}).rows)


def test_what_a_hidden_network_announced_is_gone_for_all_but_moderators(
    network, malee, somchai, moderator
):
    make_activity(network)
    type(network).objects.update(hidden_at=in_days(0))
    for member in (malee, somchai, None):
        assert not Activity.objects.visible_to(member).exists()
    assert Activity.objects.visible_to(moderator).exists()


# -- lists ------------------------------------------------------------------------------------------


def test_what_comes_is_listed_the_soonest_first_and_what_was_the_latest_first(network, visitor):
    for days in (9, 3, -5, 6, -2):
        make_activity(network, title=str(days), days=days)
    seen = lists.seen_by(visitor)
    assert titles(lists.to_come(seen, {}).rows) == ["3", "6", "9"]
    assert titles(lists.been(seen, {}).rows) == ["-2", "-5"]


@pytest.mark.parametrize("way", [lists.to_come, lists.been])
def test_pages_meet_every_row_once(network, visitor, way):
    starts = in_days(5)
    Activity.objects.bulk_create(
        Activity(
            title=str(n),
            slug="-",
            starts_at=starts - timedelta(days=100 if way is lists.been else 0) + timedelta(n // 3),
            ends_at=starts - timedelta(days=99 if way is lists.been else -1) + timedelta(n // 3),
            place="ท่าน้ำ",
            open_to="everyone",
            created_by=network.registered_by,
        )
        for n in range(45)
    )
    met, query = [], {}
    while True:
        page = way(lists.seen_by(visitor), query)
        met += titles(page.rows)
        if not page.next:
            break
        query = dict([page.next.split("=")])
    assert len(met) == 45
    assert len(set(met)) == 45


@pytest.mark.parametrize("cursor", ["x", "1", "1_2_3", "-1_5", "9" * 30 + "_1", "1_" + "9" * 30])
def test_a_mangled_page_is_404(visitor, cursor):
    with pytest.raises(Http404):
        lists.to_come(lists.seen_by(visitor), {"after": cursor})


def test_lists_can_be_narrowed_to_a_network_and_a_province(network, malee, visitor):
    other = make_network()
    make_activity(network, title="ที่นี่", province="55")
    make_activity(other, title="ที่อื่น", province="74")
    assert titles(lists.to_come(lists.seen_by(visitor, network=other.pk), {}).rows) == ["ที่อื่น"]
    assert titles(lists.to_come(lists.seen_by(visitor, province="55"), {}).rows) == ["ที่นี่"]


def test_lists_ask_as_much_for_two_as_for_forty(network, visitor, somchai):
    def cost():
        taken = []
        for ask in (
            lambda: lists.to_come(lists.seen_by(visitor), {}),
            lambda: lists.month(lists.seen_by(visitor), f"{in_days(10):%Y-%m}"),
            lambda: strip.coming(visitor),
            lambda: strip.of_network(network, visitor),
        ):
            with CaptureQueriesContext(connection) as queries:
                ask()
            taken.append(len(queries))
        return taken

    for n in range(2):
        make_activity(network, title=str(n), days=4 + n)
    few = cost()
    for n in range(17):
        make_activity(network, title=f"อีก {n}", days=3 + n % 9)
        make_activity(make_network(), title=f"อื่น {n}", days=3 + n % 9)
    assert cost() == few == [2, 2, 2, 1]


# -- a month ----------------------------------------------------------------------------------------


def test_a_month_hangs_from_sunday_to_saturday(visitor):
    month = lists.month(lists.seen_by(visitor), "2026-12")
    assert month.name == "ธันวาคม 2569"
    assert [len(week) for week in month.weeks] == [7] * 5
    assert month.weeks[0][0].date == date(2026, 11, 29)
    assert not month.weeks[0][0].inside
    assert month.weeks[0][2].date == date(2026, 12, 1)
    assert month.weekdays[0][0] == "อาทิตย์"
    assert (month.before, month.after, month.is_empty) == ("2026-11", "2027-01", True)
    assert len(lists.month(lists.seen_by(visitor), "2026-02").weeks) == 4


def test_days_are_bangkoks_and_several_days_show_on_each(network, visitor):
    night = make_activity(network, title="ดึก")
    at(night, datetime(2026, 12, 4, 18, 30, tzinfo=ZoneInfo("UTC")), hours=2)  # 1.30 on the 5th
    long = make_activity(network, title="ค่าย")
    at(long, datetime(2026, 12, 18, 9, tzinfo=BANGKOK), hours=39)  # until midnight of the 19th
    month = lists.month(lists.seen_by(visitor), "2026-12")
    on = {day.date.day: titles(day.rows) for week in month.weeks for day in week if day.rows}
    assert on == {5: ["ดึก"], 18: ["ค่าย"], 19: ["ค่าย"]}


def test_a_crowded_day_names_a_few_and_counts_the_rest(network, visitor):
    starts = in_days(10)
    for n in range(7):
        at(make_activity(network, title=str(n)), starts)
    month = lists.month(lists.seen_by(visitor), f"{starts:%Y-%m}")
    (day,) = [each for week in month.weeks for each in week if each.rows]
    assert (len(day.rows), day.more) == (4, 3)


@pytest.mark.parametrize("asked", ["2026-13", "x", "2026", "0001-01", "9999-12", "2026-12-01"])
def test_no_month_is_404(visitor, asked):
    with pytest.raises(Http404):
        lists.month(lists.seen_by(visitor), asked)


# -- rows for other pages -----------------------------------------------------------------------------


def test_the_week_to_come_puts_her_own_networks_first(network, somchai):
    for n in range(3):
        make_activity(make_network(), title=f"อื่น {n}", days=3)
    make_activity(network, title="ของฉัน", days=6)
    cancelled = make_activity(network, title="เลิก", days=4)
    cancel(member=network.registered_by, activity=cancelled, reason="ฝนตก")
    make_activity(network, title="เดือนหน้า", days=30)
    assert "ของฉัน" not in titles(strip.coming(somchai, 3))
    join(network, somchai)
    somchai = type(somchai).objects.get(pk=somchai.pk)
    assert titles(strip.coming(somchai, 3))[-1] == "ของฉัน"
    assert strip.coming(somchai, 3)[-1].hosts[0].name == "คนรักคลอง"


def test_a_network_shows_what_comes_and_the_last_that_were(network, visitor):
    for days in (3, 5, 7, 9, 11, -2, -4, -6):
        make_activity(network, title=str(days), days=days)
    assert titles(strip.of_network(network, visitor, 5)) == ["3", "5", "7", "-2", "-4"]
    assert titles(strip.of_network(network, visitor, 20)) == [
        "3",
        "5",
        "7",
        "9",
        "11",
        "-2",
        "-4",
        "-6",
    ]


def test_a_topic_shows_what_grew_out_of_it_to_whom_may_know(
    network, malee, somchai, django_assert_num_queries
):
    topic = make_topic()
    activity = announce(member=malee, network=network, details=details(topics=[topic]))
    announce(
        member=malee,
        network=network,
        details=details(title="ของเรา", topics=[topic], open_to="members"),
    )
    assert len(strip.of_topic(topic, malee)) == 2
    with django_assert_num_queries(1):
        (row,) = strip.of_topic(topic, None)
    assert (row.title, row.reported) == (activity.title, False)
    Activity.objects.filter(pk=activity.pk).update(starts_at=in_days(-2), ends_at=in_days(-1))
    report(member=malee, activity=activity, body="ทำแล้ว")
    (row,) = strip.of_topic(topic, somchai)
    assert (row.over, row.reported) == (True, True)


def test_a_row_says_in_a_word_what_matters_most_of_it(network, visitor):
    making = {"title": "ลงแขก", "place": "ท่าน้ำ", "days": -3}
    gone, told, plain = (make_activity(network, **making) for _ in range(3))
    Activity.objects.filter(pk=gone.pk).update(cancelled_at=in_days(-4), reported_at=in_days(-1))
    Activity.objects.filter(pk=told.pk).update(reported_at=in_days(-1))
    rows = {row.pk: row for row in lists.been(lists.seen_by(visitor), {}).rows}
    assert [rows[each.pk].remark for each in (gone, told)] == ["ยกเลิกแล้ว", "อ่านบันทึกกิจกรรม"]
    assert rows[plain.pk].remark.startswith("ท่าน้ำ")
    assert {row.classes for row in rows.values()} == {f"c-{network.colour} past"}


def test_a_row_never_holds_the_link(network, visitor):
    make_activity(network, link="https://meet.example/x", place="", days=3)
    (row,) = strip.coming(visitor)
    assert "meet.example" not in str(row)
    assert row.where == "ออนไลน์"


def test_a_host_that_has_not_agreed_is_not_named(network, malee, somchai, visitor):
    other = make_network("เพื่อนป่า", coordinator=somchai)
    activity = announce(member=malee, network=network, details=details(hosts=[other]))
    assert len(lists.to_come(lists.seen_by(visitor), {}).rows[0].hosts) == 1
    decide_host(member=somchai, activity=activity, network=other, accept=True)
    assert len(lists.to_come(lists.seen_by(visitor), {}).rows[0].hosts) == 2
    assert lists.to_come(lists.seen_by(visitor, network=other.pk), {}).rows


def test_a_place_names_its_province_once():
    assert strip.place_of("ศาลากลาง สมุทรสาคร", "74") == "ศาลากลาง สมุทรสาคร"
    assert strip.place_of("ท่าน้ำ", "74") == "ท่าน้ำ สมุทรสาคร"
    assert strip.place_of("", "") == ""


def test_a_topic_of_a_closed_board_is_not_named_to_those_outside(network, malee, somchai, as_):
    inside = make_topic(malee, board=make_board(read=0), title="เรื่องภายใน")
    activity = announce(
        member=malee, network=network, details=details(topics=[inside], open_to="members")
    )
    Activity.objects.update(open_to="everyone")
    assert "เรื่องภายใน" in as_(malee).get(activity.get_absolute_url()).content.decode()
    assert "เรื่องภายใน" not in as_(None).get(activity.get_absolute_url()).content.decode()


def test_a_networks_page_is_true_until_the_next_activity_is_over_shown_or_not():
    network, now = make_network(), timezone.now()
    for days in (-9, -5):
        make_activity(network, days=days)
    hour, weeks = timedelta(hours=1), timedelta(days=20)
    for start in (2 * hour, 3 * hour):
        make_activity(network, starts_at=now + start, ends_at=now + weeks)
    short = make_activity(network, starts_at=now + 4 * hour, ends_at=now + 5 * hour, title="สั้น")
    with noting("of now") as noted:
        shown = strip.of_network(network, None, 4)
    assert "สั้น" not in titles(
        shown
    )  # nor in the next half hour: once it is over it is the last that was
    assert noted.until == short.ends_at
