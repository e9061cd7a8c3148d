"""What others said of networks and of posts, beside what they say themselves: wings to the right register it in their
`kinds.py`, and each is asked once a page."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from forums.discussions.topics.models import Topic

type SaidOf = Callable[["Topic", Collection[int], Any], Mapping[int, SafeString]]
_NETWORKS: list[SaidOf] = []
_POSTS: list[SaidOf] = []


def under_views(said: SaidOf) -> SaidOf:
    """Print what `said` gives, by network (ids), below the networks' own views of a topic."""
    _NETWORKS.append(said)
    return said


def under_posts(said: SaidOf) -> SaidOf:
    """Print what `said` gives, by post (ids), with the posts that stand beside those views."""
    _POSTS.append(said)
    return said


def said_of_networks(
    topic: "Topic", networks: Collection[int], member: Any
) -> dict[int, SafeString]:
    """What was registered for those of `networks` there is something for."""
    return _gathered(_NETWORKS, topic, networks, member)


def said_of_posts(topic: "Topic", posts: Collection[int], member: Any) -> dict[int, SafeString]:
    """The same of posts."""
    return _gathered(_POSTS, topic, posts, member)


def _gathered(
    registered: list[SaidOf], topic: "Topic", ids: Collection[int], member: Any
) -> dict[int, SafeString]:
    found: dict[int, SafeString] = {}
    for said in registered if ids else []:
        for pk, html in said(topic, ids, member).items():
            found[pk] = format_html("{}{}", found.get(pk, ""), html)
    return found
