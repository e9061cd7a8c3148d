"""Kinds of topic: what is known of one is known of all."""

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


def test_no_topic_stands_at_the_address_of_another_page_of_a_topic():
    pages = {
        str(pattern.pattern).removeprefix("<int:pk>/").partition("/")[0]
        for group in urlpatterns
        if str(group.pattern) == "t/"
        for pattern in group.url_patterns
    } - {"", "<int:pk>", "<str:slug>"}
    assert pages <= OWN_PAGES
    assert [topic_slug(word) for word in ("Feed", "น้ำ", "Common ground")] == [
        "feed-1",
        "น้ำ",
        "common-ground",
    ]
