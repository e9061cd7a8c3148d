"""How an act is done from the moderators' desk: asked why, on one or on several, once."""

import pytest

from accounts.models import Member
from forums.discussions.boards.models import Access
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation import actions
from forums.moderation.models import Decision
from tests.make import (
    make_board,
    make_board_of,
    make_member,
    make_network,
    make_post,
    make_topic,
)

WHY = "โฆษณาขายของ"
TOPICS = "/admin/forums/topic/"


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
    make_board_of(network, "everyone", "ห้องของเครือข่าย")
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
    browser.post(url.format("suspend"), {"reason": WHY, "day": "1/1/2570"})
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
    answer = as_(moderator).post(url, {"reason": WHY, "day": "1/1/2570"})
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


def test_the_board_of_a_private_topic_stays_in_the_house(as_, moderator):
    topic = make_topic(board=make_board("ห้องผู้ดูแล", read=Access.STAFF))
    assert as_(moderator).get(f"{TOPICS}{topic.pk}/change/").status_code == 200
