"""Addresses whose pages may be kept, of the demo."""

import pytest

from forums.discussions.boards.models import Access, Board
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network


@pytest.fixture
def kept_addresses(filled) -> list[tuple[str, bool]]:
    """Each with whether it is a topic's: some of every kind that visitors meet."""
    topics = Topic.objects.filter(
        board__read_level=Access.EVERYONE, hidden_at=None, deleted_at=None
    )
    found = [
        (each.get_absolute_url(), True)
        for each in topics.filter(merged_into=None).order_by("-last_number", "-pk")[:40]
    ]
    found += [(path, False) for path in ("/", "/new/", "/unanswered/", "/hot/", "/boards/")]
    found += [("/networks/", False), ("/networks/?sort=name", False)]
    boards = Board.objects.filter(read_level=Access.EVERYONE).order_by("pk")
    found += [(f"/b/{each.slug}/", False) for each in boards[:6]]
    networks = Network.objects.listed().order_by("-member_count")
    return found + [(each.get_absolute_url(), False) for each in networks[:8]]
