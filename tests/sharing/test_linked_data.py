"""What pages tell machines: only what stands on the page, and nothing that could end the block it stands in."""

import json
import re
from datetime import datetime
from html import unescape
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as patient
from hypothesis import strategies as st

from forums.activities.models import Open
from forums.discussions.boards.models import Access
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation import actions as moderation
from forums.moderation.networks import actions as networks
from forums.text.dates import BANGKOK
from forums.text.render import data_block
from tests.make import (
    make_activity,
    make_board,
    make_member,
    make_network,
    make_post,
    make_topic,
)

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
# Says what a thing is, in a word of schema.org, or where in a list it stands.
_IN_ITS_WORDS = {
    "@type", "@context", "position", "eventStatus", "eventAttendanceMode", "foundingDate",
    "datePublished", "startDate", "endDate",
}  # fmt: skip


def said(browser, thing) -> tuple[list[dict], str]:
    """The things a page speaks of to machines, and the page itself."""
    page = browser.get(thing if isinstance(thing, str) else thing.get_absolute_url()).text
    blocks = BLOCK.findall(page)
    assert len(blocks) <= 1
    graph = json.loads(blocks[0]) if blocks else {"@context": "https://schema.org", "@graph": []}
    assert graph["@context"] == "https://schema.org"
    return graph["@graph"], BLOCK.sub("", page)


def values(thing: object, name: str = ""):
    """Every value with its name, however deep."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from values(value, key)
    elif isinstance(thing, list):
        for each in thing:
            yield from values(each, name)
    else:
        yield name, thing


def agrees(graph: list[dict], page: str) -> None:
    """Fails for what the page does not say to people."""
    close = together(unescape(re.sub(r"<[^>]*>", " ", page)))
    plain = unquote(unescape(page))
    for name, value in values(graph):
        if name in ("datePublished", "startDate"):
            assert f'datetime="{value}"' in page, value
        elif name == "endDate":
            hour = datetime.fromisoformat(value).astimezone(BANGKOK)
            assert f"{hour.hour}.{hour.minute:02}" in close
        elif name in _IN_ITS_WORDS:
            continue
        elif name in ("url", "item", "image", "logo"):
            assert unquote(value).removeprefix(settings.SITE_URL) in plain, value
        else:
            assert together(str(value).removesuffix("…")) in close, (name, value)


def together(text: str) -> str:
    """Without the spaces a browser would fold."""
    return "".join(text.split())


def test_a_conversation_an_article_and_their_way(as_, malee, canal):
    board = make_board("สุขภาพ")
    for kind, is_called in (
        ("conversation", "DiscussionForumPosting"),
        ("article", "Article"),
        ("question", "DiscussionForumPosting"),
    ):
        topic = make_topic(malee, board, kind=kind, title="น้ำ & <ใส>", body="**ก่อน** ปลาย " * 90 + "||ลับ||",
                           speak_from=canal.pk)  # fmt: skip
        (way, about), page = said(as_(None), topic)
        agrees([way, about], page)
        assert about["@type"] == is_called
        assert about["headline"] == "น้ำ & <ใส>"
        assert about["author"]["name"] == malee.display_name
        assert about["author"]["affiliation"]["name"] == canal.name
        assert about["url"] == settings.SITE_URL + topic.get_absolute_url()
        assert "ลับ" not in about["text"]
        assert [step["name"] for step in way["itemListElement"]] == ["ห้อง", "สุขภาพ"]


def test_a_question_with_its_answer(as_, malee, somchai, board):
    topic = make_topic(malee, board, kind="question")
    answer = make_post(topic, somchai, body="ลองทำ *ตารางเวร* ดู")
    as_(malee).post(f"/p/{answer.pk}/accept/", {"on": "1"})
    (_way, about), page = said(as_(None), topic)
    agrees([about], page)
    assert about["@type"] == "QAPage"
    accepted = about["mainEntity"]["acceptedAnswer"]
    assert (accepted["text"], accepted["url"]) == (
        "ลองทำ ตารางเวร ดู",
        f"{settings.SITE_URL}/p/{answer.pk}/",
    )
    moderation.hide_post(moderator=make_member(is_staff=True), post=answer, reason="โฆษณา")
    (_way, about), page = said(as_(None), topic)
    assert about["@type"] == "DiscussionForumPosting"
    assert "ตารางเวร" not in json.dumps(about, ensure_ascii=False)


def test_the_second_page_says_the_way_alone(as_, malee, board, settings):
    settings.FORUMS_PACE = {}
    topic = make_topic(malee, board)
    for _each in range(21):
        make_post(topic, malee)
    (way,), page = said(as_(None), f"{topic.get_absolute_url()}?page=2")
    agrees([way], page)


def test_a_network(as_, malee):
    network = make_network(
        "คน&คลอง", malee, provinces=["55", "54"], since_year=2015, since_month=2, sectors=["civil"]
    )
    (way, about), page = said(as_(None), network)
    agrees([way, about], page)
    assert about["foundingDate"] == "2015-02"
    assert "ก.พ.2558" in together(page)
    assert about["areaServed"] == ["น่าน", "แพร่"]


@pytest.mark.parametrize("link", ["", "https://meet.example.org/secret"])
@pytest.mark.parametrize("place", ["", "ท่าน้ำวัดใหม่"])
def test_an_activity(link, place, as_, malee, network):
    if not (link or place):
        return
    activity = make_activity(network, place=place, link=link, body="เอา**ไม้กวาด**มาด้วย")
    (way, about), page = said(as_(None), activity)
    agrees([way, about], page)
    assert "secret" not in json.dumps(about)
    assert about["eventStatus"] == "https://schema.org/EventScheduled"
    assert about["organizer"][0]["name"] == network.name
    modes = {(1, 0): "Offline", (0, 1): "Online", (1, 1): "Mixed"}
    mode = modes[bool(place), bool(link)]
    assert about["eventAttendanceMode"] == f"https://schema.org/{mode}EventAttendanceMode"


def test_what_is_not_for_everyone_says_nothing(as_, malee, moderator):
    hidden = make_topic(malee, make_board())
    moderation.hide_topic(moderator=moderator, topic=hidden, reason="โฆษณา")
    network, gone = make_network("คนรักคลอง", malee), make_network("คนรักป่า", malee)
    networks.hide(moderator=moderator, network=gone, reason="หลอกลวง")
    members = make_activity(network, open_to=Open.MEMBERS)
    for thing in (hidden, make_topic(malee, make_board(read=Access.MEMBERS)), gone, members):
        for who in (malee, moderator):
            if as_(who).get(thing.get_absolute_url()).status_code == 200:
                graph, page = said(as_(who), thing)
                assert graph == [], thing
                assert "og:image" not in page


def test_a_hidden_network_is_named_in_none(as_, malee, moderator, board, canal):
    topic = make_topic(malee, board, speak_from=canal.pk)
    networks.hide(moderator=moderator, network=canal, reason="หลอกลวง")
    graph, _page = said(as_(None), topic)
    assert canal.name not in json.dumps(graph, ensure_ascii=False)


texts = st.text(
    alphabet=st.sampled_from("กขน้ำ่ีา <>&\"'/\\-!{}[]s\u2028\u00e9😀ๆ…"), min_size=1, max_size=60
)


# Each example is a page: the first that fails is shown as it is.
@patient(
    max_examples=25,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(title=texts, body=texts, name=texts)
def test_whatever_is_written_stands_on_the_page_and_ends_no_block(
    title, body, name, as_, malee, board, settings
):
    settings.FORUMS_PACE = {}
    topic = make_topic(malee, board)
    # Past the forms: what the tables can hold, a page must survive.
    Topic.objects.filter(pk=topic.pk).update(title=f"ก{title}".strip())
    Post.objects.filter(topic=topic).update(body_html=f"<p>{_escaped(body)}</p>")
    type(malee).objects.filter(pk=malee.pk).update(display_name=f"น{name}".strip())
    graph, page = said(as_(None), Topic.objects.visible_to(AnonymousUser()).get(pk=topic.pk))
    assert len(graph) == 2
    agrees(graph, page)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    "text",
    ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;/script&gt;", "\u2028"],
)
def test_no_text_ends_the_block(text):
    block = data_block({"name": text})
    assert re.findall(r"[<>]", block) == ["<", ">", "<", ">"]
    inside = BLOCK.fullmatch(block)
    assert inside
    assert json.loads(inside[1]) == {"name": text}
    assert "&" not in inside[1]
