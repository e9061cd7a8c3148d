"""What two say to each other stands nowhere else: whoever looks, wherever she looks, moderators too."""

import json
from urllib.parse import quote

import pytest
from django.apps import apps
from django.contrib import admin

from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email, Notification, Telling
from forums.reading.messages.actions import begin, send
from forums.reading.messages.models import Conversation, Message
from tests.clients import signed_in
from tests.make import make_member
from tests.security.test_routes import ROWS

ASKED = "กระซิบ"  # what somebody looks for
SECRET = "ลับเฉพาะสองคน"  # and must not find
READERS = ["visitor", "somchai", "moderator", "administrator"]


@pytest.fixture
def names(world):
    """Malee and another speak; the addresses of the conversation are among those everybody tries."""
    other = make_member("whisperer", trust_level=1)
    said = begin(writer=other, people=[world.people["malee"]], body=f"{ASKED} {SECRET}")
    send(writer=world.people["malee"], conversation=said.conversation, body=f"{ASKED}ตอบ {SECRET}")
    spread()
    return world.names() | {"conversation": said.conversation_id, "message": said.pk}


def doors(names) -> list[str]:
    """Every page there is, and where somebody would look."""
    asked = quote(ASKED)
    return [
        *(row.address.format(**names) for row in ROWS),
        *(f"/search/?q={word}" for word in (asked, "whisperer")),
        *(
            f"{path}{asked}"
            for path in ("/search/suggest/?q=", "/similar/?title=", "/bookmarks/?q=")
        ),
        *("/u/whisperer/", "/u/whisperer/?show=posts", "/feed/", "/sitemap.xml"),
        *(f"/admin/{name}/?q={asked}" for name in ("accounts/member", "forums/post")),
        *(f"/admin/forums/{name}/" for name in ("message", "conversation", "participant")),
    ]


@pytest.mark.parametrize("who", READERS)
def test_no_page_tells_a_word_of_it(world, names, who):
    client = signed_in(world.people[who], raise_request_exception=False)
    assert [path for path in doors(names) if SECRET in _text(client, path)] == []


def test_those_in_it_find_it_on_its_own_pages_only(world, names):
    client = signed_in(world.people["malee"])
    said = [row.address for row in ROWS if SECRET in _text(client, row.address.format(**names))]
    assert set(said) == {
        "/messages/", "/messages/{conversation}/", "/report/message/{message}/"
    }  # fmt: skip


def _text(client, path: str) -> str:
    response = client.get(path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")


def test_what_is_kept_of_it_elsewhere_are_ids(names):
    for model in (Telling, Notification, Email):
        for row in model.objects.values():
            assert SECRET not in json.dumps(row, default=str, ensure_ascii=False)


def test_the_admin_has_no_desk_for_them():
    assert not {Message, Conversation} & set(admin.site._registry)
    assert apps.get_model("forums.Participant") not in admin.site._registry


@pytest.mark.parametrize("who", READERS)
def test_of_another_it_answers_like_one_that_never_was(world, names, who):
    client = signed_in(world.people[who], raise_request_exception=False)
    for path in ("/messages/{}/", "/messages/{}/leave/", "/report/message/{}/"):
        there = client.get(path.format(names["message" if "report" in path else "conversation"]))
        never = client.get(path.format(999_999_999))
        assert there.status_code == never.status_code
        assert (there.status_code == 302) == (who == "visitor")
