"""Questions as tests ask them, and the posts they find."""

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.search.query.language import Question, Term


def asking(*texts: str, **filters) -> Question:
    """A question of these terms; -x excludes, =x must stand exactly so, x* may go on."""
    terms = [
        Term(
            text.strip("-=*"),
            exact=text.startswith("="),
            excluded=text.startswith("-"),
            begun=text.endswith("*"),
        )
        for text in texts
    ]
    without = filters.pop("without", {})
    return Question(terms=tuple(terms), wanted=filters, without=without)


def posts(hits) -> list[int]:
    return [hit.post_id for hit in hits]


def opening(topic: Topic) -> int:
    return Post.objects.get(topic=topic, number=0).pk
