"""Who is told that a text names her: once, and nobody who need not know of it."""

import pytest

from forums.base.errors import TooFast
from forums.discussions.boards.models import OpenTo
from forums.discussions.naming.finding import MOST_IN_GROUP
from forums.discussions.openings.actions import edit_topic
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post
from forums.discussions.posts.quoting import quoted
from forums.discussions.standpoints.choosing import MYSELF, Spoken
from forums.groups.memberships.models import Membership
from forums.notifications.inbox.actions import mark_all_read, spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Notification, Preference, Telling
from forums.reading.following.levels import standings
from forums.reading.following.models import Block, Follow, FollowDefaults, Level
from tests.make import join, make_board_of, make_member, make_network, make_post, make_topic
from tests.reading.news.test_audience import heard

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(title="วันที่แปด")


@pytest.fixture
def koi():
    return make_member("koi")


def level(member, topic):
    return standings(member, [topic.pk])[topic.pk].level


def test_who_is_named_is_told_so_and_follows_the_topic(topic, malee, koi):
    make_post(topic, malee, body="@koi ว่าอย่างไร")
    spread()
    (note,) = Notification.objects.filter(member=koi)
    assert lines_of(koi, [note])[note.pk].text == f"{malee} เอ่ยถึงท่านใน “วันที่แปด”"
    assert level(koi, topic) == Level.TRACKING


def test_naming_one_after_the_other_has_a_pace_by_new_texts_and_by_edits(
    topic, malee, koi, moderator, settings
):
    settings.FORUMS_PACE = {"named": [(3, 60 * 60)]}
    make_member("kanda")
    make_member("somsri")
    post = make_post(topic, malee, body="@koi @kanda ว่าอย่างไร")
    with pytest.raises(TooFast):
        make_post(topic, malee, body="@koi @kanda อีกที")
    edit_post(editor=malee, post=post, body="@koi @kanda @moderator ว่าอย่างไร")  # one more
    with pytest.raises(TooFast):
        edit_post(editor=malee, post=post, body="@koi @kanda @moderator @somsri ใช่ไหม")
    post.refresh_from_db()
    assert "@somsri" not in post.body
    make_post(topic, malee, body="ไม่เอ่ยถึงใคร")
    make_post(topic, moderator, body="@koi @kanda @malee @somsri")


def test_in_the_opening_too(malee, koi):
    started = make_topic(malee, body="@koi ว่าอย่างไร")
    assert heard(koi) == ["named"]
    assert level(koi, started) == Level.TRACKING


def test_answered_quoted_watching_and_named_she_is_told_once(topic, malee, koi):
    hers = make_post(topic, koi)
    make_post(topic, malee, body="@koi ใช่", parent=hers)
    assert heard(koi) == ["replied"]
    make_post(topic, malee, body=quoted(hers) + "ใช่ไหม @koi")
    assert heard(koi) == ["named"]
    Follow.objects.update_or_create(member=koi, topic=topic, defaults={"level": Level.WATCHING})
    make_post(topic, malee, body="@koi อีกที @koi")
    assert heard(koi) == ["named"]


def test_nobody_is_told_who_named_herself_blocked_the_writer_or_muted_the_topic(topic, malee, koi):
    make_post(topic, koi, body="ฉันเอง @koi")
    assert heard(koi) == []
    post = make_post(topic, malee, body="@koi")
    Block.objects.create(member=koi, person=malee)  # between the writing and the telling
    assert heard(koi) == []
    assert post
    Block.objects.all().delete()
    Follow.objects.update_or_create(member=koi, topic=topic, defaults={"level": Level.MUTED})
    make_post(topic, malee, body="@koi ยังอยู่ไหม")
    assert heard(koi) == []
    assert level(koi, topic) == Level.MUTED


def test_in_a_muted_board_she_is_heard_and_the_topic_stays_silent(topic, malee, koi):
    Follow.objects.create(member=koi, board=topic.board, level=Level.MUTED)
    make_post(topic, malee, body="@koi")
    assert heard(koi) == ["named"]
    assert level(koi, topic) == Level.MUTED


def test_who_wants_neither_is_not_told_and_follows_nothing(topic, malee, koi):
    Preference.objects.create(member=koi, switch="named", here=False, mail=True)
    FollowDefaults.objects.create(member=koi, named=Level.NORMAL)
    make_post(topic, malee, body="@koi")
    assert heard(koi) == []
    assert level(koi, topic) == Level.NORMAL


def test_an_edit_tells_those_who_are_newly_named(topic, malee, somchai, koi):
    post = make_post(topic, malee, body="@koi")
    assert heard(koi) == ["named"]
    edit_post(editor=malee, post=post, body="@koi กับ @somchai")
    assert (heard(koi), heard(somchai)) == ([], ["named"])
    assert level(somchai, topic) == Level.TRACKING
    edit_post(editor=malee, post=post, body="@koi กับ @somchai นั่นแหละ")
    assert not Telling.objects.exists()
    started = make_topic(malee, body="@koi")
    heard(koi)
    edit_topic(editor=malee, topic=started, title="ใหม่", body="@koi @somchai", tags=[])
    assert (heard(koi), heard(somchai)) == ([], ["named"])


def test_taken_out_and_put_in_again_she_is_told_nothing_new(topic, malee, koi):
    post = make_post(topic, malee, body="@koi")
    spread()
    mark_all_read(member=koi, until=Notification.objects.get(member=koi).newest_at)
    for body in ("ไม่มีใคร", "@koi กลับมา"):
        edit_post(editor=malee, post=post, body=body)
    spread()
    assert Notification.objects.get(member=koi).read_at is not None


def test_eleven_and_five_hundred_names_tell_ten(topic, malee):
    for number in range(40):
        make_member(f"person{number}")
    make_post(topic, malee, body=" ".join(f"@person{n % 40}" for n in range(500)))
    spread()
    told = Notification.objects.filter(kind="named")
    assert sorted(each.member.handle for each in told.select_related("member")) == sorted(
        f"person{n}" for n in range(10)
    )


def test_a_network_is_told_where_its_members_may_read(malee, somchai, koi):
    canal = make_network("คนรักคลอง", malee)
    join(canal, somchai, koi)
    topic = make_topic(somchai)
    Block.objects.create(member=koi, person=malee)
    make_post(topic, malee, body="ถึง @คนรักคลอง และ @somchai")
    assert (heard(somchai), heard(koi), heard(malee)) == (["replied"], [], [])
    make_post(make_topic(koi), malee, body="ถึง @คนรักคลอง")
    assert heard(somchai) == ["named"]
    other = make_board_of(make_network("อีกเครือข่าย", malee), OpenTo.NETWORK)
    hidden = make_topic(malee, other, body="ถึง @คนรักคลอง")
    assert heard(somchai) == []
    assert level(somchai, hidden) == Level.NORMAL  # named in a group, one follows nothing


def test_who_may_read_no_more_is_shown_nothing(malee, koi):
    canal = make_network("คนรักคลอง", malee)
    join(canal, koi)
    make_topic(malee, make_board_of(canal, OpenTo.NETWORK), body="@koi")
    spread()
    Membership.objects.filter(member=koi).delete()
    (note,) = Notification.objects.filter(member=koi)
    assert lines_of(koi, [note]) == {}


# -- What the writer is told ----------------------------------------------------------------------


def test_the_writer_is_told_whom_her_text_did_not_name(as_, topic, malee):
    for number in range(17):
        make_member(f"person{number}")
    body = " ".join(f"@person{n}" for n in range(17))
    answer = as_(malee).post(f"/t/{topic.pk}/reply/", {"body": body, "send": "1"}, follow=True)
    assert "ที่เกินมาไม่ได้รับแจ้ง: @person10 @person11 @person12 @person13 @person14 …" in answer.text
    again = as_(malee).post(f"/t/{topic.pk}/reply/", {"body": "@person1", "send": "1"}, follow=True)
    assert "ที่เกินมา" not in again.text


def test_the_writer_is_told_that_a_network_is_too_large(as_, topic, malee, monkeypatch):
    canal = make_network("คนรักคลอง", malee)
    join(canal, *(make_member() for _each in range(3)))
    monkeypatch.setattr("forums.discussions.naming.finding.MOST_IN_GROUP", 2)
    answer = as_(malee).post(
        f"/t/{topic.pk}/reply/",
        {"body": "@คนรักคลอง", "send": "1", "speak_from": str(Spoken(MYSELF))},
        follow=True,
    )
    assert f"“คนรักคลอง” มีสมาชิกเกิน {MOST_IN_GROUP} คน" in answer.text
    assert not Telling.objects.exclude(members=[]).exists()


def test_a_preview_shows_whom_it_will_name(as_, topic, malee, koi):
    link = '<a href="/u/koi/" class="mention">@koi</a>'
    here = {"body": "@koi", "preview": "1"}
    assert link in as_(malee).post(f"/t/{topic.pk}/reply/", here).text
    assert link in as_(malee).post("/preview/", here | {"topic": topic.pk}).text
    assert link in as_(malee).post("/preview/", here | {"board": topic.board.slug}).text
    assert (
        link
        in as_(malee).post(f"/b/{topic.board.slug}/new/", here | {"board": topic.board.slug}).text
    )
    Block.objects.create(member=koi, person=malee)
    for where in ({"topic": topic.pk}, {"topic": "x"}, {"topic": 10**12}, {"board": "no"}, {}):
        assert link not in as_(malee).post("/preview/", here | where).text
    assert Post.objects.filter(topic=topic).count() == 1
