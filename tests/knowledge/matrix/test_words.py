"""The words of each statement and poll stand where whoever may read them reads them, and nowhere else.

Each has a word of its own. Every page that could tell of a topic is read by everybody and looked through for all of them:
pages, feeds, search, the sitemap, files; lines and letters of notifications. The tables say what is found.
"""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.http import HttpResponse
from django.utils import timezone

from forums.discussions.polls.actions import CLOSED, CLOSING
from forums.knowledge.statements.telling import DECIDED, WAIT
from forums.notifications.models import Email, Notification
from forums.notifications.registry import text_of
from tests.knowledge.matrix.asking import compared, line
from tests.knowledge.matrix.place import FRUITS, TITLE, Place, undone

READERS = ("visitor", "outsider", "insider", "author", "starter", "moderator")
OUTSIDE = [  # the topic: what it could be told by
    *("/", "/new/", "/hot/", "/unanswered/", "/unread/", "/boards/", "/b/public/", "/feed/"),
    *("/b/public/feed/", "/search/?q=ทุกบ้านควรปลูก", "/search/?q=วันไหนดี", "/search/suggest/?q=ปลูก"),
    *("/similar/?title=ทุกบ้านควรปลูก", "/u/author/", "/u/author/?show=posts", "/u/starter/"),
    *("/n/{slug}/", "/n/{slug}/topics/", "/n/{slug}/timeline/", "/n/{slug}/feed/", "/sitemap.xml"),
    *("/sitemap-topics-1.xml", "/moderation/log/", "/moderation/log/feed/", "/reports/"),
    *("/notifications/", "/statements/", "/networks/mine/", "/t/{other}/"),
]
INSIDE = [
    *("/t/{t}/", "/t/{t}/feed/", "/t/{t}/by/network/", "/t/{t}/by/others/", "/t/{t}/by/networks/"),
    *(
        "/t/{t}/common/",
        "/t/{t}/common/?of=rest",
        "/t/{t}/common/?of=networks",
        "/t/{t}/common/guess/",
    ),
    *(
        "/t/{t}/common/words/",
        "/t/{t}/common/speak/",
        "/t/{t}/common/write/",
        "/t/{t}/common/waiting/",
    ),
    *("/t/{t}/common/vote/?s={open}", "/t/{t}/common/vote/mine/", "/t/{t}/common/vote/done/"),
    *("/t/{t}/common/rounds/", "/t/{t}/common/export.zip", "/t/{t}/polls/"),
]
_BREAKS = re.compile("<[^>]*>|[\u200b-\u200d\u2060]")  # and where a title may be broken


def read(place: Place, who: str, address: str) -> str:
    """What she reads there; "" where there is nothing for her."""
    names = {"t": place.topic.pk, "other": place.elsewhere.pk, "slug": place.network.slug}
    names |= {f"n {name}": each.number for name, each in place.statements.items()}
    names |= {name: each.pk for name, each in place.polls.items()}
    names["open"] = place.statements["open"].number
    answer = place.clients[who].get(address.format(**names), follow=address == "/t/{t}/")
    return _text(answer) if answer.status_code == 200 else ""


def _text(answer: HttpResponse) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        archive = ZipFile(BytesIO(content))
        content = b"\n".join(archive.read(name) for name in archive.namelist())
    raw = content.decode()
    return f"{raw}\n{_BREAKS.sub('', raw)}"


def lines_of(part: str, place: str, texts: list[str]) -> list[str]:
    """A line for each thing whose word stands in one of these."""
    found = []
    for thing, word in (FRUITS | {"topic": TITLE}).items():
        cells = ["x" if word in text else "." for text in texts]
        if "x" in cells:
            found.append(line(f"{part:20} {place}: {thing}", cells, 68))
    return found


@pytest.fixture(scope="module")
def told(_made_place):
    """Everybody is told of everything, whether she should be or not: what is read of it, the lines themselves decide."""
    about = [(DECIDED, {"statement": each.pk}) for each in _made_place.statements.values()]
    about += [
        (kind, {"poll": each.pk})
        for each in _made_place.polls.values()
        for kind in (CLOSED, CLOSING)
    ]
    of_round = {"topic": _made_place.topic.pk, "round": _made_place.round.pk}
    about += [("round-opened", of_round), ("round-closed", of_round)]
    about += [(WAIT, {"statements_of": timezone.localdate().toordinal()})]
    Notification.objects.bulk_create(
        Notification(member=member, kind=kind, key=f"all-{at}", data=data, newest_at=timezone.now())
        for member in _made_place.people.values()
        if member is not None
        for at, (kind, data) in enumerate(about)
    )
    return [each for each in about if each[0] in (DECIDED, WAIT)]


def letters(place: Place, who: str, kinds: list[tuple[str, dict]]) -> str:
    """All that letters of these kinds would say to her."""
    member = place.people[who]
    if member is None:
        return ""
    found = (text_of(Email(kind=kind, member=member, data=data)) for kind, data in kinds)
    return "\n".join(f"{each.subject}\n{each.body}" for each in found if each)


@pytest.mark.parametrize("address", OUTSIDE + INSIDE)
def test_what_is_read_of_a_topic_everyone_may_read(place, told, address):
    found = lines_of("", address, [read(place, who, address) for who in READERS])
    compared("words", READERS, found, part=f"{'':20} {address}: ")


@pytest.mark.parametrize("thing", FRUITS)
def test_what_is_read_on_a_things_own_pages(place, thing):
    pages = ["polls/{poll}/"] if "poll" in thing else ["common/{n}/", "common/{n}/look/"]
    found = []
    for page in pages:
        address = "/t/{t}/" + page.replace("{n}", f"{{n {thing}}}").replace(
            "{poll}", f"{{{thing}}}"
        )
        found += lines_of(thing, page, [read(place, who, address) for who in READERS])
    compared("own", READERS, found, part=f"{thing:20} ")


# -- states of the topic, and boards: what is told elsewhere ------------------------------------------

TOLD_ON = [
    *(
        "/",
        "/b/public/",
        "/feed/",
        "/unread/",
        "/search/?q=ทุกบ้านควรปลูก",
        "/u/starter/",
        "/n/{slug}/",
    ),
    *(
        "/n/{slug}/feed/",
        "/sitemap-topics-1.xml",
        "/moderation/log/",
        "/notifications/",
        "/statements/",
    ),
]
PASSERS_BY = ("visitor", "outsider", "author", "starter")


@pytest.mark.parametrize(
    ("board", "state"), [("public", "hidden"), ("public", "unlisted"), ("network", "plain")]
)
def test_what_is_read_elsewhere_of_a_topic(place, told, board, state):
    part, found = f"{board}: {state}", []
    with undone():
        place.topic_is(state, board)
        for address in TOLD_ON:
            found += lines_of(part, address, [read(place, who, address) for who in PASSERS_BY])
        found += lines_of(part, "letters", [letters(place, who, told) for who in PASSERS_BY])
    compared("elsewhere", PASSERS_BY, found, part=f"{part} ")
