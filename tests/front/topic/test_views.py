"""Pages of topics: who gets what, and how many questions a page asks the database."""

import re
import uuid
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from forums.discussions.boards.models import Access
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network, TaggedNetwork
from forums.moderation import actions as moderation
from forums.reading.marks.models import ReadMark
from forums.tags.models import Tag
from forums.tags.tagging import get_tags
from tests.make import make_board, make_member, make_network, make_post, make_topic


def start_form(board, **fields):
    return {
        "kind": "conversation",
        "board": board.slug,
        "title": "เดินเยี่ยมบ้านกันอย่างไร",
        "body": "บ้านอื่นจัดเวรกันอย่างไรบ้าง",
        "tags": "เยี่ยมบ้าน อสม.",
        "submission": str(uuid.uuid4()),
        **fields,
    }


# -- who may open a topic -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "visitor", "newcomer", "known", "staff"),
    [
        (Access.EVERYONE, 200, 200, 200, 200),
        (Access.MEMBERS, 404, 200, 200, 200),
        (Access.LEVEL_2, 404, 404, 200, 200),
        (Access.STAFF, 404, 404, 404, 200),
    ],
)
def test_a_topic_opens_for_those_who_may_enter_its_board(
    as_, moderator, malee, read, visitor, newcomer, known, staff
):
    address = make_topic(moderator, make_board(read=read)).get_absolute_url()
    asked = [None, malee, make_member(trust_level=2), moderator]
    answers = [as_(who).get(address).status_code for who in asked]
    assert answers == [visitor, newcomer, known, staff]


def test_a_hidden_topic_opens_for_its_author_and_moderators_only(as_, malee, somchai, moderator):
    topic = make_topic(malee)
    moderation.hide_topic(moderator=moderator, topic=topic, reason="มีข้อมูลส่วนตัว")
    address = topic.get_absolute_url()
    assert [as_(who).get(address).status_code for who in (None, somchai, malee, moderator)] == [
        404, 404, 200, 200,
    ]  # fmt: skip
    assert "กระทู้นี้ถูกซ่อนไว้" in as_(malee).get(address).content.decode()


def test_a_wrong_slug_leads_to_the_right_one_and_keeps_the_page(as_, board, malee):
    topic = make_topic(malee, board)
    for address in (f"/t/{topic.pk}/", f"/t/{topic.pk}/อะไรก็ได้/?page=1"):
        answer = as_(None).get(address)
        assert answer.status_code == 301
        assert as_(None).get(answer.url).status_code == 200


def test_a_redirect_tells_nothing_of_a_topic_one_may_not_see(as_, moderator):
    topic = make_topic(moderator, make_board(read=Access.STAFF), title="เรื่องลับ")
    answer = as_(None).get(f"/t/{topic.pk}/")
    assert answer.status_code == 404
    assert "เรื่องลับ" not in answer.content.decode()


# -- what a page shows and costs ----------------------------------------------------------------


def long_topic(author, comments, replies=0):
    topic = make_topic(make_member(is_staff=True), title="กระทู้ยาว", tags=["ยาว"])
    for n in range(comments):
        comment = make_post(topic, author, body=f"ความเห็นลำดับ {n + 1}")
        for m in range(replies):
            make_post(topic, author, parent=comment, body=f"ตอบ {n + 1}-{m + 1}")
    return Topic.objects.get(pk=topic.pk)


@pytest.mark.parametrize(("who", "most"), [("visitor", 8), ("malee", 14)])
def test_a_topic_asks_as_many_questions_for_forty_comments_as_for_two(
    as_, malee, moderator, who, most, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_(malee if who == "malee" else None)
    short, long = long_topic(moderator, 2, replies=1), long_topic(moderator, 40, replies=2)
    Topic.objects.update(related=[short.pk])  # one question more, where there are any
    client.get("/")  # the footer's pages are kept for a minute
    client.get(make_topic().get_absolute_url())  # that she is here is written once an hour
    with django_assert_max_num_queries(most) as first:
        client.get(short.get_absolute_url())
    for page in ("", "?page=2", "?page=last"):
        ReadMark.objects.all().delete()  # each brings its reader on, which is written
        with django_assert_num_queries(len(first.captured_queries)):
            client.get(long.get_absolute_url() + page)


@pytest.mark.parametrize("address", ["/", "/new/", "/hot/", "/unanswered/"])
def test_a_list_asks_as_many_questions_for_forty_rows_as_for_two(
    as_, malee, board, address, django_assert_num_queries, django_assert_max_num_queries
):
    author = make_member(is_staff=True)
    for _ in range(2):
        make_topic(author, board, tags=["หนึ่ง", "สอง"])
    for who, most in ((None, 8), (malee, 14)):
        client = as_(who)
        client.get(address)
        with django_assert_max_num_queries(most) as first:
            client.get(address)
        few = len(first.captured_queries)
        if who is None:
            for _ in range(38):
                make_topic(author, board, tags=["หนึ่ง", "สาม"])
            with django_assert_num_queries(few):
                client.get(address)


def test_a_page_is_a_range_of_numbers_and_stays_so_when_posts_go(as_, moderator, malee):
    topic = long_topic(moderator, 25)
    moderation.hide_post(
        moderator=moderator, post=Post.objects.get(topic=topic, number=3), reason="หยาบคาย"
    )
    first = as_(None).get(topic.get_absolute_url()).content.decode()
    second = as_(None).get(topic.get_absolute_url() + "?page=2").content.decode()
    assert "ความเห็นลำดับ 20" in first
    assert "ความเห็นลำดับ 21" not in first
    assert "ความเห็นลำดับ 21" in second
    assert "ความเห็นลำดับ 3<" not in first
    assert "ความคิดเห็นที่ 3 ถูกซ่อนไว้" in first


def test_ten_replies_stand_under_a_comment_and_the_rest_in_its_thread(as_, moderator):
    topic = long_topic(moderator, 1, replies=13)
    page = as_(None).get(topic.get_absolute_url()).content.decode()
    assert "ตอบ 1-10<" in page
    assert "ตอบ 1-11<" not in page
    assert "ดูที่ตอบกันอีก 3 ข้อความ" in page
    comment = Post.objects.get(topic=topic, number=1, reply_number=0)
    thread = as_(None).get(f"/p/{comment.pk}/thread/").content.decode()
    assert "ตอบ 1-13<" in thread


@pytest.mark.parametrize("page", ["0", "-1", "2", "1" + "0" * 30, "x", "๑", "1.5", "", "%00"])
def test_what_is_no_page_is_404_not_an_error(as_, board, malee, page):
    topic = make_topic(malee, board)
    assert as_(None).get(f"{topic.get_absolute_url()}?page={page}").status_code in (400, 404)


def test_names_and_titles_are_escaped_wherever_they_stand(as_, board):
    author = make_member(display_name="<b onclick=x>ชื่อ</b>")
    topic = make_topic(author, board, title="<script>alert(1)</script>", tags=["<i>"])
    make_post(topic, author, body="{pk} {0} <b>ไม่ใช่แท็ก</b>")
    for address in (topic.get_absolute_url(), "/", board.get_absolute_url(), "/tags/"):
        html = as_(None).get(address).content.decode()
        assert "<script>alert" not in html
        assert "<b onclick" not in html
        assert "<i>" not in html.replace("<i class", "")
    assert "{pk} {0} &lt;b&gt;ไม่ใช่แท็ก" in as_(None).get(topic.get_absolute_url()).content.decode()


# -- starting -----------------------------------------------------------------------------------


def test_a_member_starts_a_topic(as_, malee, board):
    answer = as_(malee).post("/start/", start_form(board))
    topic = Topic.objects.get()
    assert (answer.status_code, unquote(answer.url)) == (302, topic.get_absolute_url())
    assert [tag.name for tag in topic.tags.order_by("tagged")] == ["เยี่ยมบ้าน", "อสม"]


def test_a_visitor_is_sent_to_sign_in_and_comes_back(as_, board):
    answer = as_(None).get(f"/b/{board.slug}/new/")
    assert answer.status_code == 302
    assert answer.url == f"/accounts/login/?next=/b/{board.slug}/new/"


def test_a_text_sent_after_the_session_ended_comes_back(as_, board):
    answer = as_(None).post("/start/", start_form(board, body="เขียนมาตั้งนาน"))
    assert answer.status_code == 403
    assert "เขียนมาตั้งนาน" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": "\u200b\u2060"}, "ตั้งหัวข้อก่อน"),
        ({"title": "ก" * 201}, "ข้อความนี้มี 201 ตัวอักษร"),
        ({"body": "  "}, "เขียนอะไรสักหน่อยก่อน"),
        ({"tags": "ก ข ค ง จ ฉ"}, "ใส่ได้ไม่เกิน 5 แท็ก"),
        ({"tags": "น้ำท่วม" * 8}, "ยาวเกินไป"),
        ({"kind": ""}, "เลือกก่อนว่ากระทู้นี้เป็นแบบไหน"),
        ({"kind": "poll"}, "kind"),
        ({"board": "ไม่มีห้องนี้"}, "ตั้งกระทู้ในห้องนี้ไม่ได้ เลือกห้องอื่นก่อน"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_still_there(
    as_, malee, board, fields, message
):
    form = start_form(board, body="เนื้อความที่พิมพ์ไว้แล้ว") | fields
    answer = as_(malee).post("/start/", form)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert message in page
    if "body" not in fields:
        assert "เนื้อความที่พิมพ์ไว้แล้ว" in page
    assert not Topic.objects.exists()


def test_nobody_starts_a_topic_where_only_others_write(as_, malee):
    board = make_board(write=Access.STAFF)
    answer = as_(malee).post("/start/", start_form(board))
    assert answer.status_code == 400
    assert not Topic.objects.exists()


def test_a_preview_writes_nothing_and_keeps_the_form(as_, malee, board):
    form = start_form(board, body="**หนา**ครับ", preview="1")
    page = as_(malee).post("/start/", form).content.decode()
    assert "<strong>หนา</strong>ครับ" in page
    assert "**หนา**ครับ</textarea>" in page
    assert not Topic.objects.exists()


# -- editing, deleting, accepting ---------------------------------------------------------------


def test_the_author_edits_and_others_are_told_why_not(as_, malee, somchai, board):
    topic = make_topic(malee, board, tags=["หนึ่ง"])
    address = f"/t/{topic.pk}/edit/"
    assert as_(malee).get(address).status_code == 200
    assert as_(somchai).get(address).status_code == 403
    form = {"title": "หัวข้อใหม่", "body": "ใหม่", "tags": "สอง", "reason": "ชัดขึ้น", "revision": 0}
    assert as_(somchai).post(address, form).status_code == 403
    assert as_(malee).post(address, form).status_code == 302
    topic.refresh_from_db()
    assert topic.title == "หัวข้อใหม่"


def test_an_edit_from_an_old_window_is_409_and_gives_the_text_back(as_, malee, board):
    topic = make_topic(malee, board)
    form = {"title": "ก", "body": "จากเครื่องแรก", "revision": 0}
    as_(malee).post(f"/t/{topic.pk}/edit/", form)
    answer = as_(malee).post(f"/t/{topic.pk}/edit/", form | {"body": "จากเครื่องที่สอง"})
    assert answer.status_code == 409
    assert "จากเครื่องที่สอง" in answer.content.decode()


def test_a_question_shows_the_answer_its_author_chose(as_, malee, somchai, board):
    topic = make_topic(malee, board, kind="question")
    answer = make_post(topic, somchai, body="ลองทำตารางเวรดูครับ")
    assert as_(somchai).post(f"/p/{answer.pk}/accept/").status_code == 403
    assert as_(malee).post(f"/p/{answer.pk}/accept/", {"on": "1"}).status_code == 302
    page = as_(None).get(topic.get_absolute_url()).content.decode().split("</head>")[1]
    assert page.count("คำตอบที่ผู้ถามเลือก") == 2
    assert page.count("ลองทำตารางเวรดูครับ") == 2
    as_(malee).post(f"/p/{answer.pk}/accept/", {"on": "0"})
    assert "คำตอบที่ผู้ถามเลือก" not in as_(None).get(topic.get_absolute_url()).content.decode()


def test_deleting_asks_first(as_, malee, board):
    topic = make_topic(malee, board)
    assert as_(malee).get(f"/t/{topic.pk}/delete/").status_code == 200
    assert as_(malee).post(f"/t/{topic.pk}/delete/").url == board.get_absolute_url()
    assert not Topic.objects.visible_to(AnonymousUser()).exists()


# -- tags ---------------------------------------------------------------------------------------


def test_a_tag_that_stands_only_on_private_topics_does_not_exist_for_others(as_, malee, visitor):
    make_topic(malee, make_board(read=Access.MEMBERS), tags=["เฉพาะสมาชิก"])
    assert as_(None).get("/tags/เฉพาะสมาชิก/").status_code == 404
    assert as_(malee).get("/tags/เฉพาะสมาชิก/").status_code == 200
    assert "เฉพาะสมาชิก" not in as_(malee).get("/tags/").content.decode()
    assert "เฉพาะสมาชิก" not in as_(malee).get("/tags/suggest/?q=เฉพาะ").content.decode()


def test_tags_are_suggested_by_their_beginning(as_, malee, board):
    make_topic(malee, board, tags=["น้ำท่วม", "น้ำหนุน", "ไฟป่า"])
    page = as_(malee).get("/tags/suggest/?q=อสม น้ำ").content.decode()
    assert "น้ำท่วม" in page
    assert "ไฟป่า" not in page


# -- networks on these pages --------------------------------------------------------------------------


def test_a_tag_names_the_networks_that_carry_it(as_, malee, board):
    make_topic(malee, board, tags=["น้ำท่วม"])
    tag = Tag.objects.get(name="น้ำท่วม")
    for number in range(10):
        network = make_network(f"อาสา {number}", malee)
        TaggedNetwork.objects.create(network=network, tag=tag)
    Network.objects.filter(name="อาสา 9").update(hidden_at=timezone.now())
    page = as_(malee).get(tag.get_absolute_url()).content.decode()
    assert re.findall(r"</svg></span>\s*(อาสา \d)</a>", page) == [
        f"อาสา {n}" for n in range(8, 0, -1)
    ]
    assert "ดูทุกเครือข่ายที่ใช้แท็กนี้" in page


def test_a_tag_only_a_network_carries_has_a_page_and_one_of_a_hidden_network_has_none(as_, malee):
    (tag,) = get_tags(["ป่าชุมชน"])
    network = make_network("คนเฝ้าป่า", malee)
    TaggedNetwork.objects.create(network=network, tag=tag)
    page = as_(None).get(tag.get_absolute_url())
    assert page.status_code == 200
    assert "ยังไม่มีกระทู้ที่ใช้แท็กนี้" in page.content.decode()
    Network.objects.filter(pk=network.pk).update(hidden_at=timezone.now())
    assert as_(malee).get(tag.get_absolute_url()).status_code == 404
