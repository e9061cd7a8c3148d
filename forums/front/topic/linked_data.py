"""What the page of a topic says to machines."""

from collections.abc import Iterator

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from forums.discussions.boards.models import Board
from forums.discussions.posts.models import post_url
from forums.discussions.posts.stream import PostRow
from forums.discussions.topics.models import Topic, TopicKind
from forums.sharing.linked_data import Thing, crumbs, linked_data, named, thing, whole
from forums.text.glance import glance


def of_topic(
    topic: Topic, opener: PostRow | None, accepted: PostRow | None, *, text: str, picture: str
) -> SafeString:
    """The way to it; on its first page the topic too: `text` is the beginning of `opener`, `picture` a path."""
    way = crumbs(_way(topic.board))
    if opener is None:
        return linked_data(way)
    about: Thing = {
        "url": whole(topic.get_absolute_url()),
        "text": text,
        "image": whole(picture),
        **_written(opener),
    }
    if accepted is not None and not accepted.gone:
        answer = thing(
            "Answer",
            text=glance(accepted.html),
            url=whole(post_url(accepted.pk)),
            upvoteCount=accepted.useful,
            **_written(accepted),
        )
        question = thing(
            "Question",
            name=topic.title,
            answerCount=topic.reply_count,
            acceptedAnswer=answer,
            **about,
        )
        return linked_data(way, thing("QAPage", mainEntity=question))
    kind = "Article" if topic.kind == TopicKind.ARTICLE else "DiscussionForumPosting"
    return linked_data(
        way, thing(kind, headline=topic.title, commentCount=topic.reply_count, **about)
    )


def _written(post: PostRow) -> Thing:
    """By whom, from where, and when."""
    author = named("Person", post.author.name, post.author.url)
    if post.network:
        author["affiliation"] = named("Organization", post.network.name, post.network.url)
    return {"author": author, "datePublished": post.iso}


def _way(board: Board) -> Iterator[tuple[str, str]]:
    """As templates/topics/_crumbs.html shows it."""
    if board.network:
        yield _("Networks"), "/networks/"
        yield board.network.name, board.network.get_absolute_url()
    else:
        yield _("Boards"), "/boards/"
    if board.parent:
        yield board.parent.name, board.parent.get_absolute_url()
    yield board.name, board.get_absolute_url()
