"""Boards and activities of a network, written straight into the tables."""

from datetime import timedelta

from django.utils import timezone

from forums.activities.models import Activity, ActivityHost
from forums.discussions.boards.models import Board, OpenTo
from forums.discussions.topics.models import State, Topic, TopicNetwork
from forums.groups.networks.models import Network
from tests.make import make_board_of


def room(network: Network, name: str = "ห้องหนึ่ง", open_to: str = OpenTo.READERS) -> Board:
    return make_board_of(network, open_to, name)


def hold(network, title, *, days=7, open_to="everyone", **fields):
    """An activity of this network, so many days from now."""
    starts = timezone.now() + timedelta(days=days)
    activity = Activity.objects.create(
        title=title,
        slug="x",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        open_to=open_to,
        created_by=network.registered_by,
        **fields,
    )
    ActivityHost.objects.create(activity=activity, network=network, confirmed_at=timezone.now())
    return activity


def joined_topics(network: Network, board: Board, count: int) -> list[Topic]:
    """So many topics of this board in which the network takes part, the oldest first, a minute apart."""
    author, now = network.registered_by, timezone.now()
    topics = Topic.objects.bulk_create(
        Topic(
            board=board,
            author=author,
            last_author=author,
            title=f"กระทู้ {n}",
            slug="x",
            created_at=now - timedelta(minutes=count - n),
            last_post_at=now - timedelta(minutes=count - n),
        )
        for n in range(count)
    )
    TopicNetwork.objects.bulk_create(
        TopicNetwork(topic=topic, network=network, state=State.JOINED) for topic in topics
    )
    return topics
