"""The privacy matrix: every private thing of a network × every door × everyone who may knock.

A new door is one line in DOORS; a new kind of secret one line in private_network.SECRETS. Each door is
opened by each reader, and holds no word that is secret to her: not in the page, not in a header.
"""

from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import Resolver404, resolve

from forums.activities.models import Activity
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.links.models import NetworkLink
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation, Representative
from forums.moderation.models import Decision
from forums.notifications import registry
from forums.notifications.envelope import message_of
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Email, Notification
from forums.notifications.registry import DIGEST, TOLD, text_of
from forums.reading.following.models import Follow, Level
from forums.tags.models import Tag
from tests.clients import signed_in
from tests.made_once import made_once, no_pace
from tests.security.private_network import ASKED, READERS, SECRETS, PrivateNetwork, build

DOORS = [
    # lists of the house
    "/", "/new/", "/unanswered/", "/hot/", "/boards/", "/b/{open_board}/", "/b/{shown_board}/",
    # search, tags, what is suggested while typing
    f"/search/?q={quote(ASKED)}", "/search/?q=คลอง", "/tags/", "/tags/คลอง/",
    f"/search/suggest/?q={quote(ASKED)}", f"/search/suggest/?q={quote(ASKED[:5])}",
    "/search/suggest/?q=คลอง", f"/suggest/topics/?q={quote(ASKED)}", "/suggest/topics/?q=คลอง&open_to=members",
    f"/suggest/networks/?q={quote(ASKED)}", "/suggest/networks/?q=คลอง", "/suggest/members/?q=ma&network=คนรักคลอง",
    "/suggest/people/?topic={topic}", "/suggest/people/?topic={open_topic}&q=ma", "/suggest/people/?board={board}&q=ma",
    "/tags/suggest/?q=z", "/tags/suggest/?q=ค", f"/similar/?title={quote(ASKED)}",
    # feeds, and the map of the site
    "/feed/", "/tags/คลอง/feed/", "/n/{network}/feed/", "/n/{elsewhere}/feed/",
    "/b/{open_board}/feed/", "/t/{shown_topic}/feed/", "/sitemap.xml",
    *(f"/sitemap-{name}-1.xml" for name in (
        "topics", "boards", "networks", "activities", "organisations")),
    # its board and what is in it
    "/b/{board}/", "/b/{board}/feed/", "/b/{board}/new/", "/t/{topic}/", "/t/{topic}/{slug}/",
    "/t/{topic}/feed/", "/t/{topic}/edit/", "/t/{topic}/reply/", "/p/{post}/", "/p/{post}/thread/",
    "/p/{post}/history/", "/p/{post}/edit/", "/t/{open_topic}/reply/?to={post}&quote=1",
    "/pictures/{picture}",
    # hidden things
    "/t/{shown_topic}/{shown_slug}/", "/p/{hidden_post}/", "/p/{hidden_post}/thread/",
    "/p/{hidden_post}/history/", "/t/{hidden_topic}/{hidden_slug}/", "/t/{hidden_topic}/feed/",
    # people
    "/u/{author}/", "/u/{author}/?show=posts", "/u/khlong/", "/u/khlong/?show=posts", "/u/owner/",
    "/u/owner/?show=posts", "/networks/mine/", "/start/", "/settings/",
    # the log
    "/moderation/log/", "/moderation/log/?topic={topic}", "/moderation/log/?post={hidden_post}",
    "/moderation/log/?network={hidden_network_id}",
    # the network, and the other one
    "/networks/", f"/networks/?q={quote(ASKED)}", "/n/{network}/", "/n/{elsewhere}/",
    # the hidden one
    "/n/{hidden_network}/", "/n/{hidden_network}/feed/", "/b/{hidden_board}/",
    "/b/{hidden_board}/feed/", "/t/{hidden_network_topic}/{hidden_network_slug}/",
    "/t/{hidden_network_topic}/feed/",
    "/robots.txt", "/sent/?submission=00000000-0000-4000-8000-000000000000",
    # the pages of networks
    "/n/{network}/topics/", "/n/{elsewhere}/topics/", "/n/{network}/timeline/",
    "/n/{network}/history/", "/n/{network}/manage/", "/n/{network}/links/",
    "/n/{network}/boards/", "/n/{network}/boards/{board_id}/", "/n/{network}/topics/waiting/",
    "/n/{network}/members/", "/n/{network}/members/ngiap/", "/n/{network}/requests/",
    "/n/{network}/announcements/", "/n/{network}/invitations/list/", "/n/{network}/invitations/list/{roster}/",
    "/n/{network}/invitations/list/{roster}/faults.csv",
    "/n/{network}/invitations/", "/n/{network}/join/", "/n/{network}/organisations/",
    "/n/{network}/activities/", "/n/{network}/activities.ics", "/n/{elsewhere}/activities.ics",
    "/activities/", "/activities/{activity}/", "/activities/{activity}/{activity_slug}/",
    "/activities/{activity}/calendar.ics", "/activities/{hidden_activity}/",
    "/activities/{hidden_activity}/calendar.ics", "/calendar/{calendar}.ics",
    "/n/{network}/money/", "/n/{network}/money/history/", "/n/{network}/money/csv/",
    "/n/{network}/organisations/", "/organisations/", "/o/{organisation}/", "/o/{organisation}/networks/",
    "/t/{topic}/by/others/", "/t/{topic}/by/network/", "/t/{topic}/by/networks/",
    "/t/{topic}/by/view/{network}/", "/t/{topic}/by/view/{network}/history/",
    "/n/{hidden_network}/members/", "/n/{hidden_network}/topics/",
    "/n/{hidden_network}/activities/", "/n/{hidden_network}/activities.ics",
]  # fmt: skip

# What only those who are inside may open at all, and what only moderators may.
INSIDE_ONLY = [
    "/b/{board}/", "/t/{topic}/{slug}/", "/p/{post}/", "/p/{post}/thread/", "/p/{post}/history/",
    "/pictures/{picture}", "/pictures/{picture}/{size}.webp",
    "/activities/{activity}/{activity_slug}/", "/activities/{activity}/calendar.ics",
    "/t/{topic}/by/others/", "/t/{topic}/by/network/",
]  # fmt: skip
STAFF_ONLY = [
    "/t/{hidden_topic}/{hidden_slug}/", "/n/{hidden_network}/", "/b/{hidden_board}/",
    "/t/{hidden_network_topic}/{hidden_network_slug}/", "/activities/{hidden_activity}/",
    "/n/{hidden_network}/members/", "/n/{hidden_network}/topics/",
]  # fmt: skip
# Nobody is shown these anywhere but in the admin.
NEVER_ON_A_PAGE = {"a hidden post in an open topic"}


@pytest.fixture(scope="module")
def _built(django_db_setup, django_db_blocker) -> Iterator[PrivateNetwork]:
    with made_once(django_db_blocker):
        with no_pace():
            built = build()
        yield built


@pytest.fixture
def private(_built, db) -> PrivateNetwork:
    return _built


def is_there(door: str) -> bool:
    """Does any page of the site answer at this address?"""
    try:
        resolve(door.split("?")[0].format(**_SHAPE))
    except Resolver404:
        return False
    return True


class _Shape(dict):
    """A number or a word for each name in an address, as its route asks."""

    def __missing__(self, name: str) -> str:
        words = ("slug", "network", "elsewhere", "board", "author", "organisation", "calendar")
        if name == "picture":
            return "0190a000-0000-7000-8000-000000000001"
        return "x" if name.endswith(words) else "1"


_SHAPE = _Shape()
NAMES = [
    "network", "elsewhere", "author", "board", "board_id", "topic", "slug", "post", "picture",
    "size", "open_topic", "open_slug", "open_board", "shown_topic", "shown_slug", "shown_board",
    "hidden_post", "hidden_topic", "hidden_slug", "activity", "activity_slug", "calendar",
    "organisation", "hidden_network", "hidden_network_id", "hidden_board",
    "hidden_network_topic", "hidden_network_slug", "hidden_activity", "roster",
]  # fmt: skip
_SHAPE.update({name: _SHAPE[name] for name in NAMES} | {"hidden_network_id": "1"})


def browser(private: PrivateNetwork, who: str) -> Client:
    return signed_in(private.people[who], raise_request_exception=False)


def read(client: Client, path: str) -> str:
    """Everything an answer says: status, headers, text; what is encoded in addresses too."""
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = f"{answer.status_code} {dict(answer.headers)}\n{body.decode('utf-8', 'replace')}"
    assert answer.status_code < 500, path
    # iCalendar folds long lines with CR LF and a space: a word may stand on two of them.
    text = text.replace("\r\n ", "")
    # A page that asks to sign in repeats the address that was typed, which is no news to who typed it.
    for typed in (path, quote(path), quote(path, safe=""), quote(quote(path))):
        text = text.replace(typed, "")
    return text + unquote(text)


def secret_to(who: str) -> dict[str, str]:
    return {name: word for name, (word, may) in SECRETS.items() if who not in may}


def test_every_door_is_there():
    assert [door for door in DOORS if not is_there(door)] == []


@pytest.mark.parametrize("who", READERS)
def test_no_door_tells_a_secret(private, who):
    client = browser(private, who)
    told = []
    for door in DOORS:
        text = read(client, door.format(**private.names))
        told += [f"{door}: {name}" for name, word in secret_to(who).items() if word in text]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("who", READERS)
def test_what_is_not_hers_answers_as_if_it_were_not_there(private, who):
    client = browser(private, who)
    inside = who in {"member", "coordinator", "moderator"}
    for doors, may in ((INSIDE_ONLY, inside), (STAFF_ONLY, who == "moderator")):
        for door in doors:
            status = client.get(door.format(**private.names)).status_code
            if may:
                assert status in (200, 301, 302), (door, status)
            else:
                assert status == 404, (door, status)


def test_who_may_know_a_secret_finds_it_behind_some_door(private):
    """Else the tests above could pass because nothing is shown to anybody."""
    seen = {}
    for who in ("member", "coordinator", "moderator"):
        client = browser(private, who)
        seen[who] = "\n".join(read(client, door.format(**private.names)) for door in DOORS)
    lost = []
    for name, (word, may) in SECRETS.items():
        if name in NEVER_ON_A_PAGE:
            continue
        who = next(each for each in ("member", "coordinator", "moderator") if each in may)
        if word not in seen[who]:
            lost.append(f"{name} ({who})")
    assert not lost, lost


def test_no_letter_tells_a_secret_whoever_it_is_sent_to(private):
    """Letters are worded when they are sent: to a reader who may know no more, they say no more."""
    letters = list(Email.objects.all())
    assert letters
    for letter in letters:
        for who in ("outsider", "member", "coordinator"):
            letter.member = private.people[who]
            said = whole_letter(letter)
            for name, word in secret_to(who).items():
                assert word not in said, (letter.kind, who, name)


def whole_letter(letter: Email) -> str:
    """All that would go out, in both bodies and the headers; '' for nothing."""
    words = text_of(letter)
    if words is None:
        return ""
    message = message_of(letter, words, "reader@example.org")
    assert isinstance(message, EmailMultiAlternatives)
    said = f"{message.subject} {message.extra_headers} {message.body} {message.alternatives[0][0]}"
    return said + unquote(said)


@pytest.mark.parametrize("who", ["outsider", "member", "coordinator"])
def test_no_gathered_letter_and_no_digest_tells_a_secret(private, who, monkeypatch):
    """Though she was told of every post there is, and follows every topic."""
    monkeypatch.setattr("forums.reading.digest.topics.MOST", 1_000)
    member = private.people[who]
    digest = Email(pk=1, kind=DIGEST, member=member, data={"rhythm": "weekly"})
    letters = [digest]
    for topic in Topic.objects.all():
        Follow.objects.update_or_create(
            member=member, topic=topic, defaults={"level": Level.WATCHING}
        )
        for kind in ("replied", "quoted"):
            told = [[pk, kind] for pk in topic.posts.values_list("pk", flat=True)]
            letters.append(Email(pk=2, kind=TOLD, member=member, data={"posts": told}))
    said = "\n".join(map(whole_letter, letters))
    assert [name for name, word in secret_to(who).items() if word in said] == []
    if who == "coordinator":  # else it could pass because nothing is said to anybody
        assert SECRETS["its topic's title"][0] in said
        assert SECRETS["a post there"][0] in said
        assert SECRETS["its topic's title"][0] in whole_letter(digest)


def every_line(private: PrivateNetwork, who: str) -> str:
    """What notifications of every kind say to her of every thing there is, and where they lead."""
    ids = {
        "post": Post,
        "topic": Topic,
        "network": Network,
        "other": Network,
        "activity": Activity,
        "organisation": Organisation,
        "decision": Decision,
        "link": NetworkLink,
        "representative": Representative,
    }
    tables = {name: list(model.objects.values_list("pk", flat=True)) for name, model in ids.items()}
    told = {"reason": "x", "role": "member", "yes": True, "side": "network"}
    said = []
    for turn in range(max(map(len, tables.values()))):
        data = told | {name: pks[turn % len(pks)] for name, pks in tables.items() if pks}
        notes = [
            Notification(pk=number, kind=kind, data=data, things=tables["post"], people=[])
            for number, kind in enumerate(registry._KINDS)
        ]
        lines = lines_of(private.people[who], notes).values()
        said += [f"{line.text} {line.note} {unquote(line.url)}" for line in lines]
    return "\n".join(said)


@pytest.mark.parametrize("who", ["outsider", "member", "coordinator"])
def test_no_notification_tells_a_secret_whatever_it_speaks_of(private, who):
    said = every_line(private, who)
    assert [name for name, word in secret_to(who).items() if word in said] == []


def test_who_may_know_a_secret_finds_it_in_notifications(private):
    said = every_line(private, "member")
    assert SECRETS["its topic's title"][0] in said
    assert SECRETS["a post there"][0] in said


def test_a_tag_of_private_topics_counts_nothing(private):
    counts = dict(Tag.objects.values_list("name", "topic_count"))
    assert counts[SECRETS["a tag used only there"][0]] == 0
    assert counts["คลอง"] == 1  # the open topic's, not the private one's


@pytest.mark.parametrize("who", ["visitor", "outsider"])
def test_a_private_tag_is_like_no_tag(private, who):
    client = browser(private, who)
    for rest in ("", "feed/"):
        there = client.get(f"/tags/{SECRETS['a tag used only there'][0]}/{rest}")
        assert there.status_code == client.get(f"/tags/nothing/{rest}").status_code == 404


def test_who_has_left_is_an_outsider_at_once(private):
    from forums.groups.memberships.models import Membership

    client = browser(private, "member")
    assert client.get("/b/{board}/".format(**private.names)).status_code == 200
    Membership.objects.get(member=private.people["member"]).delete()
    told = []
    for door in DOORS:
        text = read(client, door.format(**private.names))
        told += [
            f"{door}: {name}"
            for name, (word, may) in SECRETS.items()
            if "outsider" not in may and word in text
        ]
    assert not told, "\n".join(told)
