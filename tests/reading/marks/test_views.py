"""The page of what is new, and what can be done there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.boards.models import OpenTo
from forums.discussions.topics.models import Topic
from forums.reading.following.models import Follow, Level
from forums.reading.marks import actions
from forums.reading.marks.models import ReaderState, ReadMark
from tests.made_once import no_pace
from tests.make import join, make_board, make_network, make_network_board, make_post, make_topic


@pytest.fixture(autouse=True)
def _any_pace():
    with no_pace():
        yield


@pytest.fixture
def followed(as_, malee, somchai) -> Topic:
    """Malee follows it and has read it; then Somchai wrote."""
    topic = make_topic(somchai, title="ที่ติดตาม")
    Follow.objects.create(member=malee, topic=topic, level=Level.WATCHING)
    as_(malee).get(topic.get_absolute_url())
    make_post(topic, somchai, body="มาใหม่")
    return topic


@pytest.fixture
def fresh(somchai) -> Topic:
    """Nobody but its author has opened it."""
    return make_topic(somchai, title="ยังไม่เคยเปิด")


def titles(as_, member, query: str = "") -> list[str]:
    answer = as_(member).get(f"/unread/{query}")
    assert answer.status_code == 200
    return [row.title for row in answer.context["page"].rows]


def press(as_, member, **fields: str) -> str:
    """The button, as the page offers it; returns where it leads."""
    query = "&".join(f"{name}={value}" for name, value in fields.items() if name != "stop")
    until = as_(member).get(f"/unread/?{query}").context["until"]
    answer = as_(member).post("/unread/read/", {"until": until, **fields})
    assert answer.status_code == 302
    return answer["Location"]


def test_each_part_shows_its_own(as_, malee, followed, fresh):
    assert titles(as_, malee) == ["ยังไม่เคยเปิด", "ที่ติดตาม"]
    assert titles(as_, malee, "?show=topics") == ["ยังไม่เคยเปิด"]
    assert titles(as_, malee, "?show=replies") == ["ที่ติดตาม"]
    page = as_(malee).get("/unread/").context
    assert page["counts"] == {"all": 2, "topics": 1, "replies": 1}
    assert as_(malee).get("/unread/?show=odd").status_code == 404


def test_a_visitor_is_asked_who_she_is(as_):
    assert as_(None).get("/unread/").status_code == 302


def test_one_button_marks_what_is_shown_and_the_next_puts_it_back(as_, malee, followed, fresh):
    assert press(as_, malee) == "/unread/?read=1"
    page = as_(malee).get("/unread/?read=1")
    assert "อ่านแล้ว 2 กระทู้" in page.text
    assert "อ่านทันแล้ว" in page.text
    assert as_(malee).post("/unread/back/")["Location"] == "/unread/"
    assert titles(as_, malee) == ["ยังไม่เคยเปิด", "ที่ติดตาม"]
    assert not ReadMark.objects.filter(member=malee, topic=fresh).exists()
    again = as_(malee).post("/unread/back/", follow=True)
    assert "เอากลับมาแล้ว" in again.text


def test_only_the_part_that_is_shown_is_marked(as_, malee, followed, fresh):
    assert press(as_, malee, show="topics") == "/unread/?show=topics&read=1"
    assert titles(as_, malee) == ["ที่ติดตาม"]


def test_what_was_written_since_the_page_was_shown_stays_unread(
    as_, malee, somchai, followed, fresh
):
    until = as_(malee).get("/unread/").context["until"]
    make_post(followed, somchai, body="มาระหว่างนั้น")
    as_(malee).post("/unread/read/", {"until": until})
    assert titles(as_, malee) == ["ที่ติดตาม"]


def test_the_other_button_stops_following_too_and_that_is_put_back(as_, malee, followed, fresh):
    press(as_, malee, stop="1")
    assert Follow.objects.get(member=malee, topic=followed).level == Level.NORMAL
    as_(malee).post("/unread/back/")
    assert Follow.objects.get(member=malee, topic=followed).level == Level.WATCHING
    assert titles(as_, malee) == ["ยังไม่เคยเปิด", "ที่ติดตาม"]


def test_what_is_followed_by_its_board_gets_a_level_of_its_own_and_loses_it_again(
    as_, malee, somchai, followed
):
    Follow.objects.all().delete()
    Follow.objects.create(member=malee, board=followed.board, level=Level.TRACKING)
    press(as_, malee, stop="1")
    assert Follow.objects.get(member=malee, topic=followed).level == Level.NORMAL
    make_post(followed, somchai, body="ยังมีคนเขียน")
    assert titles(as_, malee) == []
    as_(malee).post("/unread/back/")
    assert not Follow.objects.filter(member=malee, topic=followed).exists()


def test_what_she_has_read_on_since_is_not_put_back(as_, malee, somchai, followed):
    press(as_, malee)
    make_post(followed, somchai, body="อีกหนึ่ง")
    as_(malee).get(followed.get_absolute_url())
    as_(malee).post("/unread/back/")
    assert titles(as_, malee) == []


def test_a_board_and_a_network_have_their_own(as_, malee, somchai, followed, fresh):
    network = make_network("คนรักคลอง", somchai)
    make_topic(somchai, make_network_board(network), title="ของเครือข่าย")
    board = make_board("ห้องอื่น", slug="other")
    make_topic(somchai, board, title="ในห้องอื่น")
    assert titles(as_, malee, "?board=other") == ["ในห้องอื่น"]
    assert titles(as_, malee, f"?network={network.slug}") == ["ของเครือข่าย"]
    press(as_, malee, network=network.slug)
    assert titles(as_, malee) == ["ในห้องอื่น", "ยังไม่เคยเปิด", "ที่ติดตาม"]
    assert as_(malee).get("/unread/?board=none").status_code == 404


def test_what_she_may_no_longer_see_is_neither_listed_nor_counted_nor_marked(as_, malee, somchai):
    network = make_network("คนรักคลอง", somchai)
    topic = make_topic(somchai, make_network_board(network, OpenTo.NETWORK), title="ของสมาชิก")
    assert titles(as_, malee) == []
    join(network, malee)
    assert titles(as_, malee) == ["ของสมาชิก"]
    Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    assert titles(as_, malee) == []
    assert as_(malee).get("/unread/").context["counts"]["all"] == 0


def test_new_is_what_was_started_since_her_last_visit_or_in_two_days(as_, malee, fresh):
    now = timezone.now()
    Topic.objects.filter(pk=fresh.pk).update(created_at=now - timedelta(days=5))
    assert titles(as_, malee) == []
    ReaderState.objects.update_or_create(
        member=malee, defaults={"here_at": now - timedelta(days=6), "before_at": None}
    )
    assert titles(as_, malee) == ["ยังไม่เคยเปิด"]
    state = ReaderState.objects.get(member=malee)
    assert now - state.here_at < timedelta(minutes=1)
    assert now - state.before_at > timedelta(days=5)
    assert titles(as_, malee) == ["ยังไม่เคยเปิด"], "the visit goes on"


def test_a_visit_is_written_once_an_hour_and_never_back(malee):
    now = timezone.now()

    def come(at):
        actions.note_visit(member_id=malee.pk, now=at)
        state = ReaderState.objects.get(member=malee)
        return state.here_at, state.before_at

    assert come(now) == (now, None)
    assert come(now + timedelta(minutes=50)) == (now, None)
    later = now + timedelta(hours=2)
    assert come(later) == (later, None)
    assert come(now) == (later, None)
    tomorrow = later + timedelta(hours=20)
    assert come(tomorrow) == (tomorrow, later)


def test_her_window_is_hers_to_set(as_, malee, fresh):
    client = as_(malee)
    assert client.get("/settings/unread/").context["form"]["days"].value() == 14
    wrong = client.post("/settings/unread/", {"days": "61"})
    assert wrong.status_code == 400
    assert "ตั้งแต่ 2 ถึง 60" in wrong.text
    assert 'value="61"' in wrong.text
    assert client.post("/settings/unread/", {"days": "3"}).status_code == 302
    assert ReaderState.objects.get(member=malee).days == 3
    Topic.objects.filter(pk=fresh.pk).update(last_post_at=timezone.now() - timedelta(days=4))
    assert titles(as_, malee) == []


@pytest.mark.parametrize("until", ["", "abc", "-1", "9" * 30])
def test_a_mangled_form_is_refused(as_, malee, until):
    assert as_(malee).post("/unread/read/", {"until": until}).status_code == 404


def test_the_page_turns_and_asks_as_much_for_forty_topics_as_for_two(
    as_, malee, somchai, django_assert_num_queries, django_assert_max_num_queries
):
    board = make_board()
    for n in range(2):
        make_topic(somchai, board, title=f"กระทู้ {n}")
    client = as_(malee)
    client.get("/unread/")
    with django_assert_max_num_queries(14) as two:
        client.get("/unread/")
    for n in range(2, 42):
        make_topic(somchai, board, title=f"กระทู้ {n}")
    with django_assert_num_queries(len(two)):
        page = client.get("/unread/").context["page"]
    assert len(page.rows) == 20
    onward = client.get(f"/unread/?{page.next}").context["page"]
    last = client.get(f"/unread/?{onward.next}").context["page"]
    assert [len(onward.rows), len(last.rows)] == [20, 2]
    assert client.get(f"/unread/?{last.previous}").context["page"].rows == onward.rows


def test_marks_of_silent_topics_are_forgotten_and_too_many_as_well(
    as_, malee, followed, fresh, monkeypatch
):
    as_(malee).get(fresh.get_absolute_url())
    now = timezone.now()
    actions.forget_marks(now)
    assert ReadMark.objects.filter(member=malee).count() == 2
    Topic.objects.filter(pk=fresh.pk).update(last_post_at=now - timedelta(days=61))
    actions.forget_marks(now)
    assert ReadMark.objects.filter(member=malee).count() == 2, "looked through once a day"
    ReaderState.objects.update(tidied_at=now - timedelta(days=2))
    actions.forget_marks(now)
    assert ReadMark.objects.get(member=malee).topic == followed
    monkeypatch.setattr(actions, "MOST_MARKS", 0)
    ReaderState.objects.update(tidied_at=None)
    actions.forget_marks(now)
    assert not ReadMark.objects.filter(member=malee).exists()


def test_home_leads_there(as_, malee):
    assert 'href="/unread/"' in as_(malee).get("/").text
    assert 'href="/unread/"' not in as_(None).get("/").text


def test_taking_back_costs_the_same_for_two_topics_and_for_twenty(as_, malee, somchai):
    client, board, asked = as_(malee), make_board(), set()
    for more in (2, 18):
        for number in range(more):
            topic = make_topic(somchai, board)
            if number % 2:
                Follow.objects.create(member=malee, topic=topic, level=Level.WATCHING)
        press(as_, malee, stop="1")
        with CaptureQueriesContext(connection) as queries:
            assert client.post("/unread/back/").status_code == 302
        asked.add(len(queries))
        assert not ReadMark.objects.exists()
        hers = Follow.objects.filter(member=malee)
        assert set(hers.values_list("level", flat=True)) == {Level.WATCHING}
    assert len(asked) == 1
