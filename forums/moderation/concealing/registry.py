"""Other texts of a topic than its posts, in which the same words are hidden: nouns to the right register them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from forums.discussions.posts.models import Post
    from forums.discussions.topics.models import Topic
    from forums.moderation.concealing.models import ConcealedPassage
    from forums.moderation.models import Decision


class Cover(Protocol):
    """Hides these words, because of what was decided about a post of the topic, which is locked."""

    def __call__(
        self, topic: "Topic", source: "Post", words: Sequence[str], decision: "Decision"
    ) -> None: ...


class Uncover(Protocol):
    """Shows again those of these passages that stand in such texts; the topic is locked."""

    def __call__(self, topic: "Topic", rows: "Sequence[ConcealedPassage]") -> None: ...


class Beside(NamedTuple):
    """How words of such texts are hidden, and shown again."""

    cover: Cover
    uncover: Uncover


_BESIDE: list[Beside] = []


def hidden_too(cover: Cover, uncover: Uncover) -> None:
    """Register such texts."""
    _BESIDE.append(Beside(cover, uncover))


def beside() -> Sequence[Beside]:
    """All of them."""
    return _BESIDE
