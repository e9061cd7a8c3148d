"""Nobody is offered a link that is refused: the demo is walked through as four kinds of readers."""

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.moderation.actions import lock
from tests.clients import signed_in
from tests.make import make_member

# How many pages of a kind (one route, one set of names in its query) are opened: so that all four walks
# together take less than a minute.
EACH = 4
_LINK = re.compile(r'<(?:a|link rel="alternate")\b[^>]*?\shref="([^"]+)"')
_HERE = {"", "testserver", "localhost:8000"}


@pytest.fixture(scope="module")
def closed(filled):
    """The demo, with topics closed in which its members have written: what stays theirs there, and what not."""
    moderator = make_member("closing", is_staff=True)
    found = list[Topic]()
    for handle in ("piyada", "somchai", "nhong"):
        hers = Topic.objects.filter(posts__author__handle=handle, locked_at=None)
        for topic in hers.distinct().order_by("pk")[:2]:
            lock(moderator=moderator, topic=topic, reason="คุยกันจบแล้ว")
            found.append(topic)
    open_to_all = Topic.objects.visible_to(None).filter(pk__in=[topic.pk for topic in found])
    return [topic.get_absolute_url() for topic in open_to_all]


@pytest.mark.parametrize(
    ("handle", "least"), [(None, 100), ("piyada", 200), ("somchai", 200), ("nhong", 200)]
)
def test_no_link_leads_to_an_error(closed, db, handle, least):
    """As a visitor, a member, a coordinator, a moderator."""
    member = Member.objects.get(handle=handle) if handle else None
    refused, opened = walk(signed_in(member), [*closed, "/"])
    assert refused == {}
    assert opened > least  # the walk did not stop at the door


def walk(browser: Client, starts: list[str]) -> tuple[dict[str, str], int]:
    """The links that were refused, each with where it stood; and how many were opened."""
    waiting = deque((start, "the door") for start in starts)
    seen, asked, refused = set(starts), Counter[str](), dict[str, str]()
    while waiting:
        address, place = waiting.popleft()
        answer = browser.get(address)
        if answer.status_code >= 400:
            refused[address] = f"{answer.status_code}, on {place}"
        links = [answer.headers["Location"]] if "Location" in answer.headers else []
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            links += [unescape(link) for link in _LINK.findall(answer.content.decode())]
        for link in (_address(urljoin(address, link)) for link in links):
            if link and link not in seen and asked[kind := _kind(link)] < EACH:
                seen.add(link)
                asked[kind] += 1
                waiting.append((link, address))
    return refused, len(seen)


def _address(link: str) -> str:
    """Where a link leads on this site, '' elsewhere."""
    parts = urlsplit(urldefrag(link).url)
    if parts.netloc not in _HERE or parts.scheme not in ("", "http"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _kind(address: str) -> str:
    """The route of an address and the names of its query: pages of one kind are one view's."""
    parts = urlsplit(address)
    try:
        route = resolve(parts.path).route
    except Resolver404:
        return parts.path  # nobody answers there, which is to be seen
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return f"{route}?{'&'.join(names)}"
