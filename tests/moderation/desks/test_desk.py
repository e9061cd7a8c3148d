"""The moderators' desk: who may enter, what each page shows."""

import re

import pytest
from django.urls import reverse

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation import actions

WHY = "โฆษณาขายของ"


TOPICS = "/admin/forums/topic/"


@pytest.fixture
def pages(topic, post, malee, moderator):
    """Every page of the desk."""
    decision = actions.pin(moderator=moderator, topic=topic, reason=WHY)
    return [
        "/admin/",
        TOPICS,
        "/admin/forums/post/",
        "/admin/forums/decision/",
        "/admin/accounts/member/",
        f"{TOPICS}{topic.pk}/change/",
        f"/admin/forums/post/{post.pk}/change/",
        f"/admin/forums/decision/{decision.pk}/change/",
        f"/admin/accounts/member/{malee.pk}/change/",
        f"{TOPICS}act/hide/?ids={topic.pk}",
        f"{TOPICS}act/move/?ids={topic.pk}",
        f"/admin/forums/post/act/hide/?ids={post.pk}",
        f"/admin/accounts/member/act/trust/?ids={malee.pk}",
    ]


# -- who may enter ------------------------------------------------------------------------------


def test_each_page_asks_a_visitor_to_sign_in_refuses_a_member_and_opens_for_a_moderator(
    pages, as_, malee, moderator
):
    visitor, member, staff = as_(None), as_(malee), as_(moderator)
    for page in pages:
        answer = visitor.get(page)
        assert answer.status_code == 302, page
        at_login = visitor.get(answer["Location"])  # the admin's door leads to the site's own
        assert at_login["Location"].startswith("/accounts/login/?next=/admin/"), page
        assert member.get(page).status_code == 403, page
        assert staff.get(page).status_code == 200, page


def test_after_signing_in_one_stands_where_one_wanted_to_go(as_, moderator):
    browser = as_(moderator)
    assert browser.get("/admin/login/?next=/admin/forums/topic/")["Location"] == TOPICS
    assert browser.get("/admin/login/?next=https://elsewhere.example/")["Location"] == "/admin/"
    assert browser.get("/admin/login/?next=//elsewhere.example/")["Location"] == "/admin/"


def test_a_member_at_the_admins_login_is_told_and_not_asked_again(as_, malee):
    answer = as_(malee).get("/admin/login/?next=/admin/")
    assert answer.status_code == 403
    assert "ที่ทำงานของผู้ดูแล" in answer.content.decode()


def test_a_suspended_moderator_is_outside(as_, moderator):
    browser = as_(moderator)
    Member.objects.filter(pk=moderator.pk).update(is_active=False)
    assert browser.get("/admin/").status_code == 302


def test_a_session_that_ended_keeps_the_typed_reason(as_, topic):
    answer = as_(None).post(f"{TOPICS}act/hide/?ids={topic.pk}", {"reason": WHY})
    assert answer.status_code == 403
    assert WHY in answer.content.decode()


def test_passwords_are_changed_on_the_sites_own_pages(as_, moderator):
    browser = as_(moderator)
    assert browser.get("/admin/password_change/")["Location"] == reverse("account_change_password")
    assert browser.post("/admin/logout/")["Location"] == reverse("account_logout")


def test_moderators_add_edit_and_delete_nothing(as_, moderator, topic, post, malee):
    browser = as_(moderator)
    for table, pk in [
        ("forums/topic", topic.pk),
        ("forums/post", post.pk),
        ("accounts/member", malee.pk),
        ("forums/decision", 1),
    ]:
        assert browser.get(f"/admin/{table}/add/").status_code == 403
        assert browser.post(f"/admin/{table}/{pk}/change/", {"title": "x"}).status_code == 403
        assert browser.post(f"/admin/{table}/{pk}/delete/", {"post": "yes"}).status_code in (
            403,
            404,
            302,
        )
        chosen = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        browser.post(f"/admin/{table}/", chosen)
    assert (Topic.objects.count(), Post.objects.count()) == (1, 2)
    assert Member.objects.filter(pk=malee.pk).exists()


@pytest.mark.parametrize("table", ["board", "page", "communitylink"])
def test_boards_and_pages_are_for_administrators(table, as_, moderator, head):
    assert as_(moderator).get(f"/admin/forums/{table}/").status_code == 403
    assert as_(head).get(f"/admin/forums/{table}/").status_code == 200


def test_what_the_libraries_keep_is_not_there_to_browse(as_, head):
    browser = as_(head)
    shown = set(re.findall(r'href="/admin/(\w+/\w+)/"', browser.get("/admin/").content.decode()))
    assert shown == {
        "accounts/member",
        "forums/activity",
        "forums/adminact",
        "forums/board",
        "forums/communitylink",
        "forums/crawler",
        "forums/decision",
        "forums/houserule",
        "forums/leaving",
        "forums/messagereport",
        "forums/network",
        "forums/organisation",
        "forums/page",
        "forums/personalcopy",
        "forums/plea",
        "forums/poll",
        "forums/post",
        "forums/sealedcopy",
        "forums/statement",
        "forums/topic",
        "forums/trafficlook",
        "forums/trafficreader",
        "forums/wording",
    }
    for path in ["account/emailaddress", "usersessions/usersession", "auth/group", "taggit/tag"]:
        assert browser.get(f"/admin/{path}/").status_code == 404


# -- what a page shows --------------------------------------------------------------------------


def test_a_topics_page_shows_its_text_its_acts_and_its_history(as_, moderator, topic, post):
    actions.hide_post(moderator=moderator, post=post, reason="คำหยาบ")
    actions.lock(moderator=moderator, topic=topic, reason="คุยกันพอแล้ว")
    page = as_(moderator).get(f"{TOPICS}{topic.pk}/change/").content.decode()
    assert topic.title in page
    assert "บ้านอื่นจัดเวรกันอย่างไรบ้าง" in page
    assert f'href="{topic.get_absolute_url()}"' in page
    assert page.index("คุยกันพอแล้ว") < page.index("คำหยาบ")  # newest first, its posts' too
    assert f"act/unlock/?ids={topic.pk}" in page
    assert f"act/lock/?ids={topic.pk}" not in page
    assert str(moderator) in page


def test_a_posts_page_shows_the_stored_html_and_leads_to_its_topic(as_, moderator, topic, post):
    page = as_(moderator).get(f"/admin/forums/post/{post.pk}/change/").content.decode()
    assert "<strong>หนา</strong>" in page
    assert reverse("admin:forums_topic_change", args=[topic.pk]) in page
    assert f"act/hide/?ids={post.pk}" in page


def test_a_post_is_called_by_its_place_where_an_act_asks_and_on_its_page(
    as_, moderator, topic, post
):
    browser, name = as_(moderator), f"ความคิดเห็นที่ 1 ใน “{topic.title}”"
    page = browser.get(f"/admin/forums/post/act/hide/?ids={post.pk}").content.decode()
    assert f"<strong>{name}</strong>" in page
    assert f"1 · {topic.pk}" not in page
    assert name in browser.get(f"/admin/forums/post/{post.pk}/change/").content.decode()
    opening = Post.objects.get(topic=topic, number=0)
    page = browser.get(f"/admin/forums/post/act/hide/?ids={opening.pk}").content.decode()
    assert f"<strong>ข้อความของกระทู้ “{topic.title}”</strong>" in page


def test_a_hidden_and_a_deleted_thing_still_stand_on_the_desk(as_, moderator, topic, post):
    actions.hide_topic(moderator=moderator, topic=topic, reason=WHY)
    page = as_(moderator).get(f"{TOPICS}{topic.pk}/change/").content.decode()
    assert f"act/unhide/?ids={topic.pk}" in page
    assert as_(moderator).get(f"/admin/forums/post/{post.pk}/change/").status_code == 200


@pytest.mark.parametrize("pk", ["999999", "0", "abc", "-1", "9" * 40, "1_2F", "๙๙๙๙"])
def test_what_is_not_there_is_404(pk, as_, moderator):
    browser = as_(moderator)
    for table in ("forums/topic", "forums/post", "accounts/member", "forums/decision"):
        assert browser.get(f"/admin/{table}/{pk}/change/").status_code == 404


def test_a_moderator_sees_no_hash_no_address_and_an_administrator_no_hash(
    as_, moderator, head, malee
):
    pages = [
        "/admin/accounts/member/",
        f"/admin/accounts/member/{malee.pk}/change/",
        f"/admin/accounts/member/act/suspend/?ids={malee.pk}",
    ]
    for page in pages:
        seen = as_(moderator).get(page).content.decode()
        assert malee.email not in seen
        assert malee.password not in seen
        assert "md5$" not in seen
        assert malee.password not in as_(head).get(page).content.decode()
    assert malee.email in as_(head).get(pages[0]).content.decode()
    assert malee.email in as_(head).get(pages[1]).content.decode()


@pytest.mark.parametrize(
    "question",
    [
        "accounts/member/?email__startswith=m",
        "accounts/member/?password__startswith=md5",
        "accounts/member/?is_active__exact=1&last_login__isnull=1",
        "forums/topic/?author__email__startswith=m",
        "forums/topic/?board__topics__author__password__startswith=md5",
        "forums/post/?author__email=m1@example.org",
        "forums/decision/?moderator__email__startswith=m",
    ],
)
def test_no_address_in_the_browser_tells_a_secret_letter_by_letter(question, as_, moderator, head):
    assert as_(moderator).get(f"/admin/{question}").status_code == 400
    assert as_(head).get(f"/admin/{question}").status_code == 400
