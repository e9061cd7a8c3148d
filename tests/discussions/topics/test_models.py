"""Kinds of topic: what is known of one is known of all."""

from django.urls import URLResolver

from forums.discussions.topics.addresses import OWN_PAGES, topic_slug
from forums.discussions.topics.models import TRAITS, TopicKind
from forums.urls import urlpatterns
from tests.needs import CHECKOUT


def test_each_kind_has_its_traits_and_its_drawing():
    assert list(TRAITS) == list(TopicKind)
    drawings = "".join(
        path.read_text() for path in (CHECKOUT / "templates/components").glob("icons*.html")
    )
    assert all(f'id="i-{traits.icon}"' in drawings for traits in TRAITS.values())


def _routes(patterns, before=""):
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _routes(each.url_patterns, route)
        else:
            yield route


def test_no_topic_stands_at_the_address_of_another_page_of_a_topic():
    under = "t/<int:pk>/"
    pages = {
        route.removeprefix(under).partition("/")[0]
        for route in _routes(urlpatterns)
        if route.startswith(under)
    } - {"", "<str:slug>"}
    assert {"common", "polls", "reply"} <= pages
    assert pages <= OWN_PAGES
    assert [topic_slug(word) for word in ("Feed", "น้ำ", "Common ground")] == [
        "feed-1",
        "น้ำ",
        "common-ground",
    ]
