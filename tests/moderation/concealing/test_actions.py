"""Passages of a post are hidden wherever they stand, and shown again as they were."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from forums.base.errors import BadText, NotAllowed
from forums.discussions.openings.actions import edit_topic
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post, Revision
from forums.discussions.topics.models import Topic
from forums.moderation.concealing.actions import (
    conceal_passages,
    conceal_until_seen,
    reveal_passages,
)
from forums.moderation.concealing.models import ConcealedPassage
from forums.moderation.models import Act, Decision
from forums.search.index.models import SearchEntry
from tests.make import join, make_member, make_network_board, make_post, make_topic
from tests.threads import in_threads

PHONE = "081-000-2345"
TEXT = f"คนในคลิปคือคนนี้ โทร {PHONE} ไปถามกันเอาเอง"


@pytest.fixture
def post(malee):
    return make_post(make_topic(), malee, body=TEXT)


def body(post: Post) -> str:
    return Post.objects.get(pk=post.pk).body


def everywhere(text: str) -> list[str]:
    """In which stored texts of posts these words stand."""
    found = []
    if Post.objects.filter(body__contains=text).exists():
        found.append("body")
    if Post.objects.filter(body_html__contains=text).exists():
        found.append("html")
    if Revision.objects.filter(body__contains=text).exists():
        found.append("version")
    if SearchEntry.objects.filter(text__contains=text).exists():
        found.append("index")
    return found


def test_a_rule_hides_what_the_finder_finds_and_the_rest_stays(post, malee):
    decision = conceal_until_seen(post=post)
    row = ConcealedPassage.objects.get()
    assert (row.words, row.post_id, row.source_id) == (PHONE, post.pk, post.pk)
    assert body(post) == TEXT.replace(PHONE, row.mark)
    assert everywhere(PHONE) == []
    assert (decision.act, decision.moderator, decision.post_id) == (Act.CONCEAL, None, post.pk)
    assert decision.details["passages"] == 1


def test_a_rule_that_finds_nothing_decides_nothing(malee):
    post = make_post(make_topic(), malee, body="คนในคลิปคือนายสมมุติ บ้านสีฟ้า")
    assert conceal_until_seen(post=post) is None
    assert not Decision.objects.exists()


def test_hidden_twice_is_hidden_once(post):
    assert conceal_until_seen(post=post) is not None
    assert conceal_until_seen(post=post) is None
    assert ConcealedPassage.objects.count() == 1


def test_shown_again_it_stands_as_it_stood(post, moderator):
    before = Post.objects.values("body", "body_html", "edited_at", "revision_count").get(pk=post.pk)
    conceal_until_seen(post=post)
    decision = reveal_passages(post=post, moderator=moderator, reason="เป็นเบอร์สำนักงาน")
    assert decision.act == Act.REVEAL
    after = Post.objects.values("body", "body_html", "edited_at", "revision_count").get(pk=post.pk)
    assert after == before
    assert SearchEntry.objects.filter(text__contains=PHONE).exists()
    assert not ConcealedPassage.objects.exists()
    assert reveal_passages(post=post, moderator=moderator, reason="อีกครั้ง") is None


def test_a_moderator_hides_what_she_chooses(post, moderator):
    decision = conceal_passages(
        post=post, moderator=moderator, reason="ชี้ตัวคน", passages=["คนในคลิปคือคนนี้"]
    )
    assert decision.moderator == moderator
    assert "คนในคลิป" not in body(post)
    assert PHONE in body(post)


def test_what_does_not_stand_there_cannot_be_hidden(post, moderator):
    for passages in ([], ["ไม่มีคำนี้"], ["081-000-23"]):
        with pytest.raises(BadText):
            conceal_passages(post=post, moderator=moderator, reason="x", passages=passages)


def test_a_moderator_says_of_what_a_rule_hid_that_it_stays(post, moderator):
    conceal_until_seen(post=post)
    decision = conceal_passages(post=post, moderator=moderator, reason="เบอร์ของคนอื่น")
    assert (decision.act, decision.moderator) == (Act.CONCEAL, moderator)
    assert ConcealedPassage.objects.count() == 1


def test_earlier_versions_are_hidden_too_and_come_back(post, malee, moderator):
    edit_post(editor=malee, post=post, body="ลบเบอร์ออกแล้ว", reason=f"เอา {PHONE} ออก")
    assert everywhere(PHONE) == ["version"]
    assert conceal_until_seen(post=post) is not None
    assert everywhere(PHONE) == []
    assert not Revision.objects.filter(reason__contains=PHONE).exists()
    reveal_passages(post=post, moderator=moderator, reason="ไม่ใช่เบอร์คน")
    assert [each.body for each in Revision.objects.order_by("number")] == [TEXT, "ลบเบอร์ออกแล้ว"]
    assert body(post) == "ลบเบอร์ออกแล้ว"


def test_who_quoted_it_has_it_hidden_too_and_is_told_why(post, somchai, moderator):
    quote = make_post(post.topic, somchai, body=f"> โทร {PHONE}\n\nอย่าทำแบบนี้")
    elsewhere = make_post(make_topic(), somchai, body=f"เรื่องอื่น {PHONE}")
    conceal_until_seen(post=post)
    assert PHONE not in body(quote)
    assert PHONE in body(elsewhere)
    assert set(Decision.objects.values_list("post", flat=True)) == {post.pk, quote.pk}
    reveal_passages(post=post, moderator=moderator, reason="คืน")
    assert PHONE in body(quote)


def test_the_title_of_a_topic_and_its_address_are_hidden_with_its_text(malee, moderator):
    topic = make_topic(malee, title=f"ใครรู้จัก {PHONE}", body=TEXT)
    opening = Post.objects.get(topic=topic, number=0)
    decision = conceal_until_seen(post=opening)
    topic.refresh_from_db()
    assert decision.topic_id == topic.pk
    assert PHONE not in topic.title
    assert "2345" not in topic.slug
    reveal_passages(post=opening, moderator=moderator, reason="คืน")
    topic.refresh_from_db()
    assert topic.title == f"ใครรู้จัก {PHONE}"


def test_its_author_cannot_write_it_back_but_may_edit_around_it(post, malee, moderator):
    conceal_until_seen(post=post)
    mark = ConcealedPassage.objects.get().mark
    for again in (TEXT, "เบอร์ ๐๘๑ ๐๐๐ ๒๓๔๕", "+66 81 000 2345"):
        with pytest.raises(BadText):
            edit_post(editor=malee, post=Post.objects.get(pk=post.pk), body=again)
    edit_post(editor=malee, post=post, body=f"แก้คำ {mark} แล้ว")
    reveal_passages(post=post, moderator=moderator, reason="คืน")
    assert body(post) == f"แก้คำ {PHONE} แล้ว"


def test_nor_into_the_title_of_her_topic(malee):
    topic = make_topic(malee, body=TEXT)
    conceal_until_seen(post=Post.objects.get(topic=topic, number=0))
    text = Post.objects.get(topic=topic, number=0).body
    with pytest.raises(BadText):
        edit_topic(editor=malee, topic=topic, title=f"โทร {PHONE}", body=f"{text} แก้", tags=[])


def test_only_who_keeps_order_there_hides_and_shows(malee, somchai, moderator, forest, canal):
    board = make_network_board(canal)
    topic = make_topic(malee, board=board)
    post = make_post(topic, malee, body=TEXT)
    for other in (somchai, make_member()):
        with pytest.raises(NotAllowed):
            conceal_passages(post=post, moderator=other, reason="x")
    hers = make_member()
    join(canal, hers, role="coordinator")
    assert conceal_passages(post=post, moderator=hers, reason="เบอร์คน") is not None
    with pytest.raises(NotAllowed):
        reveal_passages(post=post, moderator=somchai, reason="x")
    assert reveal_passages(post=post, moderator=hers, reason="คืน") is not None


def test_what_the_sites_moderators_hid_a_networks_do_not_show_but_what_a_rule_hid(
    malee, moderator, canal
):
    post = make_post(make_topic(malee, board=make_network_board(canal)), malee, body=TEXT)
    hers = make_member()
    join(canal, hers, role="coordinator")
    conceal_until_seen(post=post)
    assert reveal_passages(post=post, moderator=hers, reason="คืน") is not None
    conceal_passages(post=post, moderator=moderator, reason="เบอร์คน")
    with pytest.raises(NotAllowed):
        reveal_passages(post=post, moderator=hers, reason="คืน")


def test_two_reports_at_once_hide_it_once(transactional_db):
    post = make_post(make_topic(), make_member(), body=TEXT)
    made = in_threads(lambda each: conceal_until_seen(post=each), [post] * 4)
    assert sum(each is not None for each in made) == 1
    assert ConcealedPassage.objects.count() == 1


def test_no_page_shows_it_meanwhile(post, as_, malee):
    conceal_until_seen(post=post)
    topic = post.topic
    reader = as_(make_member())
    for address in (
        topic.get_absolute_url(), f"/t/{topic.pk}/feed/", "/feed/", f"/t/{topic.pk}/reply/?to={post.pk}&quote=1",
        f"/u/{malee.handle}/", "/search/?q=คลิป", f"/p/{post.pk}/cite/",
    ):  # fmt: skip
        page = reader.get(address, follow=True)
        assert page.status_code == 200, address
        assert PHONE not in page.text, address
    assert Topic.objects.visible_to(AnonymousUser()).filter(pk=topic.pk).exists()


def test_what_a_moderator_left_hidden_no_rule_shows_again(post, moderator):
    conceal_until_seen(post=post)
    conceal_passages(post=post, moderator=moderator, reason="เบอร์ของคนอื่น")
    assert reveal_passages(post=post, moderator=None, reason="ไม่มีใครแจ้งแล้ว") is None
    assert everywhere(PHONE) == []


def test_what_the_sites_moderators_hid_a_networks_does_not_show(moderator, canal):
    keeper = make_member("keeper")
    join(canal, keeper, role="moderator")
    post = make_post(make_topic(board=make_network_board(canal)), make_member(), body=TEXT)
    conceal_passages(post=post, moderator=moderator, reason="เบอร์ของคนอื่น")
    conceal_passages(post=post, moderator=keeper, reason="หยาบ", passages=["คนในคลิป"])
    with pytest.raises(NotAllowed):
        reveal_passages(post=post, moderator=keeper, reason="เปิดดู")
    assert everywhere(PHONE) == []


def test_each_spelling_of_a_number_is_hidden_and_comes_back_as_it_was_written(
    malee, somchai, moderator
):
    text = "โทร 081-000-2345 หรือ ๐๘๑ ๐๐๐ ๒๓๔๕ หรือ 0810002345 หรือ +66 81 000 2345"
    post = make_post(make_topic(), malee, body=text)
    quote = make_post(post.topic, somchai, body="เบอร์ 081.000.2345 นั่นแหละ")
    other = make_post(post.topic, somchai, body="เบอร์ 081-000-2346 ของร้าน")
    conceal_until_seen(post=post)
    for each in (post, quote):
        assert not re.search("[0-9๐-๙]{4}", re.sub("▮.*?▮", "", body(each))), body(each)
    assert "081-000-2346" in body(other)
    reveal_passages(post=post, moderator=moderator, reason="เบอร์สำนักงาน")
    assert body(post) == text
    assert body(quote) == "เบอร์ 081.000.2345 นั่นแหละ"


def test_the_title_is_hidden_with_a_comment_that_says_the_same(malee, somchai):
    topic = make_topic(malee, title=f"ใครรู้จัก {PHONE}", body="ตามหัวเรื่อง")
    conceal_until_seen(post=make_post(topic, somchai, body="เบอร์ ๐๘๑๐๐๐๒๓๔๕"))
    topic.refresh_from_db()
    assert PHONE not in topic.title
