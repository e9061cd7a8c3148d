"""What a page of a topic says of its posts that stand elsewhere now, and of those that came from elsewhere."""

from dataclasses import dataclass
from typing import Any

from forums.discussions.posts.models import PartedPost, post_label, post_url
from forums.discussions.topics.models import PAGE, Topic
from forums.moderation.topics.models import Regrouping

_MOST = PAGE * 10


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place of this page whose post stands elsewhere; `pk` is its anchor, so that old links to it meet this line."""

    pk: int
    label: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class CameFrom:
    """From this page on stands what was said in a topic of this title; its own text is the comment of that number."""

    title: str
    number: int
    url: str


def regrouped(topic: Topic, page: int, member: Any) -> dict[str, Any]:
    """Of one page: three queries, of those few topics only of which something was split off or merged."""
    first, last = (page - 1) * PAGE + 1, page * PAGE
    places = PartedPost.objects.filter(topic=topic, number__range=(first, last))
    readable = Topic.objects.visible_to(member)
    parted = places.filter(post__topic__in=readable).exclude(post__topic=topic)
    rows = parted.select_related("post__topic").defer("post__body", "post__body_html")
    merged = Regrouping.objects.filter(target=topic, undone_at=None, base__range=(first - 1, last))
    came = merged.select_related("source")
    posts = topic.posts.filter(reply_number=0, number__in=[each.base for each in came])
    own = dict(posts.values_list("number", "pk"))
    return {
        "moved_away": [
            Elsewhere(
                each.post_id,
                post_label(each.number, each.reply_number),
                post_url(each.post_id),
                each.post.topic.title,
            )
            for each in rows.order_by("number", "reply_number")[:_MOST]
        ],
        "came_from": [
            CameFrom(each.source.title, each.base or 0, post_url(own[each.base or 0]))
            for each in came
            if each.base in own
        ],
    }
