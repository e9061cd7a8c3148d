"""Closing one old version of a text: by its author, by a moderator with a reason; and opening it again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forums.discussions.boards.actions import open_board
from forums.discussions.openings.actions import edit_topic
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import ClosedVersion, Post, Revision
from forums.groups.memberships.models import Role
from forums.moderation.models import Act, Decision
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.pictures.models import Attachment
from tests.clients import signed_in
from tests.make import join, make_member, make_network, make_post, make_topic
from tests.pictures.files import picture_file

pytestmark = pytest.mark.django_db
NUMBER = "081-234-5678"


@pytest.fixture
def post(malee) -> Post:
    """Malee's comment, whose second version has a telephone number and a picture in it; then she took both out."""
    picture = save_picture(uploader=malee, file=picture_file(60, 40), alt="บัตรประชาชน")
    post = make_post(make_topic(malee), malee, body="ฉบับแรก")
    edit_post(
        editor=malee, post=post, body=f"โทร {NUMBER}\n\n{markdown(picture)}", reason="เพิ่มเบอร์"
    )
    edit_post(editor=malee, post=post, body="ฉบับที่สาม")
    return Post.objects.get(pk=post.pk)


def history(who, post, page=2) -> str:
    return signed_in(who).get(f"/p/{post.pk}/history/?page={page}").content.decode()


def close(who, post, number=2, what="close", **sent):
    return signed_in(who).post(f"/p/{post.pk}/history/{number}/{what}/", sent)


def picture_status(who) -> int:
    return signed_in(who).get(Attachment.objects.get().address).status_code


def test_its_author_closes_an_old_version(malee, somchai, moderator, post):
    assert NUMBER in history(None, post)
    assert picture_status(None) == 302
    page = signed_in(malee).get(f"/p/{post.pk}/history/2/close/").content.decode()
    assert "ปิดฉบับที่ 2" in page
    assert 'name="reason"' not in page
    assert close(malee, post).status_code == 302
    for reader in (None, somchai):
        page = history(reader, post)
        assert NUMBER not in page
        assert "บัตรประชาชน" not in page
        assert "เพิ่มเบอร์" not in page
        assert "ผู้เขียนปิดฉบับนี้แล้ว" in page
        after = history(reader, post, page=3)  # what changed would say what it was
        assert NUMBER not in after
        assert "ฉบับที่สาม" in after
        assert "ฉบับก่อนหน้านี้ปิดอยู่" in after
        assert "ฉบับแรก" in history(reader, post, page=1)
        assert picture_status(reader) == 404
    for reader in (malee, moderator):
        assert NUMBER in history(reader, post)
        assert picture_status(reader) == 302
    assert not Decision.objects.exists()
    assert close(malee, post).status_code == 302  # again: nothing happens
    assert ClosedVersion.objects.count() == 1


def test_a_moderator_closes_it_with_a_reason_that_stands_in_the_log(moderator, somchai, post):
    assert close(moderator, post, reason=" ").status_code == 400
    assert not ClosedVersion.objects.exists()
    assert close(moderator, post, reason="มีเบอร์โทรของคนอื่น").status_code == 302
    page = history(somchai, post)
    assert NUMBER not in page
    assert "ผู้ดูแลปิดฉบับนี้แล้ว" in page
    log = signed_in(None).get(f"/moderation/log/?post={post.pk}").content.decode()
    assert "ปิดฉบับเก่า" in log
    assert "มีเบอร์โทรของคนอื่น" in log
    assert close(moderator, post, what="open", reason="ปิดผิดฉบับ").status_code == 302
    assert NUMBER in history(None, post)
    assert picture_status(None) == 302
    acts = Decision.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == [Act.CLOSE, Act.OPEN]


@pytest.mark.parametrize("what", ["close", "open"])
def test_nobody_else_does(somchai, malee, post, what):
    close(malee, post)
    assert close(somchai, post, what=what, reason="อยากอ่าน").status_code == 403
    assert close(None, post, what=what).status_code == 403
    if what == "open":
        assert close(malee, post, what=what, reason="เปลี่ยนใจ").status_code == 403
    assert ClosedVersion.objects.count() == 1


def test_what_a_text_says_now_is_edited_first(malee, moderator, post):
    for who in (malee, moderator):
        answer = close(who, post, number=3, reason="ขอปิด")
        assert answer.status_code == 400
        assert "แก้ไขก่อน" in answer.content.decode()
    assert close(malee, post, number=4).status_code == 404
    assert close(malee, post, number=99_999_999).status_code == 404
    page = history(malee, post, page=3)
    assert reverse("close_version", args=[post.pk, 3]) not in page
    assert reverse("close_version", args=[post.pk, 2]) in history(malee, post)
    assert "/close/" not in history(None, post)


def test_the_first_text_of_a_topic_is_closed_the_same_way_with_its_title(malee, moderator):
    topic = make_topic(malee, title=f"โทรหาป้าแดง {NUMBER}", body="มีอะไรให้ช่วย")
    edit_topic(editor=malee, topic=topic, title="โทรหาป้าแดง", body="มีอะไรให้ช่วย", tags=[])
    post = topic.posts.get()
    assert NUMBER in history(None, post, page=2)  # struck out
    assert close(moderator, post, number=1, reason="เบอร์ของคนอื่น").status_code == 302
    for page in (1, 2):
        assert NUMBER not in history(None, post, page=page)
    assert Decision.objects.get().topic == topic


def test_a_picture_that_stands_elsewhere_too_stays(malee, post):
    picture = Attachment.objects.get()
    edit_post(editor=malee, post=post, body=f"กลับมาอีกครั้ง\n\n{markdown(picture)}")
    edit_post(editor=malee, post=post, body="ไม่มีรูป")
    close(malee, post)
    assert picture_status(None) == 302  # version 4
    close(malee, post, number=4)
    assert picture_status(None) == 404
    edit_post(editor=malee, post=post, body=markdown(picture))  # she shows it again
    assert picture_status(None) == 302


def test_she_may_use_it_in_another_text(malee, post):
    close(malee, post)
    assert picture_status(None) == 404
    other = make_post(post.topic, malee, body=markdown(Attachment.objects.get()))
    assert picture_status(None) == 302
    assert Attachment.objects.get().post == other


def test_moderators_of_a_network_do_it_in_its_boards(malee, somchai):
    network = make_network("คนรักคลอง", somchai)
    keeper = make_member("keeper")
    join(network, keeper, role=Role.MODERATOR)
    topic = make_topic(malee, open_board(member=somchai, network=network, name="ลานคลอง"))
    post = make_post(topic, malee, body=NUMBER)
    edit_post(editor=malee, post=post, body="ไม่มีเบอร์")
    site = make_member("site", is_staff=True)
    assert close(keeper, post, number=1, reason="เบอร์").status_code == 302
    assert close(keeper, post, number=1, what="open", reason="ไม่เป็นไร").status_code == 302
    assert close(site, post, number=1, reason="เบอร์").status_code == 302
    assert close(keeper, post, number=1, what="open", reason="ไม่เป็นไร").status_code == 403


def test_closing_counts_as_an_edit(malee, post, settings):
    settings.FORUMS_PACE = {"edits": [(0, 60)]}
    assert close(malee, post).status_code == 429


def test_many_versions_cost_no_more(malee, post):
    close(malee, post)
    client = signed_in(None)
    client.get(f"/p/{post.pk}/history/")
    counted = [_queries(client, post)]
    for number in range(4, 30):
        edited = Revision.objects.create(
            post=post, number=number, author=malee, body="ก", created_at=post.created_at
        )
        ClosedVersion.objects.create(revision=edited, member=malee)
    Post.objects.filter(pk=post.pk).update(revision_count=29)
    counted.append(_queries(client, post))
    assert counted[0] == counted[1]


def _queries(client, post) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/p/{post.pk}/history/?page=2")
    return len(asked)


@pytest.mark.parametrize("what", ["post", "topic"])
def test_the_form_says_that_old_versions_stay(malee, post, what):
    url = f"/p/{post.pk}/edit/" if what == "post" else f"/t/{post.topic_id}/edit/"
    assert "ปิดฉบับนั้นได้" in signed_in(malee).get(url).content.decode()
