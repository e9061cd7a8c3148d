"""The page from which a post is cited and passed on."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.conf import settings
from django.utils import timezone

from forums.discussions.boards.models import Access
from forums.discussions.posts.actions import delete_post
from forums.discussions.posts.models import Post
from forums.moderation import actions as moderation
from forums.moderation.networks import actions as networks
from tests.make import make_board, make_board_of, make_network, make_post, make_topic


def sentence(browser, post: Post) -> str:
    page = browser.get(f"/p/{post.pk}/cite/")
    assert page.status_code == 200
    found = re.search(r'<textarea id="citation"[^>]*>(.*?)</textarea>', page.text, re.S)
    assert found
    return unescape(found[1])


@pytest.fixture
def topic(malee, board, canal):
    return make_topic(malee, board, title="น้ำ & <ใส>", speak_from=canal.pk)


def written(post: Post, **values) -> Post:
    Post.objects.filter(pk=post.pk).update(
        created_at=datetime(2026, 11, 22, 20, tzinfo=UTC), **values
    )
    return post


def test_it_says_who_from_where_when_in_both_eras_in_which_topic_and_where(as_, topic, somchai):
    opening, comment = written(topic.posts.get()), written(make_post(topic, somchai))
    assert sentence(as_(None), opening) == (
        "มาลี คำหล้า (บ้านมั่นคงคลองท่าเรือ), “น้ำ & <ใส>”, ร้อยพลัง, 23 พ.ย. 2569 (ค.ศ. 2026), "
        f"{settings.SITE_URL}/p/{opening.pk}/"
    )
    assert sentence(as_(None), comment) == (
        "สมชาย ตั้งใจดี, “น้ำ & <ใส>” ความคิดเห็นที่ 1, ร้อยพลัง, 23 พ.ย. 2569 (ค.ศ. 2026), "
        f"{settings.SITE_URL}/p/{comment.pk}/"
    )


def test_in_english(as_, topic, somchai):
    comment = written(make_post(topic, somchai), edited_at=datetime(2026, 12, 1, tzinfo=UTC))
    browser = as_(None)
    browser.cookies["django_language"] = "en"
    assert "comment no. 1, ร้อยพลัง, 23 Nov 2026 (B.E. 2569), edited 1 Dec 2026, http" in sentence(
        browser, comment
    ).replace("\N{NO-BREAK SPACE}", " ")


def test_it_says_that_the_text_was_edited_and_leads_to_what_it_said(as_, topic, somchai):
    comment = written(make_post(topic, somchai), edited_at=timezone.now(), revision_count=2)
    page = as_(None).get(f"/p/{comment.pk}/cite/").text
    assert ", แก้ไข " in sentence(as_(None), comment)
    assert f'href="/p/{comment.pk}/history/"' in page.split("<main")[1]


def test_what_a_network_says_in_its_name_is_cited_as_its_own(as_, topic, malee, canal):
    said = make_post(topic, malee, speak_from=canal.pk, in_name=True)
    assert sentence(as_(None), said).startswith("บ้านมั่นคงคลองท่าเรือ (มาลี คำหล้า), ")


def test_a_hidden_network_is_not_named(as_, topic, moderator, canal):
    networks.hide(moderator=moderator, network=canal, reason="หลอกลวง")
    assert sentence(as_(None), topic.posts.get()).startswith("มาลี คำหล้า, ")


def test_who_may_not_read_it_cannot_cite_it(as_, malee, somchai, moderator):
    network = make_network("คนรักคลอง", malee)
    private = make_topic(malee, make_board_of(network, "network")).posts.get()
    statuses = [
        as_(who).get(f"/p/{private.pk}/cite/").status_code for who in (None, somchai, malee)
    ]
    assert statuses == [404, 404, 200]


def test_a_post_that_is_gone_is_cited_by_nobody(as_, topic, somchai, moderator):
    hidden, deleted = make_post(topic, somchai), make_post(topic, somchai)
    moderation.hide_post(moderator=moderator, post=hidden, reason="โฆษณา")
    delete_post(member=somchai, post=deleted)
    for post in (hidden, deleted):
        for who in (None, somchai, moderator):
            assert as_(who).get(f"/p/{post.pk}/cite/").status_code == 404


def test_what_everyone_may_read_can_be_handed_on(as_, malee, topic):
    post = topic.posts.get()
    page = as_(None).get(f"/p/{post.pk}/cite/").text
    address = f"{settings.SITE_URL}/p/{post.pk}/"
    assert f'value="{address}"' in page
    quoted = address.replace(":", "%3A").replace("/", "%2F")
    assert f"https://social-plugins.line.me/lineit/share?url={quoted}" in page
    assert f"https://www.facebook.com/sharer/sharer.php?u={quoted}" in page
    assert f"https://x.com/intent/post?url={quoted}" in page
    assert 'name="robots" content="noindex"' in page
    private = make_topic(malee, make_board(read=Access.MEMBERS)).posts.get()
    page = as_(malee).get(f"/p/{private.pk}/cite/").text
    assert "line.me" not in page
    assert "เปิดได้เฉพาะคนที่มีสิทธิ์อ่าน" in page


def test_each_post_leads_there(as_, topic, somchai):
    comment = make_post(topic, somchai)
    page = as_(None).get(topic.get_absolute_url()).text
    for post in (topic.posts.get(number=0), comment):
        assert f'href="/p/{post.pk}/cite/"' in page


def test_it_asks_the_same_whatever_the_topic_holds(
    as_, topic, somchai, settings, django_assert_num_queries
):
    settings.FORUMS_PACE = {}
    first = make_post(topic, somchai)
    as_(None).get(f"/p/{first.pk}/cite/")
    for _each in range(40):
        make_post(topic, somchai)
    with django_assert_num_queries(2):
        as_(None).get(f"/p/{first.pk}/cite/")
