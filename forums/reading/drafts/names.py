"""What places are named after, as far as a member may see it: for `registry.draft_place`."""

from typing import TYPE_CHECKING, Any

from forums.discussions.boards.models import Board
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation

if TYPE_CHECKING:
    from accounts.models import Member


def topics(member: "Member", keys: set[Any]) -> dict[Any, str]:
    return dict(Topic.objects.visible_to(member).filter(pk__in=keys).values_list("pk", "title"))


def posts(member: "Member", keys: set[Any]) -> dict[Any, str]:
    found = Post.objects.visible_to(member).filter(pk__in=keys)
    return dict(found.values_list("pk", "topic__title"))


def boards(member: "Member", keys: set[Any]) -> dict[Any, str]:
    return dict(Board.objects.visible_to(member).filter(slug__in=keys).values_list("slug", "name"))


def networks(member: "Member", keys: set[Any]) -> dict[Any, str]:
    found = Network.objects.visible_to(member).filter(slug__in=keys)
    return dict(found.values_list("slug", "name"))


def organisations(member: "Member", keys: set[Any]) -> dict[Any, str]:
    found = Organisation.objects.visible_to(member).filter(slug__in=keys)
    return dict(found.values_list("slug", "name"))
