"""The moderators' desk: who may enter, what each page shows, how an act is done."""

import re

import pytest
from django.urls import reverse

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation import actions
from forums.moderation.models import Decision
from tests.make import (
    make_board,
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)

WHY = "โฆษณาขายของ"
TOPICS = "/admin/forums/topic/"


@pytest.fixture
def topic(malee) -> Topic:
    return make_topic(malee, tags=["น้ำ"])


@pytest.fixture
def post(topic, somchai) -> Post:
    return make_post(topic, somchai, body="ตัวอักษร **หนา** ในข้อความ")


@pytest.fixture
def head(db) -> Member:
    return make_member("head", is_staff=True, is_superuser=True)


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
        "forums/board",
        "forums/communitylink",
        "forums/decision",
        "forums/network",
        "forums/page",
        "forums/staffrequest",
        "forums/post",
        "forums/topic",
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


# -- acts ---------------------------------------------------------------------------------------


def test_one_topic_is_hidden_with_a_reason(as_, moderator, topic):
    browser = as_(moderator)
    url = f"{TOPICS}act/hide/?ids={topic.pk}"
    assert topic.title in browser.get(url).content.decode()
    assert not Decision.objects.exists()  # looking decides nothing
    answer = browser.post(url, {"reason": WHY}, follow=True)
    assert answer.redirect_chain == [(f"{TOPICS}{topic.pk}/change/", 302)]
    assert "ซ่อน: เรียบร้อย 1 รายการ" in answer.content.decode()
    topic.refresh_from_db()
    assert topic.hidden_at is not None
    assert Decision.objects.get().moderator == moderator


@pytest.mark.parametrize("reason", ["", "  \u200b ", "ก" * 301])
def test_without_a_reason_one_is_asked_again_and_nothing_happens(reason, as_, moderator, topic):
    answer = as_(moderator).post(f"{TOPICS}act/hide/?ids={topic.pk}", {"reason": reason})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert ("บอกเหตุผลด้วย" in page) or ("300" in page)
    assert "ก" * 301 in page or len(reason) < 300  # what was typed is still there
    topic.refresh_from_db()
    assert topic.hidden_at is None
    assert not Decision.objects.exists()


@pytest.mark.parametrize("act", ["hide", "unhide", "lock", "unlock", "pin", "unpin"])
def test_every_act_on_several_topics_at_once(act, as_, moderator):
    topics = [make_topic(make_member()) for _ in range(3)]
    undone = {"unhide": actions.hide_topic, "unlock": actions.lock, "unpin": actions.pin}
    if act in undone:
        actions.each(undone[act], topics, moderator=moderator, reason=WHY)
    browser = as_(moderator)
    chosen = {"action": act, "_selected_action": [topic.pk for topic in topics[:2]]}
    asks = browser.post(f"{TOPICS}?kind__exact=conversation", chosen)
    assert asks.status_code == 302
    page = browser.get(asks["Location"]).content.decode()
    assert page.count(topics[0].title) >= 2
    done = browser.post(asks["Location"], {"reason": WHY}, follow=True)
    assert done.redirect_chain[0][0] == f"{TOPICS}?kind__exact=conversation"
    assert "เรียบร้อย 2 รายการ" in done.content.decode()
    column = {"hi": "hidden_at", "lo": "locked_at", "pi": "pinned_at"}[act.removeprefix("un")[:2]]
    state = [getattr(Topic.objects.get(pk=topic.pk), column) is not None for topic in topics]
    assert state == ([False, False, True] if act in undone else [True, True, False])
    assert Decision.objects.filter(act=act, reason=WHY).count() == 2


def test_moving_asks_for_a_board(as_, moderator, topic, board):
    browser = as_(moderator)
    other = make_board("อาชีพ")
    url = f"{TOPICS}act/move/?ids={topic.pk}"
    assert "อาชีพ" in browser.get(url).content.decode()
    for wrong in ({}, {"board": ""}, {"board": "99999"}, {"board": "x"}, {"board": "9" * 30}):
        assert browser.post(url, {"reason": WHY, **wrong}).status_code == 400
    assert browser.post(url, {"reason": WHY, "board": other.pk}).status_code == 302
    topic.refresh_from_db()
    assert topic.board == other


def test_networks_boards_fill_no_list_of_choices(as_, moderator, topic):
    network = make_network()
    make_network_board(network, "everyone", "ห้องของเครือข่าย")
    for page in (TOPICS, f"{TOPICS}act/move/?ids={topic.pk}"):
        shown = as_(moderator).get(page).content.decode()
        assert topic.board.name in shown
        assert "ห้องของเครือข่าย" not in shown


def test_posts_are_hidden_and_shown_several_at_once(as_, moderator, topic, post):
    other = make_post(topic)
    browser = as_(moderator)
    chosen = {"action": "hide", "_selected_action": [post.pk, other.pk]}
    asks = browser.post("/admin/forums/post/", chosen)["Location"]
    browser.post(asks, {"reason": WHY})
    topic.refresh_from_db()
    assert topic.reply_count == 0
    asks = browser.post("/admin/forums/post/", {**chosen, "action": "unhide"})["Location"]
    browser.post(asks, {"reason": WHY})
    topic.refresh_from_db()
    assert topic.reply_count == 2
    assert Decision.objects.filter(post__isnull=False).count() == 4


def test_a_topics_own_text_is_refused_in_words(as_, moderator, topic):
    text = Post.objects.get(topic=topic, number=0)
    answer = as_(moderator).post(f"/admin/forums/post/act/hide/?ids={text.pk}", {"reason": WHY})
    assert answer.status_code == 400
    assert "ให้ซ่อนทั้งกระทู้แทน" in answer.content.decode()
    assert WHY in answer.content.decode()


def test_a_double_click_decides_once_and_says_so(as_, moderator, topic):
    browser = as_(moderator)
    url = f"{TOPICS}act/lock/?ids={topic.pk}"
    browser.post(url, {"reason": WHY})
    answer = browser.post(url, {"reason": WHY}, follow=True)
    assert "เป็นอย่างนั้นอยู่แล้ว" in answer.content.decode()
    assert Decision.objects.count() == 1


def test_a_member_is_suspended_restored_and_given_trust(as_, moderator, malee):
    browser = as_(moderator)
    url = "/admin/accounts/member/act/{}/?ids=" + str(malee.pk)
    browser.post(url.format("suspend"), {"reason": WHY})
    assert not Member.objects.get(pk=malee.pk).is_active
    browser.post(url.format("restore"), {"reason": WHY})
    assert Member.objects.get(pk=malee.pk).is_active
    assert browser.post(url.format("trust"), {"reason": WHY, "level": 9}).status_code == 400
    browser.post(url.format("trust"), {"reason": WHY, "level": 3})
    assert Member.objects.get(pk=malee.pk).trust_level == 3


def test_choosing_moderators_is_for_administrators(as_, moderator, head, malee):
    url = f"/admin/accounts/member/act/appoint/?ids={malee.pk}"
    assert as_(moderator).get(url).status_code == 403
    assert as_(moderator).post(url, {"reason": WHY}).status_code == 403
    assert "appoint" not in as_(moderator).get("/admin/accounts/member/").content.decode()
    assert as_(head).post(url, {"reason": WHY}).status_code == 302
    assert Member.objects.get(pk=malee.pk).is_staff


def test_a_moderator_does_not_suspend_a_moderator(as_, moderator, head):
    url = f"/admin/accounts/member/act/suspend/?ids={head.pk}"
    answer = as_(moderator).post(url, {"reason": WHY})
    assert answer.status_code == 403
    assert "ต้องให้ผู้ดูแลระบบตัดสิน" in answer.content.decode()
    assert Member.objects.get(pk=head.pk).is_active


@pytest.mark.parametrize(
    "ids", ["", "x", "1,x", "999999", "-1", "9" * 30, ",".join(["1"] * 200), "1;2", "1%002"]
)
def test_what_cannot_be_meant_is_404(ids, as_, moderator, topic):
    answer = as_(moderator).get(f"{TOPICS}act/hide/?ids={ids}")
    assert answer.status_code in (404, 400)
    assert as_(moderator).get(f"{TOPICS}act/explode/?ids={topic.pk}").status_code == 404


@pytest.mark.parametrize("chosen", [["x"], ["1", "<b>"], ["9" * 30], ["-1"]])
def test_mangled_choices_in_a_list_are_400(chosen, as_, moderator, topic):
    data = {"action": "hide", "_selected_action": chosen, "index": "0"}
    assert as_(moderator).post(TOPICS, data).status_code == 400


def test_all_of_a_long_list_at_once_is_refused(as_, moderator, malee, board):
    topics = [
        Topic(board=board, author=malee, last_author=malee, title="ก", slug="ก",
              created_at=malee.created_at, last_post_at=malee.created_at)
        for _ in range(actions.MOST + 1)
    ]  # fmt: skip
    Topic.objects.bulk_create(topics)
    data = {
        "action": "hide",
        "_selected_action": [topics[0].pk],
        "select_across": "1",
        "index": "0",
    }
    answer = as_(moderator).post(TOPICS, data, follow=True)
    assert "ครั้งละไม่เกิน 100" in answer.content.decode()
    assert not Decision.objects.exists()


def test_an_act_without_a_token_is_refused(moderator, topic):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(moderator)
    answer = browser.post(f"{TOPICS}act/hide/?ids={topic.pk}", {"reason": WHY})
    assert answer.status_code == 403
    assert not Decision.objects.exists()
