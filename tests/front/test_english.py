"""English pages: what is Thai is marked as Thai, provinces have English names, one vocabulary."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from forums.pages.models import Page
from tests.clients import signed_in
from tests.make import make_board, make_network, make_post, make_topic
from tests.passkeys import give_passkey

THAI = re.compile(r"[ก-ฮ]")
VOID = {
    "area",
    "br",
    "col",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "use",
    "wbr",
    "path",
    "circle",
}


class Unmarked(HTMLParser):
    """Gathers Thai words that stand in no element of lang="th"."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self._open.append((tag, dict(attrs).get("lang") == "th" or tag in ("script", "style")))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if THAI.search(data) and not any(marked for _tag, marked in self._open):
            self.found.append(data)


def english(member=None) -> Client:
    client = signed_in(member)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def addresses(malee, moderator) -> list[str]:
    network = make_network("คนรักคลอง", malee, provinces=["50"])
    board = make_board()
    topic = make_topic(malee, board, tags=["น้ำ"])
    make_post(topic, malee)
    Page.objects.create(
        slug="x", title="กติกา", body="ข้อ", body_html="<p>ข้อ</p>", renderer_version=1
    )
    return [
        "/", "/networks/", network.get_absolute_url(), f"{network.get_absolute_url()}members/",
        board.get_absolute_url(), topic.get_absolute_url(), malee.get_absolute_url(), "/tags/",
        "/activities/", "/organisations/", "/search/?q=คลอง", "/pages/x/", "/settings/profile/", "/contact/",
        "/settings/", "/accounts/2fa/", "/moderation/log/", "/topics/new/", "/nothing-here/",
        "/welcome/", "/welcome/networks/?matter=คลอง",
    ]  # fmt: skip


def test_every_thai_word_between_tags_is_marked(addresses, malee):
    client = english(malee)
    for path in addresses:
        page = client.get(path, follow=True).content.decode()
        assert '<html lang="en"' in page, path
        assert Unmarked(page).found == [], path
        assert 'lang="th"' in page, path


def test_thai_pages_have_no_mark_at_all(addresses, malee):
    client = signed_in(malee)
    for path in addresses:
        page = client.get(path, follow=True).content.decode()
        assert "<bdi" not in page, path
    assert int(client.get("/contact/")["Content-Length"]) == len(client.get("/contact/").content)


def test_an_english_page_says_its_own_length(malee):
    answer = english(malee).get("/contact/")
    assert int(answer["Content-Length"]) == len(answer.content)


def test_provinces_have_english_names_wherever_they_are_chosen_or_shown(addresses, malee):
    client = english(malee)
    for path in ("/networks/", "/activities/", "/settings/profile/", addresses[2]):
        page = client.get(path).content.decode()
        assert "Chiang Mai" in page, path
        assert "เชียงใหม่" not in page, path


def test_a_page_of_the_house_says_that_it_is_in_thai_only(addresses):
    assert "This page exists in Thai only." in english().get("/pages/x/").content.decode()
    assert "มีเฉพาะภาษาไทย" not in signed_in(None).get("/pages/x/").content.decode()


FOREIGN = re.compile(
    r"Two-Factor|Security Key|security key|Authenticator App|Email|email|Sign In|Sign Up|username|Username"
)


def test_the_pages_of_the_account_speak_as_the_settings_do(malee):
    give_passkey(malee)
    client = english(malee)
    paths = """/accounts/login/ /accounts/signup/ /accounts/login/code/ /accounts/password/reset/ /accounts/logout/
        /accounts/email/ /accounts/password/change/ /accounts/2fa/ /accounts/2fa/webauthn/ /accounts/sessions/
        /accounts/reauthenticate/ /accounts/inactive/ /accounts/confirm-email/ /accounts/2fa/lost/"""
    for path in paths.split():
        for browser in (client, english()):
            page = browser.get(path, follow=True).content.decode()
            words = re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.DOTALL)
            assert FOREIGN.findall(words) == [], path
