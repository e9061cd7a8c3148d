"""The public log: everyone reads what was decided and why; nobody who; private boards leave no trace."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.boards.models import Access
from forums.discussions.posts.actions import delete_post
from forums.moderation import actions
from forums.moderation.log import rows as log
from forums.moderation.models import Decision
from forums.moderation.sanctions import actions as sanctions
from tests.make import (
    make_activity,
    make_board,
    make_member,
    make_network,
    make_post,
    make_topic,
)

LOG = "/moderation/log/"
WHY = "โฆษณาขายของ"


def read(browser, query: str = "") -> str:
    answer = browser.get(LOG + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def private(db):
    return make_board("ห้องลับเฉพาะผู้ดูแล", read=Access.STAFF)


def test_an_empty_log_says_what_will_stand_here(as_, db):
    assert "ยังไม่มีคำตัดสินตรงนี้" in read(as_(None))


def test_everyone_reads_what_why_and_when_and_nobody_who(as_, malee, moderator):
    topic = make_topic(malee)
    actions.lock(moderator=moderator, topic=topic, reason=WHY)
    for reader in (None, malee, moderator):
        page = read(as_(reader)).split("<main")[1].split("</main>")[0]
        assert "ปิดการตอบ" in page
        assert WHY in page
        assert f'href="{topic.get_absolute_url()}">{topic.title}</a>' in page
        assert "ผู้ดูแลเว็บ ·" in page
        assert str(moderator) not in page
        assert moderator.handle not in page
        assert malee.display_name not in page


def test_a_hidden_title_is_told_only_to_whoever_may_open_the_topic(as_, malee, somchai, moderator):
    topic = make_topic(malee, title="ขายของถูกมาก")
    actions.hide_topic(moderator=moderator, topic=topic, reason=WHY)
    for reader, sees in [(None, False), (somchai, False), (malee, True), (moderator, True)]:
        page = read(as_(reader))
        assert WHY in page
        assert (topic.title in page) is sees
        assert (f"/t/{topic.pk}/" in page) is sees


def test_a_hidden_comment_leads_to_its_placeholder(as_, malee, moderator):
    post = make_post(make_topic(malee), body="ขายของจ้า")
    actions.hide_post(moderator=moderator, post=post, reason=WHY)
    page = read(as_(None))
    assert f'href="/p/{post.pk}/"' in page
    assert "ความคิดเห็นที่ 1 ในกระทู้" in page
    assert "ขายของจ้า" not in page


def test_members_stand_without_a_name(as_, malee, moderator):
    sanctions.suspend(moderator=moderator, member=malee, reason=WHY)
    for reader in (None, moderator):
        page = read(as_(reader)).split("<main")[1].split("</main>")[0]
        assert "สมาชิกคนหนึ่ง" in page
        assert malee.display_name not in page
        assert malee.handle not in page


def test_a_private_board_leaves_no_trace(as_, somchai, moderator, private):
    topic = make_topic(make_member(is_staff=True), private, title="เรื่องภายใน")
    post = make_post(topic, moderator)
    actions.pin(moderator=moderator, topic=topic, reason="เหตุผลภายใน")
    actions.hide_post(moderator=moderator, post=post, reason="เหตุผลภายใน")
    for reader in (None, somchai):
        assert "ยังไม่มีคำตัดสินตรงนี้" in read(as_(reader))
        assert "ยังไม่มีคำตัดสินตรงนี้" in read(as_(reader), f"?topic={topic.pk}")
        assert "ยังไม่มีคำตัดสินตรงนี้" in read(as_(reader), f"?post={post.pk}")
    assert read(as_(moderator)).count("เหตุผลภายใน") == 2


def test_a_topic_does_not_bring_its_private_past_along(as_, moderator, private, board):
    topic = make_topic(moderator, private, title="เรื่องที่เคยเป็นความลับ")
    actions.pin(moderator=moderator, topic=topic, reason="เหตุผลภายใน")
    actions.move(moderator=moderator, topic=topic, board=board, reason="ย้ายออกจากห้องลับ")
    actions.lock(moderator=moderator, topic=topic, reason="เหตุผลที่เปิดเผย")
    page = read(as_(None))
    assert "เหตุผลที่เปิดเผย" in page
    assert "ภายใน" not in page
    assert "ลับ" not in page.replace("เรื่องที่เคยเป็นความลับ", "").replace("กลับ", "")

    actions.move(moderator=moderator, topic=topic, board=private, reason="กลับเข้าห้องลับ")
    assert "ยังไม่มีคำตัดสินตรงนี้" in read(as_(None))


def test_a_topic_sent_through_a_private_board_tells_nothing_of_it(as_, moderator, private, board):
    other = make_board("อาชีพ")
    topic = make_topic(moderator, board)
    actions.move(moderator=moderator, topic=topic, board=private, reason="เข้าห้องลับ")
    actions.move(moderator=moderator, topic=topic, board=other, reason="ออกจากห้องลับ")
    actions.move(moderator=moderator, topic=topic, board=board, reason="กลับที่เดิม")
    page = read(as_(None))
    assert "ห้องลับ" not in page
    assert "กลับที่เดิม" in page
    assert f"จากห้อง “{other.name}” ไปห้อง “{board.name}”" in page


def test_one_topic_and_one_post_can_be_asked_about(as_, malee, moderator):
    topic = make_topic(malee)
    post = make_post(topic)
    actions.lock(moderator=moderator, topic=topic, reason="เรื่องกระทู้")
    actions.hide_post(moderator=moderator, post=post, reason="เรื่องความคิดเห็น")
    browser = as_(None)
    assert "เรื่องกระทู้" in (page := read(browser, f"?topic={topic.pk}"))
    assert "เรื่องความคิดเห็น" not in page
    assert "เรื่องความคิดเห็น" in (page := read(browser, f"?post={post.pk}"))
    assert "เรื่องกระทู้" not in page
    assert "ยังไม่มีคำตัดสินตรงนี้" in read(browser, "?post=999999")


def test_pages_follow_each_other_without_gap_or_double(as_, malee, moderator):
    topic = make_topic(malee)
    for n in range(log.SIZE + 5):
        act = actions.pin if n % 2 == 0 else actions.unpin
        act(moderator=moderator, topic=topic, reason=f"ครั้งที่ {n}!")
    browser = as_(None)
    first = read(browser)
    oldest = Decision.objects.order_by("-pk")[log.SIZE - 1].pk
    assert f"?before={oldest}" in first
    second = read(browser, f"?before={oldest}")
    seen = [n for n in range(log.SIZE + 5) if f"ครั้งที่ {n}!" in first]
    rest = [n for n in range(log.SIZE + 5) if f"ครั้งที่ {n}!" in second]
    assert (seen, rest) == (list(range(5, log.SIZE + 5)), list(range(5)))
    assert f"topic={topic.pk}&amp;before={oldest}" in read(browser, f"?topic={topic.pk}")


@pytest.mark.parametrize(
    "query",
    [
        "?post=x",
        "?topic=",
        "?before=-1",
        "?before=x",
        "?before=๑",
        "?before=" + "9" * 30,
        "?post=1'",
    ],
)
def test_what_cannot_be_meant_is_404(query, as_, db):
    assert as_(None).get(LOG + query).status_code == 404


def test_the_log_is_only_for_reading(as_, moderator):
    assert as_(moderator).post(LOG).status_code == 405


def test_the_log_costs_the_same_for_two_and_for_thirty(as_, malee, moderator):
    def decide(count: int) -> None:
        for _ in range(count):
            topic = make_topic(make_member(), make_board())
            actions.hide_post(moderator=moderator, post=make_post(topic), reason=WHY)
            actions.move(moderator=moderator, topic=topic, board=make_board(), reason=WHY)
            sanctions.suspend(moderator=moderator, member=topic.author, reason=WHY)

    def cost(reader) -> int:
        browser = as_(reader)
        read(browser)
        with CaptureQueriesContext(connection) as captured:
            read(browser)
        return len(captured)

    decide(1)
    few = [cost(None), cost(malee)]
    decide(12)
    assert [cost(None), cost(malee)] == few
    assert few[0] <= 6


def test_the_log_is_read_from_the_newest_on_however_long_it_is(malee, moderator, visitor):
    topic = make_topic(malee)
    made = [
        Decision(
            moderator=moderator,
            act="pin",
            reason=WHY,
            topic=topic,
            details={"board": topic.board_id},
        )
        for _ in range(3000)
    ]
    Decision.objects.bulk_create(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE forums_decision")
    plan = Decision.objects.visible_to(visitor).order_by("-pk")[: log.SIZE + 1].explain()
    assert "Index Scan Backward using forums_decision_pkey" in plan
    assert "Sort" not in plan


# -- Her own words ------------------------------------------------------------------------------


def main(answer) -> str:
    return answer.text.split("<main")[1].split("</main>")[0]


def test_the_author_of_a_hidden_post_reads_her_words_and_why_and_nobody_else_does(
    as_, malee, somchai, moderator
):
    topic = make_topic(somchai)
    post = make_post(topic, malee, body="คำของ **ฉัน** ทั้งหมด")
    address = f"/p/{post.pk}/words/"
    assert as_(malee).get(address).status_code == 302  # it can still be read where it stands
    actions.hide_post(moderator=moderator, post=post, reason=WHY)
    assert f'href="{address}"' in as_(malee).get(topic.get_absolute_url()).text
    read = as_(malee).get(address)
    assert read.status_code == 200
    assert "คำของ **ฉัน** ทั้งหมด</textarea>" in main(read)
    assert WHY in main(read)
    assert str(moderator) not in main(read)
    assert "no-store" in read["Cache-Control"] or "private" in read["Cache-Control"]
    for reader in (somchai, moderator):
        assert as_(reader).get(address).status_code == 404
        assert address not in as_(reader).get(topic.get_absolute_url()).text
    assert as_(None).get(address).status_code == 302


def test_who_commented_in_a_topic_that_was_hidden_finds_her_words_by_their_address(
    as_, malee, somchai, moderator
):
    topic = make_topic(somchai)
    post = make_post(topic, malee, body="ความเห็นยาว ๆ")
    actions.hide_topic(moderator=moderator, topic=topic, reason=WHY)
    assert as_(malee).get(topic.get_absolute_url()).status_code == 404
    led = as_(malee).get(f"/p/{post.pk}/")
    assert (led.status_code, led["Location"]) == (302, f"/p/{post.pk}/words/")
    read = as_(malee).get(f"/p/{post.pk}/words/")
    assert "ความเห็นยาว ๆ</textarea>" in main(read)
    assert WHY in main(read)
    assert topic.title not in main(read)
    assert as_(moderator).get(f"/p/{post.pk}/").status_code == 302
    assert as_(make_member()).get(f"/p/{post.pk}/").status_code == 404


def test_what_she_took_back_she_can_still_copy(as_, malee):
    topic = make_topic()
    post = make_post(topic, malee, body="พิมพ์ผิดไปหน่อย")
    delete_post(member=malee, post=post)
    read = as_(malee).get(f"/p/{post.pk}/words/")
    assert "พิมพ์ผิดไปหน่อย</textarea>" in main(read)
    assert "ลบข้อความนี้ไปแล้ว" in main(read)


def test_who_announced_an_activity_that_was_hidden_reads_her_words(as_, malee, somchai, moderator):
    activity = make_activity(make_network("คนรักคลอง", malee), malee, body="นัดกันที่ท่าน้ำ")
    actions.hide_activity(moderator=moderator, activity=activity, reason=WHY)
    led = as_(malee).get(activity.get_absolute_url())
    assert led["Location"] == f"/moderation/activities/{activity.pk}/words/"
    read = as_(malee).get(led["Location"])
    assert "นัดกันที่ท่าน้ำ" in main(read)
    assert WHY in main(read)
    assert as_(somchai).get(activity.get_absolute_url()).status_code == 404
    assert as_(somchai).get(led["Location"]).status_code == 404
