"""Pages of posts: replying, permalinks, threads, editing, history, deleting, marking."""

import uuid
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.boards.models import Access
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post, Revision
from forums.discussions.posts.revisions import LISTED, MOST
from forums.discussions.topics.models import Topic
from forums.moderation import actions as moderation
from tests.make import make_board, make_member, make_post, make_topic


def reply_form(**fields):
    return {"body": "ของเราทำแบบนี้", "submission": str(uuid.uuid4()), **fields}


def test_a_member_replies_and_lands_on_the_new_post(as_, malee):
    topic = make_topic()
    answer = as_(malee).post(f"/t/{topic.pk}/reply/", reply_form())
    post = Post.objects.get(topic=topic, number=1)
    assert answer.url == f"/p/{post.pk}/"
    assert unquote(as_(malee).get(answer.url).url) == f"{topic.get_absolute_url()}#p{post.pk}"


def test_a_double_click_writes_one_post(as_, malee):
    topic, form, client = make_topic(), reply_form(), as_(malee)
    first, second = (client.post(f"/t/{topic.pk}/reply/", form) for _ in range(2))
    assert first.url == second.url
    assert Post.objects.filter(topic=topic, number__gt=0).count() == 1


def test_a_reply_to_a_reply_belongs_to_the_thread(as_, malee, somchai):
    topic = make_topic()
    comment = make_post(topic, somchai)
    answer = make_post(topic, somchai, parent=comment)
    as_(malee).post(f"/t/{topic.pk}/reply/", reply_form(to=answer.pk))
    assert Post.objects.get(author=malee).label == "1-2"


@pytest.mark.parametrize(
    ("trouble", "status", "message"),
    [
        ("lock", 409, "ปิดการตอบแล้ว"),
        ("hide", 404, ""),
        ("move", 404, ""),
        ("quiet", 403, "ห้องนี้เขียนได้เฉพาะผู้ดูแลเว็บ ตั้งกระทู้ในห้องอื่นได้"),
    ],
)
def test_a_reply_that_comes_too_late_gives_the_text_back(
    as_, malee, moderator, trouble, status, message
):
    topic = make_topic()
    matter = {"moderator": moderator, "topic": topic, "reason": "เหตุ"}
    if trouble == "lock":
        moderation.lock(**matter)
    elif trouble == "hide":
        moderation.hide_topic(**matter)
    else:
        board = make_board(read=Access.STAFF) if trouble == "move" else make_board(write=9)
        moderation.move(board=board, **matter)
    answer = as_(malee).post(f"/t/{topic.pk}/reply/", reply_form(body="พิมพ์มาตั้งนานแล้วค่ะ"))
    page = answer.content.decode()
    assert answer.status_code == status
    assert message in page
    assert "พิมพ์มาตั้งนานแล้วค่ะ" in page


def test_a_reply_to_a_hidden_post_is_409_and_gives_the_text_back(as_, malee, somchai, moderator):
    topic = make_topic()
    post = make_post(topic, somchai)
    moderation.hide_post(moderator=moderator, post=post, reason="หยาบคาย")
    answer = as_(malee).post(f"/t/{topic.pk}/reply/", reply_form(to=post.pk, body="ตอบช้าไป"))
    assert answer.status_code == 409
    assert "ตอบช้าไป" in answer.content.decode()


def test_too_fast_is_429_and_gives_the_text_back(as_, malee, settings):
    settings.FORUMS_PACE = {"posts": [(1, 60)], "topics": [(9, 60)]}
    topic, client = make_topic(), as_(malee)
    client.post(f"/t/{topic.pk}/reply/", reply_form())
    answer = client.post(f"/t/{topic.pk}/reply/", reply_form(body="รีบไปหน่อย"))
    assert answer.status_code == 429
    assert "รีบไปหน่อย" in answer.content.decode()


@pytest.mark.parametrize("to", ["x", "-1", "1" * 30, "0", "999999"])
def test_an_answer_to_nothing_is_404(as_, malee, to):
    topic = make_topic()
    assert as_(malee).post(f"/t/{topic.pk}/reply/", reply_form(to=to)).status_code == 404


def test_nul_bytes_are_taken_out_of_a_text(as_, malee):
    topic = make_topic()
    as_(malee).post(f"/t/{topic.pk}/reply/", reply_form(body="ก่อน\x00หลัง"))
    assert Post.objects.get(author=malee).body == "ก่อนหลัง"


def test_a_quote_names_whom_it_quotes(as_, malee):
    topic = make_topic()
    author = make_member(display_name="ลุง [ชิต]")
    post = make_post(topic, author, body="บรรทัดหนึ่ง\nบรรทัดสอง")
    page = as_(malee).get(f"/t/{topic.pk}/reply/?to={post.pk}&quote=1").content.decode()
    assert f"&gt; [ลุง \\[ชิต\\]](/p/{post.pk}/) เขียนว่า" in page
    assert "&gt; บรรทัดสอง" in page


def test_a_hidden_post_cannot_be_quoted_out(as_, malee, somchai, moderator):
    topic = make_topic()
    post = make_post(topic, somchai, body="เบอร์ของคนอื่น")
    moderation.hide_post(moderator=moderator, post=post, reason="ข้อมูลส่วนตัว")
    for address in (
        f"/t/{topic.pk}/reply/?to={post.pk}&quote=1", f"/p/{post.pk}/history/",
        f"/p/{post.pk}/thread/", topic.get_absolute_url(),
    ):  # fmt: skip
        assert "เบอร์ของคนอื่น" not in as_(malee).get(address).content.decode()


def test_permalinks_lead_to_the_right_page_and_thread(as_, moderator):
    topic = make_topic()
    comments = [make_post(topic, moderator) for _ in range(21)]
    replies = [make_post(topic, moderator, parent=comments[0]) for _ in range(41)]
    base = topic.get_absolute_url()
    where = {
        comments[0]: f"{base}#p{comments[0].pk}",
        comments[20]: f"{base}?page=2#p{comments[20].pk}",
        replies[9]: f"{base}#p{replies[9].pk}",
        replies[10]: f"/p/{comments[0].pk}/thread/#p{replies[10].pk}",
        replies[40]: f"/p/{comments[0].pk}/thread/?page=2#p{replies[40].pk}",
    }
    for post, address in where.items():
        assert unquote(as_(None).get(f"/p/{post.pk}/").url) == address


def test_a_permalink_tells_nothing_of_a_private_topic(as_, moderator):
    topic = make_topic(moderator, make_board(read=Access.STAFF), title="เรื่องภายใน")
    post = make_post(topic, moderator)
    for door in ("", "thread/", "history/", "edit/", "delete/"):
        answer = as_(make_member()).get(f"/p/{post.pk}/{door}")
        assert answer.status_code == 404
        assert "เรื่องภายใน" not in answer.content.decode()


def test_a_reply_in_a_thread_page_names_whom_it_answers(as_, malee, somchai):
    topic = make_topic()
    comment = make_post(topic, malee)
    first = make_post(topic, somchai, parent=comment)
    make_post(topic, malee, parent=first)
    page = as_(None).get(f"/p/{comment.pk}/thread/").content.decode()
    assert page.count('<span class="to">สมชาย ตั้งใจดี</span>') == 1


def test_editing_shows_in_the_history_for_everyone(as_, malee):
    post = make_post(make_topic(), malee, body="เดือนละครั้ง")
    form = {"body": "เดือนละสองครั้ง", "reason": "จำผิด", "revision": 0}
    assert as_(malee).post(f"/p/{post.pk}/edit/", form).status_code == 302
    page = as_(None).get(f"/p/{post.pk}/history/").content.decode()
    assert "จำผิด" in page
    assert "<ins>สอง</ins>" in page


def test_a_post_never_edited_has_no_history_page(as_, malee):
    post = make_post(make_topic(), malee)
    assert as_(None).get(f"/p/{post.pk}/history/").status_code == 404


def test_every_version_can_be_read_and_no_other_number(as_, malee):
    post = make_post(make_topic(), malee, body="หนึ่ง")
    edit_post(editor=malee, post=post, body="สอง")
    edit_post(editor=malee, post=post, body="สาม")
    pages = {n: as_(None).get(f"/p/{post.pk}/history/?page={n}") for n in (1, 2, 3, 4)}
    assert [answer.status_code for answer in pages.values()] == [200, 200, 200, 404]
    assert "หนึ่ง" in pages[1].content.decode()


def test_a_long_history_reads_two_texts_and_names_some_versions(
    as_, malee, settings, django_assert_max_num_queries
):
    settings.FORUMS_PACE = {}
    post = make_post(make_topic(), malee, body="ฉบับแรก")
    edit_post(editor=malee, post=post, body="ฉบับที่สอง")
    now = timezone.now()
    Revision.objects.bulk_create(
        Revision(post=post, number=n, author=malee, body=f"ฉบับ {n} " * 300, created_at=now)
        for n in range(3, 301)
    )
    Post.objects.filter(pk=post.pk).update(revision_count=300)
    url, client = f"/p/{post.pk}/history/", as_(None)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url).content.decode()
    texts = [q["sql"] for q in asked.captured_queries if '"forums_revision"."body"' in q["sql"]]
    assert len(texts) == 1  # of two versions
    assert page.count("?page=") == LISTED + 1
    assert len(page) < 60_000
    page = client.get(f"{url}?page=100").content.decode()
    assert 'href="?page=300">ฉบับล่าสุด' in page
    assert 'href="?page=70">ฉบับก่อน ๆ' in page
    assert "ฉบับแรก" in client.get(f"{url}?page=1").content.decode()


def test_a_text_has_an_end_of_versions(as_, malee, settings):
    settings.FORUMS_PACE = {}
    post = make_post(make_topic(), malee)
    Post.objects.filter(pk=post.pk).update(revision_count=MOST)
    sent = {"body": "แก้อีกครั้งหนึ่ง", "revision": MOST}
    answer = as_(malee).post(f"/p/{post.pk}/edit/", sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "แก้ไขครบ 500 ครั้งแล้ว" in page
    assert "แก้อีกครั้งหนึ่ง" in page


@pytest.mark.parametrize("what", ["post", "topic"])
def test_edits_have_a_pace(as_, malee, settings, what):
    settings.FORUMS_PACE = {"edits": [(2, 60)]}
    topic = make_topic(malee)
    url = f"/t/{topic.pk}/edit/"
    sent = {"title": topic.title}
    if what == "post":
        url, sent = f"/p/{make_post(topic, malee).pk}/edit/", {}
    client = as_(malee)
    for body in ("หนึ่ง", "สอง"):
        assert client.post(url, sent | {"body": body}).status_code == 302
    answer = client.post(url, sent | {"body": "สามครั้งในหนึ่งนาที"})
    assert answer.status_code == 429
    assert "สามครั้งในหนึ่งนาที" in answer.content.decode()


@pytest.mark.parametrize("door", ["edit", "delete"])
def test_only_the_author_edits_and_deletes(as_, malee, somchai, door):
    post = make_post(make_topic(), malee)
    assert as_(malee).get(f"/p/{post.pk}/{door}/").status_code == 200
    assert as_(somchai).get(f"/p/{post.pk}/{door}/").status_code == 403
    assert as_(somchai).post(f"/p/{post.pk}/{door}/", {"body": "แก้แทน"}).status_code == 403
    assert as_(None).get(f"/p/{post.pk}/{door}/").status_code == 302


def test_a_deleted_post_leaves_a_line(as_, malee):
    topic = make_topic()
    post = make_post(topic, malee, body="ไม่น่าเขียนเลย")
    as_(malee).post(f"/p/{post.pk}/delete/")
    page = as_(None).get(topic.get_absolute_url()).content.decode()
    assert "ไม่น่าเขียนเลย" not in page
    assert "ความคิดเห็นที่ 1 ผู้เขียนลบเอง" in page


def test_marks_are_given_and_taken_back_by_plain_forms(as_, malee, somchai):
    topic = make_topic()
    post = make_post(topic, malee)
    client = as_(somchai)
    assert client.post(f"/p/{post.pk}/mark/useful/", {"on": "1"}).status_code == 302
    assert (
        'aria-pressed="true">มีประโยชน์ <b>1</b>'
        in client.get(topic.get_absolute_url()).content.decode()
    )
    client.post(f"/p/{post.pk}/mark/useful/", {"on": "0"})
    assert (
        'aria-pressed="false">มีประโยชน์ <b>0</b>'
        in client.get(topic.get_absolute_url()).content.decode()
    )


def test_a_script_gets_just_the_two_buttons(as_, malee, somchai):
    post = make_post(make_topic(), malee)
    answer = as_(somchai).post(
        f"/p/{post.pk}/mark/agree/", {"on": "1"}, headers={"X-Requested-With": "fetch"}
    )
    page = answer.content.decode()
    assert "เห็นด้วย <b>1</b>" in page
    assert "<html" not in page


def test_marks_are_refused_where_they_make_no_sense(as_, malee, somchai, moderator):
    post = make_post(make_topic(), malee)
    assert as_(malee).post(f"/p/{post.pk}/mark/useful/").status_code == 403
    assert as_(somchai).post(f"/p/{post.pk}/mark/love/").status_code == 404
    assert as_(somchai).get(f"/p/{post.pk}/mark/useful/").status_code == 405
    assert as_(None).post(f"/p/{post.pk}/mark/useful/").status_code == 403
    private = make_post(make_topic(moderator, make_board(read=Access.STAFF)), moderator)
    assert as_(somchai).post(f"/p/{private.pk}/mark/useful/").status_code == 404


def test_every_form_refuses_a_request_without_a_token(malee, board):
    from django.test import Client

    topic = make_topic(malee, board)
    post = make_post(topic, make_member())
    client = Client(enforce_csrf_checks=True)
    client.force_login(malee)
    for address in (
        "/start/", f"/t/{topic.pk}/reply/", f"/t/{topic.pk}/edit/", f"/t/{topic.pk}/delete/",
        f"/p/{post.pk}/edit/", f"/p/{post.pk}/delete/", f"/p/{post.pk}/mark/useful/",
        f"/p/{post.pk}/accept/", "/preview/", "/upload/",
    ):  # fmt: skip
        assert client.post(address, {"body": "x"}).status_code == 403, address


# -- ways through a long topic --------------------------------------------------------------------


@pytest.fixture
def long_topic(moderator):
    topic = make_topic(moderator)
    comments = [make_post(topic, moderator) for _ in range(21)]
    for _ in range(3):
        make_post(topic, moderator, parent=comments[4])
    topic.refresh_from_db()
    return topic


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("5", "5"), ("๒๑", "21"), (" #7 ", "7"), ("5-2", "5-2"), ("5.2", "5-2"), ("5 2", "5-2"),
        ("999", "21"), ("999999999", "21"), ("5-99", "5-3"), ("6-1", "6"), ("99-1", "21"), ("0", "0"),
    ],
)  # fmt: skip
def test_a_number_leads_to_its_post_or_the_nearest_before(as_, long_topic, asked, found):
    number, _, reply_number = found.partition("-")
    post = long_topic.posts.get(number=number, reply_number=reply_number or 0)
    page = "?page=2" if number == "21" else ""
    answer = as_(None).get(f"/t/{long_topic.pk}/by/number/", {"no": asked})
    assert unquote(answer.url) == f"{long_topic.get_absolute_url()}{page}#p{post.pk}"


@pytest.mark.parametrize("asked", ["", "x", "-1", "1-", "1" * 10, "1-2-3", "²"])
def test_what_is_no_number_is_told_how_to_write_one(as_, long_topic, asked):
    answer = as_(None).get(f"/t/{long_topic.pk}/by/number/", {"no": asked})
    assert answer.status_code == 400
    assert "พิมพ์เลขความคิดเห็น เช่น 12" in answer.content.decode()


def test_the_newest_is_the_newest_that_can_be_read(as_, long_topic, moderator):
    newest = long_topic.posts.get(number=5, reply_number=3)
    address = f"/t/{long_topic.pk}/by/newest/"
    assert as_(None).get(address).url.endswith(f"#p{newest.pk}")
    moderation.hide_post(moderator=moderator, post=newest, reason="โฆษณา")
    before = long_topic.posts.get(number=5, reply_number=2)
    assert as_(None).get(address).url.endswith(f"#p{before.pk}")


def test_ways_through_stand_in_long_topics_only_and_tell_nothing_of_private_ones(
    as_, long_topic, moderator
):
    short, private = make_topic(), make_topic(moderator, make_board(read=Access.STAFF))
    way = "/by/newest/"
    assert way in as_(None).get(long_topic.get_absolute_url()).content.decode()
    assert way not in as_(None).get(short.get_absolute_url()).content.decode()
    for rest in ("newest/", "number/?no=1"):
        assert as_(None).get(f"/t/{private.pk}/by/{rest}").status_code == 404


def test_the_reply_page_shows_what_is_answered_above_the_box(as_, malee, somchai):
    topic = make_topic(somchai, body="เรื่องเริ่มตรงนี้")
    post = make_post(topic, somchai, body="บ้านเราทำสองเวร")
    for to, words in ((post, "บ้านเราทำสองเวร"), (topic.posts.get(number=0), "เรื่องเริ่มตรงนี้")):
        page = as_(malee).get(f"/t/{topic.pk}/reply/?to={to.pk}").content.decode()
        assert page.index(words) < page.index("<textarea")
        assert "ตอบ สมชาย ตั้งใจดี" in page
        assert "autofocus" in page


def test_a_reply_written_without_signal_is_told_what_became_of_it(as_, malee):
    topic = make_topic()
    client, form, asks = as_(malee), reply_form(), {"Accept": "application/json"}
    said = [client.post(f"/t/{topic.pk}/reply/", form, headers=asks).json() for _ in range(2)]
    post = Post.objects.get(author=malee)
    assert said == [{"url": f"/p/{post.pk}/"}] * 2
    empty = client.post(f"/t/{topic.pk}/reply/", reply_form(body=" "), headers=asks)
    assert (empty.status_code, bool(empty.json()["error"])) == (400, True)
    out = as_(None).post(f"/t/{topic.pk}/reply/", reply_form(), headers=asks)
    assert (out.status_code, bool(out.json()["error"])) == (403, True)
    Topic.objects.update(locked_at=timezone.now())
    late = client.post(f"/t/{topic.pk}/reply/", reply_form(body="มาช้า"), headers=asks)
    assert late.status_code == 409
    assert late.json()["error"].startswith("กระทู้นี้ปิดการตอบแล้ว")
