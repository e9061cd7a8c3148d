"""Boards and activities of a network, written straight into the tables."""

from datetime import timedelta

from django.utils import timezone

from forums.activities.models import Activity, ActivityHost
from forums.discussions.boards.models import Board, OpenTo
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
