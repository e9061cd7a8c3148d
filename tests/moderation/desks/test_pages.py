"""What the desk's pages are made of: Thai words, the house's colours, nothing inline."""

import re

import pytest

from forums.groups.staff_requests.models import StaffRequest
from forums.moderation import actions
from forums.moderation.merging.actions import merge
from forums.moderation.networks import actions as network_acts
from forums.moderation.trust.actions import set_trust
from tests.english import DATA, ENGLISH, Words
from tests.make import make_board, make_member, make_network, make_post, make_topic
from tests.needs import CHECKOUT

CSS = CHECKOUT / "static" / "css"


@pytest.fixture
def pages(malee, moderator):
    """Every page of the desk, with something on it. Names and handles here are in Thai."""
    head = make_member("หัวหน้า", is_staff=True, is_superuser=True, email="h@example.org")
    author = make_member("มะลิ")
    topic = make_topic(author, tags=["น้ำ"])
    post = make_post(topic, author)
    actions.hide_post(moderator=head, post=post, reason="โฆษณา")
    decision = set_trust(moderator=head, member=author, level=1, reason="ช่วยเหลือดี")
    board = make_board("ห้องย่อย", parent=topic.board)
    network, other = make_network("คนรักคลอง", author), make_network("คลองสวย", author)
    staff_requests = [
        StaffRequest.objects.create(network=network, member=author, kind=kind, reason="ขอด้วย")
        for kind in ("verify", "take_over")
    ]
    network_acts.verify(moderator=head, network=network, reason="มีจริง")
    network_acts.feature(moderator=head, network=network, reason="น่าดู")
    merge(moderator=head, network=other, into=network, reason="เรื่องเดียวกัน")
    acts = ["verify", "unverify", "feature", "unfeature", "hand_over", "archive", "reopen"]
    acts += ["hide", "unhide", "merge"]
    return head, [
        "/admin/",
        "/admin/forums/",
        *(f"/admin/forums/{name}/" for name in ("topic", "post", "decision", "board", "page")),
        "/admin/forums/communitylink/",
        "/admin/accounts/member/",
        "/admin/forums/topic/?q=ผู้ป่วย&kind__exact=conversation",
        "/admin/forums/topic/?q=ไม่มี",
        f"/admin/forums/topic/{topic.pk}/change/",
        f"/admin/forums/post/{post.pk}/change/",
        f"/admin/forums/decision/{decision.pk}/change/",
        f"/admin/accounts/member/{author.pk}/change/",
        f"/admin/forums/topic/act/move/?ids={topic.pk}",
        f"/admin/accounts/member/act/trust/?ids={author.pk}",
        "/admin/forums/board/add/",
        f"/admin/forums/board/{board.pk}/change/",
        f"/admin/forums/board/{board.pk}/delete/",
        f"/admin/forums/board/{topic.board_id}/delete/",
        f"/admin/forums/board/{board.pk}/history/",
        "/admin/forums/network/",
        "/admin/forums/network/add/",
        "/admin/forums/network/?state=stale&q=คลอง",
        f"/admin/forums/network/{network.pk}/change/",
        f"/admin/forums/network/{other.pk}/change/",
        *(f"/admin/forums/network/act/{act}/?ids={network.pk}" for act in acts),
        "/admin/forums/plea/",
        "/admin/forums/plea/?answered=yes",
        *(f"/admin/forums/plea/{staff_request.pk}/change/" for staff_request in staff_requests),
        *(
            f"/admin/forums/plea/act/{act}/?ids={staff_requests[1].pk}"
            for act in ("hand_over", "refuse")
        ),
        "/admin/forums/decision/?act__exact=merge",
        "/moderation/log/",
        f"/moderation/log/?network={network.pk}",
    ]


def test_no_page_says_an_english_word(pages, as_):
    head, addresses = pages
    browser = as_(head)
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        said = " ".join(Words(answer.content.decode()).said)
        english = ENGLISH.findall(DATA.sub("", said))
        assert english == [], address


def test_no_page_needs_anything_inline(pages, as_):
    head, addresses = pages
    browser = as_(head)
    for address in addresses:
        answer = browser.get(address)
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert Words(answer.content.decode()).inline == [], address


@pytest.mark.parametrize(
    ("theme", "links"),
    [
        ("", ['media="(prefers-color-scheme: dark)"']),
        ("light", []),
        ("dark", ["css/admin-dark.css"]),
    ],
)
def test_the_desk_wears_the_moderators_colours(theme, links, as_, db):
    page = as_(make_member(is_staff=True, theme=theme)).get("/admin/").content.decode()
    assert ("css/admin-dark.css" in page) is (theme != "light")
    assert ("prefers-color-scheme: dark" in page) is (theme == "")
    assert all(link in page for link in links)


def test_the_dark_tokens_are_the_sites():
    def tokens(name: str) -> dict[str, str]:
        return dict(re.findall(r"(--[\w-]+): ([^;]+);", (CSS / name).read_text()))

    assert tokens("admin-dark.css") == tokens("src/dark.css")
