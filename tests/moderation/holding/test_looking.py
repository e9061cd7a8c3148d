"""What makes a text wait, and what is said before it goes."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import BadText
from forums.base.stamps import new_stamp
from forums.discussions.openings.actions import edit_topic, start_topic
from forums.discussions.posts.actions import edit_post, reply
from forums.discussions.posts.models import Post
from forums.moderation.holding import looking
from forums.moderation.holding.actions import admit, admit_topic
from forums.moderation.holding.looking import FirstDayReplies, FirstDayTopics, hosts_of
from forums.moderation.holding.models import HeldFor, HeldText
from tests.make import make_board, make_member, make_topic
from tests.moderation.holding.made import read_by_many


def why(post):
    found = HeldText.objects.filter(post=post).first()
    return found.why if found else []


def test_where_no_moderator_was_here_first_texts_appear_with_links_as_plain_text(newcomer, topic):
    post = reply(
        author=newcomer,
        topic=topic,
        body="ดู [ตรงนี้](https://example.org/a) และ https://example.org/b",
    )
    assert post.held_at is None
    assert post.unlinked_at is not None
    assert "<a " not in post.body_html
    assert "ตรงนี้ (https://example.org/a)" in post.body_html
    assert "https://example.org/b" in post.body_html


def test_the_third_text_waits_no_more_and_has_its_links(seasoned, topic, moderator):
    post = reply(author=seasoned, topic=topic, body="ดู https://example.org/b")
    assert post.held_at is None
    assert 'href="https://example.org/b"' in post.body_html


def test_who_is_known_waits_for_nobody(known, topic, moderator):
    assert reply(author=known, topic=topic, body="สวัสดี").held_at is None


def test_a_moderator_who_was_here_two_days_ago_is_waited_for_no_more(newcomer, topic):
    make_member("away", is_staff=True, last_login=timezone.now() - timedelta(days=2))
    assert reply(author=newcomer, topic=topic, body="สวัสดี").held_at is None


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("https://a.example/ https://b.example/ https://c.example/", "2"),
        ("[ก](https://a.example/) [ข](https://b.example/) ![ค](https://c.example/x.png)", "2"),
    ],
)
def test_more_links_than_a_newcomer_may_put_are_refused_in_words(seasoned, topic, body, says):
    with pytest.raises(BadText) as refused:
        reply(author=seasoned, topic=topic, body=body)
    assert says in str(refused.value.message)


def test_links_to_the_site_itself_are_not_counted(seasoned, topic, settings):
    settings.FORUMS_SITE_HOST = "roypalang.example"
    body = " ".join(f"https://roypalang.example/t/{n}/" for n in range(5))
    assert reply(author=seasoned, topic=topic, body=body).held_at is None


def test_an_edit_may_not_bring_what_the_text_could_not_have_had(seasoned, topic):
    post = reply(author=seasoned, topic=topic, body="https://a.example/")
    with pytest.raises(BadText):
        edit_post(
            editor=seasoned,
            post=post,
            body="https://a.example/ https://b.example/ https://c.example/",
        )


def test_other_words_in_the_place_of_a_text_that_was_let_through_wait_and_a_mended_slip_does_not(
    newcomer, topic, moderator
):
    said = "ขอบคุณมากค่ะ ที่บ้านเราก็เดินเยี่ยมกันทุกวันเสาร์"
    post = reply(author=newcomer, topic=topic, body=said)
    admit(moderator=moderator, post=post, reason="ผ่าน")
    for mended in (said.replace("เสาร์", "อาทิตย์"), "ขอบคุณค่ะ"):
        assert edit_post(editor=newcomer, post=post, body=mended).held_at is None
    other = f"{said} ผู้ใหญ่บ้านคนนั้นโกงกิน ทุกคนไปรุมเขาที่บ้านกันเถอะ"
    edit_post(editor=newcomer, post=post, body=other)
    post.refresh_from_db()
    assert post.held_at is not None
    assert why(post) == [HeldFor.CHANGE]


def test_another_title_over_a_first_topic_waits(newcomer, moderator):
    made = start_topic(
        author=newcomer, board=make_board(), kind="conversation", title="ถาม", body="น้ำไม่ไหล"
    )
    admit_topic(moderator=moderator, topic=made, reason="ผ่าน")
    title = "ผู้ใหญ่บ้านคนนั้นโกงกิน ทุกคนไปรุมเขาที่บ้านกันเถอะ"
    edit_topic(editor=newcomer, topic=made, title=title, body="น้ำไม่ไหล", tags=[])
    made.refresh_from_db()
    assert made.held_at is not None


def test_more_names_than_a_newcomer_may_call_are_refused(seasoned, topic):
    for n in range(3):
        make_member(f"neighbour{n}")
    with pytest.raises(BadText):
        reply(author=seasoned, topic=topic, body="@neighbour0 @neighbour1 @neighbour2 ดูนี่")


def test_on_the_first_day_three_topics_and_ten_comments(newcomer, topic, settings):
    settings.FORUMS_PACE = {}
    board = make_board()
    for n in range(3):
        start_topic(
            author=newcomer,
            board=board,
            kind="conversation",
            title=f"เรื่องที่ {n}",
            body=f"ข้อความที่ {n}",
        )
    with pytest.raises(FirstDayTopics) as refused:
        start_topic(author=newcomer, board=board, kind="conversation", title="อีก", body="อีกเรื่อง")
    assert "3" in str(refused.value.message)
    for n in range(10):
        theirs = make_topic(make_member(trust_level=2), board)
        reply(author=newcomer, topic=theirs, body=f"คำตอบ {n}")
    with pytest.raises(FirstDayReplies):
        reply(author=newcomer, topic=topic, body="คำตอบที่สิบเอ็ด")
    Post.objects.filter(author=newcomer).update(created_at=timezone.now() - timedelta(days=2))
    assert reply(author=newcomer, topic=topic, body="วันต่อมา").pk


def test_what_was_sent_faster_than_anybody_writes_waits(seasoned, topic):
    post = reply(author=seasoned, topic=topic, body="เร็วมาก", submission=new_stamp())
    assert why(post) == [HeldFor.QUICK]


def test_what_took_a_while_does_not_wait(seasoned, topic, monkeypatch):
    monkeypatch.setattr(looking, "age_of", lambda _stamp: 20.0)
    assert not why(reply(author=seasoned, topic=topic, body="ช้าหน่อย", submission=new_stamp()))


def test_a_form_that_is_not_ours_waits(seasoned, topic):
    post = reply(author=seasoned, topic=topic, body="จากที่อื่น", submission=uuid.uuid4())
    assert why(post) == [HeldFor.QUICK]


def test_the_same_text_in_two_places_waits_and_a_short_thank_you_does_not(known, topic):
    other = make_topic(make_member(trust_level=2), make_board())
    long = "ขอเชิญทุกท่านมาร่วมงานทอดผ้าป่าวันเสาร์นี้ที่วัดบ้านเรา"
    assert not why(reply(author=known, topic=topic, body=long))
    assert why(reply(author=known, topic=other, body=long)) == [HeldFor.AGAIN]
    reply(author=known, topic=topic, body="ขอบคุณค่ะ")
    assert not why(reply(author=known, topic=other, body="ขอบคุณค่ะ"))


def test_the_fifth_answer_in_a_row_of_a_newcomer_waits(seasoned, topic, known):
    for n in range(4):
        assert not why(reply(author=seasoned, topic=topic, body=f"ต่อที่ {n}"))
    assert why(reply(author=seasoned, topic=topic, body="ต่ออีก")) == [HeldFor.ROW]
    reply(author=known, topic=topic, body="คั่นกลาง")
    assert not why(reply(author=seasoned, topic=topic, body="ต่อได้แล้ว"))


def test_the_third_new_account_with_one_host_waits(topic):
    board = make_board()
    made = []
    for n in range(3):
        new = make_member(f"spam{n}", trust_level=0)
        read_by_many(new, make_topic(make_member(trust_level=2), board))
        made.append(reply(author=new, topic=topic, body=f"ดีมาก {n} https://www.casino.example/{n}"))
    assert [why(post) for post in made] == [[], [], [HeldFor.HOST]]


def test_where_many_link_to_says_nothing(topic):
    assert (
        hosts_of(
            ["https://www.youtube.com/watch?v=1", "https://m.facebook.com/x", "https://dopa.go.th/"]
        )
        == []
    )
    assert hosts_of(["https://www.casino.example/1", "https://casino.example:8080/2"]) == [
        "casino.example"
    ]


def test_nothing_is_asked_of_a_moderator(moderator, topic):
    body = " ".join(f"https://{n}.example/" for n in range(9))
    assert reply(author=moderator, topic=topic, body=body, submission=new_stamp()).held_at is None


def test_where_newcomers_are_trusted_nothing_waits(newcomer, topic, moderator, settings):
    settings.FORUMS_LOOKS_FIRST = False
    assert reply(author=newcomer, topic=topic, body="สวัสดี", submission=new_stamp()).held_at is None
