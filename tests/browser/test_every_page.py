"""The main pages as they look to someone who cannot see them, and on the smallest telephone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic, TopicKind
from tests.browser.axe import SMALL_TARGETS, axe
from tests.filled import Filled


@pytest.fixture
def addresses(filled: Filled, live_server: Any) -> dict[str, list[str]]:
    """The pages of a site with the demo community in it: by who opens them."""
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
        ],
        "moderator": [
            longest.get_absolute_url(),
            "/admin/",
            "/admin/forums/topic/",
            f"/admin/forums/topic/{longest.pk}/change/",
            f"/admin/forums/topic/act/hide/?ids={longest.pk}",
        ],
    }


@pytest.fixture
def everyone(malee: Member, moderator: Member) -> dict[str, Member | None]:
    return {"visitor": None, "member": malee, "moderator": moderator}


Everyone = dict[str, Member | None]
Addresses = dict[str, list[str]]


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
            with subtests.test(f"{who} {path} heard"):
                assert axe(large) == []
            with subtests.test(f"{who} {path} small"):
                small.goto(path)
                assert small.evaluate("document.documentElement.scrollWidth") <= 320
                if who != "moderator":  # the admin keeps Django's own measures
                    assert small.evaluate(SMALL_TARGETS) == []
