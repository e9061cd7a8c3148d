"""The two levels of a network's boards, made from how open each is and from what became of the network."""

from forums.discussions.boards.counters import tag_changes
from forums.discussions.boards.models import Access, Board, OpenTo
from forums.groups.networks.models import Network
from forums.tags.counters import count_tags_by

_LEVELS = {
    OpenTo.EVERYONE: (Access.EVERYONE, Access.MEMBERS),
    OpenTo.READERS: (Access.EVERYONE, Access.NETWORK),
    OpenTo.NETWORK: (Access.NETWORK, Access.NETWORK),
}


def levels_of(network: Network, open_to: str) -> tuple[int, int]:
    """(read, write) of a board of `network` that is open to `open_to`.

    An archived network's boards are read only, a hidden one's are the moderators' alone.
    """
    read, write = _LEVELS[OpenTo(open_to)]
    if network.hidden_at is not None:
        return Access.STAFF, Access.STAFF
    return read, Access.STAFF if network.archived_at is not None else write


def settle_levels(network: Network) -> None:
    """Give every board of `network` (locked, as it stands now) its levels; tags follow what is public."""
    changes: dict[int, int] = {}
    for board in Board.objects.select_for_update().filter(network=network).order_by("pk"):
        read, write = levels_of(network, board.open_to)
        if (read, write) == (board.read_level, board.write_level):
            continue
        for tag_id, change in tag_changes(board, read).items():
            changes[tag_id] = changes.get(tag_id, 0) + change
        Board.objects.filter(pk=board.pk).update(read_level=read, write_level=write)
    count_tags_by(changes)
