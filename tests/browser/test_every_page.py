"""The main pages as they look to someone who cannot see them, and on the smallest telephone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic, TopicKind
from forums.moderation.letters import letter_path
from forums.moderation.notes.actions import write_note
from forums.moderation.queue.models import Case
from forums.moderation.sanctions.actions import warn
from forums.moderation.takedown.actions import give_notice
from forums.moderation.watched.actions import watch
from forums.privacy.traffic.actions import give_right, look
from tests.browser.axe import SMALL_TARGETS, axe
from tests.browser.test_smallest_screen import LARGEST
from tests.filled import Filled
from tests.make import make_member, make_post


@pytest.fixture
def everyone(filled: Filled, malee: Member, moderator: Member) -> dict[str, Member | None]:
    Member.objects.filter(pk=moderator.pk).update(is_superuser=True)
    moderator.refresh_from_db()
    return {"visitor": None, "member": malee, "moderator": moderator}


Everyone = dict[str, Member | None]
Addresses = dict[str, list[str]]


@pytest.fixture
def addresses(filled: Filled, live_server: Any, everyone: Everyone) -> Addresses:
    """The pages of a site with the demo community in it: by who opens them."""
    order = of_order(everyone)
    longest = Topic.objects.order_by("-reply_count").first()
    article = (
        Topic.objects.filter(kind=TopicKind.ARTICLE).exclude(cover=None).order_by("pk").first()
    )
    solved = Topic.objects.exclude(accepted_post=None).first()
    thread = Post.objects.filter(root=None, number__gt=0).order_by("-last_reply_number").first()
    author = longest.author
    return {
        "visitor": [
            "/",
            "/boards/",
            longest.board.get_absolute_url(),
            longest.get_absolute_url(),
            article.get_absolute_url(),
            author.get_absolute_url(),
            f"{author.get_absolute_url()}?show=posts",
            "/accounts/login/",
            "/accounts/signup/",
            "/accounts/password/reset/",
            "/search/?q=เครือข่าย",
            "/tags/",
            "/moderation/log/",
            "/pages/rules/",
            "/no-such-page/",
            *order["visitor"],
        ],
        "member": [
            "/",
            "/start/",
            solved.get_absolute_url(),
            f"/p/{thread.pk}/thread/",
            f"/t/{longest.pk}/reply/",
            "/settings/",
            "/settings/profile/",
            "/accounts/2fa/",
            "/accounts/2fa/totp/activate/",
            "/accounts/2fa/webauthn/add/",
            "/accounts/password/change/",
            "/accounts/email/",
            "/accounts/sessions/",
            *order["member"],
        ],
        "moderator": [
            longest.get_absolute_url(),
            "/admin/",
            "/admin/forums/topic/",
            f"/admin/forums/topic/{longest.pk}/change/",
            f"/admin/forums/topic/act/hide/?ids={longest.pk}",
            *order["moderator"],
        ],
    }


def of_order(everyone: Everyone) -> Addresses:
    """Pages of order and privacy, with something on each."""
    malee, moderator = everyone["member"], everyone["moderator"]
    assert malee is not None
    assert moderator is not None
    topic = Topic.objects.order_by("-reply_count").first()
    post = make_post(topic, make_member(), body="ดูสินค้าได้ที่ https://spam.example/ร้าน")
    notice = give_notice(
        notifier="person",
        name="คนที่ถูกพูดถึง",
        email="named@example.org",
        address=f"/p/{post.pk}/",
        harm="personal",
        words="ข้อความนี้บอกชื่อและที่อยู่ของข้าพเจ้า",
    )
    decision = warn(moderator=moderator, member=malee, reason="ลิงก์ขายของซ้ำหลายครั้ง")
    host = "ชื่อโดเมนที่ยาวมาก" * 2 + ".example"
    watch(moderator=moderator, kind="host", text=host, follows="hold", note="เจอหลายครั้งในเดือนนี้")
    write_note(author=moderator, member=malee, text="เตือนเรื่องลิงก์ไปแล้ว", days=90)
    give_right(administrator=make_member(is_staff=True, is_superuser=True), member=moderator)
    until = timezone.now()
    seen = look(reader=moderator, since=until - timedelta(hours=1), until=until, why="คำสั่งที่ 9/2569")
    cases = {each.kind: each.pk for each in Case.objects.filter(ended_at=None)}
    return {
        "visitor": [
            *("/takedown/", notice.get_absolute_url(), "/rules/", "/levels/", "/privacy/data/"),
            f"/moderation/figures/{timezone.localtime().year}/",
            letter_path(decision, malee.pk),
        ],
        "member": [
            *(
                "/settings/standing/",
                "/settings/privacy/",
                "/settings/leave/",
                "/agree/",
                "/reports/",
            ),
            *(f"/decisions/{decision.pk}/", f"/report/post/{post.pk}/", f"/t/{topic.pk}/clarify/"),
        ],
        "moderator": [
            "/admin/queue/",
            *(f"/admin/queue/{pk}/" for pk in cases.values()),
            *(f"/moderation/acts/?topic={topic.pk}", f"/moderation/act/split/?topic={topic.pk}"),
            *(f"/p/{post.pk}/conceal/", f"/admin/sweep/{post.author_id}/"),
            *(f"/admin/notes/{malee.pk}/", f"/admin/accounts/member/act/suspend/?ids={malee.pk}"),
            *("/admin/watched/?try=spam.example", "/admin/forums/adminact/", "/admin/vitals/"),
            *("/admin/forums/crawler/", "/admin/forums/crawler/add/"),
            *("/admin/forums/trafficlook/", "/admin/forums/trafficlook/add/"),
            *(f"/admin/forums/trafficlook/{seen.pk}/change/", "/admin/forums/trafficreader/add/"),
            "/admin/forums/wording/add/",
        ],
    }


def test_every_page_can_be_heard_in_both_colours_and_held_on_the_smallest_telephone(
    browse: Callable[..., Page],
    addresses: Addresses,
    everyone: Everyone,
    subtests: pytest.Subtests,
) -> None:
    """One test, because the community that fills the pages takes longer than they do."""
    for who, paths in addresses.items():
        large = browse(everyone[who], foreseen="404", heard=True)
        small = browse(
            everyone[who],
            foreseen="404",
            viewport={"width": 320, "height": 640},
            is_mobile=True,
            has_touch=True,
        )
        for path in paths:
            large.goto(path)
            # The page itself, and not the one that asks who she is.
            assert ("/accounts/login/" in large.url) == ("/accounts/login/" in path), path
            with subtests.test(f"{who} {path} heard"):
                assert axe(large) == []
            with subtests.test(f"{who} {path} small"):
                small.goto(path)
                small.evaluate(LARGEST)
                assert small.evaluate("document.documentElement.scrollWidth") <= 320
                if who != "moderator":  # the admin keeps Django's own measures
                    assert small.evaluate(SMALL_TARGETS) == []
