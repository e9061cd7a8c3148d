"""A member's public page."""

from forums.discussions.boards.models import Access
from forums.discussions.posts.actions import delete_post
from forums.moderation import actions as moderation
from tests.make import make_board, make_member, make_post, make_topic


def test_a_thai_handle_has_an_address_of_its_own(as_, db):
    make_member("มาลี.น้ำว้า", display_name="มาลี คำหล้า", province="55", bio="อสม. มาสิบปี")
    answer = as_(None).get("/u/มาลี.น้ำว้า/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for word in ("มาลี คำหล้า", "น่าน", "อสม. มาสิบปี", "@มาลี.น้ำว้า"):
        assert word in page


def test_a_handle_typed_otherwise_leads_to_the_right_address(as_, malee):
    assert as_(None).get("/u/MALEE/").url == "/u/malee/"


def test_no_such_member_is_404(as_, db):
    for handle in ("nobody", "x" * 500, "%00", "น้้ำ"):
        assert as_(None).get(f"/u/{handle}/").status_code in (400, 404)


def test_the_page_never_shows_the_e_mail_address(as_, malee, moderator):
    for who in (None, malee, moderator):
        assert malee.email not in as_(who).get(malee.get_absolute_url()).content.decode()


def test_topics_and_posts_are_those_the_reader_may_read(as_, malee, moderator):
    private = make_topic(malee, make_board(read=Access.MEMBERS), title="เฉพาะสมาชิก")
    public = make_topic(malee, make_board(), title="ทุกคนอ่านได้")
    make_post(private, malee, body="พูดในห้องปิด")
    make_post(public, malee, body="พูดในห้องเปิด")
    gone = make_post(public, malee, body="ลบไปแล้ว")
    delete_post(member=malee, post=gone)
    hidden = make_post(public, malee, body="ถูกซ่อน")
    moderation.hide_post(moderator=moderator, post=hidden, reason="ลอง")

    topics = as_(None).get("/u/malee/").content.decode()
    posts = as_(None).get("/u/malee/?show=posts").content.decode()
    assert "ทุกคนอ่านได้" in topics
    assert "พูดในห้องเปิด" in posts
    for secret in ("เฉพาะสมาชิก", "พูดในห้องปิด", "ลบไปแล้ว", "ถูกซ่อน"):
        assert secret not in topics + posts
    assert "พูดในห้องปิด" in as_(moderator).get("/u/malee/?show=posts").content.decode()


def test_posts_come_in_pages(as_, moderator):
    topic = make_topic(moderator)
    for n in range(25):
        make_post(topic, moderator, body=f"ข้อความลำดับ {n:02}")
    first = as_(None).get("/u/moderator/?show=posts").content.decode()
    assert "ข้อความลำดับ 24" in first
    assert "ข้อความลำดับ 04" not in first
    link = first.split('href="?show=posts&amp;before=')[1].split('"')[0]
    assert (
        "ข้อความลำดับ 04" in as_(None).get(f"/u/moderator/?show=posts&before={link}").content.decode()
    )
    for bad in ("x", "-1", "9" * 30, "999999"):
        assert as_(None).get(f"/u/moderator/?show=posts&before={bad}").status_code == 404
