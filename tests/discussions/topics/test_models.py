"""Kinds of topic: what is known of one is known of all."""

from forums.discussions.topics.models import TRAITS, TopicKind
from tests.needs import CHECKOUT


def test_each_kind_has_its_traits_and_its_drawing():
    assert list(TRAITS) == list(TopicKind)
    drawings = "".join(
        path.read_text() for path in (CHECKOUT / "templates/components").glob("icons*.html")
    )
    assert all(f'id="i-{traits.icon}"' in drawings for traits in TRAITS.values())
