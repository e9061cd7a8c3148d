"""Boards and activities of a network, written straight into the tables."""

from datetime import timedelta

from django.utils import timezone

from forums.activities.models import Activity, ActivityHost
from forums.discussions.boards.models import Access, Board, OpenTo
from tests.make import make_board

LEVELS = {
    OpenTo.EVERYONE: (Access.EVERYONE, Access.MEMBERS),
    OpenTo.READERS: (Access.EVERYONE, Access.NETWORK),
    OpenTo.NETWORK: (Access.NETWORK, Access.NETWORK),
}


def room(network, name="ห้องหนึ่ง", open_to=OpenTo.READERS):
    read, write = LEVELS[open_to]
    slug = f"n{network.pk}-{Board.objects.count()}"
    return make_board(name, slug=slug, network=network, open_to=open_to, read=read, write=write)


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
