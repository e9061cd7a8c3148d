"""Plain functions that make things: through the actions, as the site would."""

import itertools
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import Member
from forums.activities.hosting.actions import Details, announce
from forums.activities.models import Activity
from forums.discussions.boards.actions import open_board
from forums.discussions.boards.models import Access, Board, OpenTo
from forums.discussions.openings.actions import start_topic
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.counters import admit
from forums.groups.memberships.models import Role
from forums.groups.networks.locks import lock_network
from forums.groups.networks.models import Network
from forums.groups.profiles.actions import register_network
from forums.text.thai import sort_key

_count = itertools.count(1)
LEVELS = {  # who may read and who may write, in a network's board
    OpenTo.EVERYONE: (Access.EVERYONE, Access.MEMBERS),
    OpenTo.READERS: (Access.EVERYONE, Access.NETWORK),
    OpenTo.NETWORK: (Access.NETWORK, Access.NETWORK),
}


def make_member(handle: str = "", **fields: Any) -> Member:
    """A member, who has been here for a while."""
    n = next(_count)
    fields.setdefault("created_at", timezone.now() - timedelta(days=90))
    handle = handle or f"member{n}"
    return Member.objects.create_user(handle, fields.pop("email", f"m{n}@example.org"), **fields)


def make_board(
    name: str = "สุขภาพชุมชน",
    *,
    read: int = Access.EVERYONE,
    write: int = Access.MEMBERS,
    **fields: Any,
) -> Board:
    slug = fields.pop("slug", f"board-{next(_count)}")
    return Board.objects.create(
        name=name,
        sort_key=sort_key(name),
        slug=slug,
        read_level=read,
        write_level=max(read, write),
        **fields,
    )


def make_network(
    name: str = "", coordinator: Member | None = None, *, aim: str = "ดูแลคลองด้วยกัน", **fields: Any
) -> Network:
    """A network with its coordinator (`registered_by`), who may register as many as a test wants."""
    founder = coordinator or make_member()
    name = name or f"คนรักคลอง {next(_count)}"
    with override_settings(FORUMS_PACE={**settings.FORUMS_PACE, "networks": []}):
        return register_network(founder=founder, name=name, aim=aim, **fields)


def make_network_board(
    network: Network, open_to: str = OpenTo.EVERYONE, name: str = "ลานคลอง", **fields: Any
) -> Board:
    return open_board(
        member=network.registered_by, network=network, name=name, open_to=open_to, **fields
    )


def make_board_of(network: Network, open_to: str, name: str = "") -> Board:
    """A board of `network` that is just there: nobody opened it, and its history knows nothing of it."""
    read, write = LEVELS[OpenTo(open_to)]
    return make_board(
        name or f"ห้อง {open_to}",
        network=network,
        slug=f"{network.pk}-{open_to}-{Board.objects.count()}",
        open_to=open_to,
        read=read,
        write=write,
    )


@transaction.atomic
def join(network: Network, *members: Member, role: str = Role.MEMBER) -> None:
    """Make these people members of `network`, by whatever door."""
    network = lock_network(network.pk)
    for member in members:
        admit(network, member, role=role)


def make_topic(
    author: Member | None = None,
    board: Board | None = None,
    *,
    title: str = "เดินเยี่ยมผู้ป่วยติดเตียงกันอย่างไร",
    body: str = "บ้านอื่นจัดเวรกันอย่างไรบ้าง",
    kind: str = "conversation",
    **fields: Any,
) -> Topic:
    author = author or make_member(is_staff=True)
    return start_topic(
        author=author, board=board or make_board(), kind=kind, title=title, body=body, **fields
    )


def make_post(
    topic: Topic, author: Member | None = None, *, body: str = "ของเราทำแบบนี้", **fields: Any
) -> Post:
    return reply(author=author or make_member(), topic=topic, body=body, **fields)


def in_days(days: float, hour: int = 8) -> datetime:
    """A moment so many days from now, on the full hour in Bangkok."""
    then = timezone.now().astimezone(ZoneInfo("Asia/Bangkok")) + timedelta(days=days)
    return then.replace(hour=hour, minute=0, second=0, microsecond=0)


def make_activity(
    network: Network | None = None, by: Member | None = None, *, days: float = 10, **fields: Any
) -> Activity:
    """An activity four hours long, `days` from now (negative: it has been), announced by `by`."""
    network = network or make_network()
    starts = fields.pop("starts_at", None) or in_days(max(days, 2))
    given = {
        "title": "วันทำความสะอาดคลอง",
        "place": "ท่าน้ำวัดใหม่",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=4),
    }
    activity = announce(
        member=by or network.registered_by, network=network, details=Details(**given | fields)
    )
    if days < 2:
        starts = in_days(days)
        Activity.objects.filter(pk=activity.pk).update(
            starts_at=starts, ends_at=starts + timedelta(hours=4)
        )
        activity.refresh_from_db()
    return activity
