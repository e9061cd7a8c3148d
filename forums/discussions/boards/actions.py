"""Every write to boards: administrators' (all boards are locked while it lasts), and a network's own."""

from typing import TYPE_CHECKING

from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.base.appearance import Colour, Emblem
from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting_line
from forums.base.published import published
from forums.discussions.boards.counters import tag_changes
from forums.discussions.boards.levels import levels_of, settle_levels
from forums.discussions.boards.models import NAME_LENGTH, SCOPE_LENGTH, Access, Board, OpenTo
from forums.groups.memberships.permissions import require_role
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.tags.counters import count_tags_by
from forums.text.slugs import first_free, slugify
from forums.text.thai import clean_line, sort_key

if TYPE_CHECKING:
    from accounts.models import Member

MOST_BOARDS = 12  # of one network


def clean_name(name: str) -> str:
    """The name as it is stored. Raises BadText when nothing visible is left, or too much is."""
    return fitting_line(name, NAME_LENGTH, nothing=_("Please give the board a name."))


@transaction.atomic
def save_board(
    *,
    name: str,
    slug: str = "",
    scope: str = "",
    parent: Board | None = None,
    position: int = 100,
    colour: str = Colour.KHRAM,
    emblem: str = Emblem.TALK,
    read_level: int = Access.EVERYONE,
    write_level: int = Access.MEMBERS,
    board: Board | None = None,
) -> Board:
    """Store a board (a new one, or `board` changed) and return it.

    An empty `slug` is made from the name. Who may write must be able to read: `write_level` is
    raised to `read_level`. Rooms never let in more people than the board they stand in: they are
    closed along with it. Tags count only what everyone may read, so they follow.
    Raises BadText (name, address) or NotAllowed (a third level; a room more open than its board).
    """
    name, scope = clean_name(name), clean_line(scope)[:SCOPE_LENGTH]
    transaction.on_commit(
        lambda: caches["process"].clear()
    )  # its name stands in lists for a minute
    known = {row.pk: row for row in Board.objects.select_for_update().order_by("pk")}
    board = board or Board()
    before = known.get(board.pk)
    rooms = [row for row in known.values() if before and row.parent_id == before.pk]
    if parent:
        parent = known.get(parent.pk)
        check_place(board=before, parent=parent, read_level=read_level, has_rooms=bool(rooms))

    changes: dict[int, int] = {}
    if before:
        changes = tag_changes(before, read_level)
    board.name, board.sort_key, board.scope = name, sort_key(name), scope
    board.parent, board.position = parent, position
    board.colour, board.emblem = colour, emblem
    board.read_level, board.write_level = read_level, max(read_level, write_level, Access.MEMBERS)
    board.slug = _free_slug(slug, name, before, known)
    if before:
        board.topic_count = before.topic_count
    try:
        with transaction.atomic():
            board.save()
    except IntegrityError as error:  # somebody made one of this address a moment ago
        raise BadText(_("Another board has this address already.")) from error

    for room in rooms:
        if room.read_level < read_level:
            for tag_id, change in tag_changes(room, read_level).items():
                changes[tag_id] = changes.get(tag_id, 0) + change
            Board.objects.filter(pk=room.pk).update(
                read_level=read_level, write_level=max(room.write_level, read_level)
            )
    count_tags_by(changes)
    return board


def check_place(
    *, board: Board | None, parent: Board | None, read_level: int, has_rooms: bool
) -> None:
    """Raises NotAllowed unless `board` (None: a new one) may stand in `parent` with this level."""
    if parent is None or (board and parent.pk == board.pk) or parent.parent_id or has_rooms:
        raise NotAllowed(
            _("Boards have two levels: a room stands in a board, and has no rooms of its own.")
        )
    if read_level < parent.read_level:
        raise NotAllowed(
            _("A room cannot be open to more people than “%(board)s”, in which it stands.")
            % {"board": parent.name}
        )


@transaction.atomic
def delete_board(*, board: Board) -> None:
    """Take an empty board away. Raises NotAllowed while topics (hidden ones too) or rooms stand in it."""
    board = Board.objects.select_for_update().get(pk=board.pk)
    if reason := why_not_delete(board):
        raise NotAllowed(reason)
    board.delete()


def why_not_delete(board: Board) -> str:
    """What stands in the way of deleting this board, or ''."""
    if rooms := Board.objects.filter(parent=board).count():
        return ngettext(
            "%(count)d room stands in this board. Move it to another board first.",
            "%(count)d rooms stand in this board. Move them to another board first.",
            rooms,
        ) % {"count": rooms}
    if board.topics.exists():
        return _(
            "There are topics in this board, hidden and deleted ones included. "
            "Move them to another board first."
        )
    return ""


def _free_slug(slug: str, name: str, before: Board | None, known: dict[int, Board]) -> str:
    """The address asked for, or one made from the name. Raises BadText for one that is taken."""
    if before and slug == before.slug:
        return slug
    taken = {row.slug for row in known.values() if row is not before}
    if asked := slugify(slug).strip("-"):
        if asked in taken:
            raise BadText(_("Another board has this address already."))
        return asked
    return first_free(slugify(name).strip("-") or "board", taken.__contains__)


@transaction.atomic
def open_board(
    *,
    member: "Member",
    network: Network,
    name: str,
    scope: str = "",
    open_to: str = OpenTo.EVERYONE,
    emblem: str = "",
) -> Board:
    """Open a board of `network` and return it. It wears the network's colour.

    Raises BadText (no name, or one that a board of this network has) or NotAllowed.
    """
    looked = published(member, clean_name(name), clean_line(scope)[:SCOPE_LENGTH])
    name, scope = looked.texts
    network = lock_open(network.pk)
    require_role(member, network)
    if Board.objects.filter(network=network).count() >= MOST_BOARDS:
        raise NotAllowed(_("A network has up to %(limit)d boards.") % {"limit": MOST_BOARDS})
    read, write = levels_of(network, open_to)
    board = Board(
        network=network,
        open_to=open_to,
        read_level=read,
        write_level=write,
        name=name,
        sort_key=sort_key(name),
        scope=scope,
        colour=Colour(network.colour),
        emblem=Emblem(emblem or network.emblem),
        slug=_free_address(name, network),
    )
    _save_once(board)
    record_event(
        network.pk, EventKind.BOARD, actor=member, details={"board": board.pk, "open_to": open_to}
    )
    looked.of("network", network)
    return board


@transaction.atomic
def change_board(
    *,
    member: "Member",
    board: Board,
    name: str,
    scope: str,
    open_to: str,
    emblem: str,
    position: int = 100,
) -> Board:
    """Change a network's board; what it was open to is closed at once, tags count along.

    Raises BadText or NotAllowed.
    """
    looked = published(member, clean_name(name), clean_line(scope)[:SCOPE_LENGTH])
    name, scope = looked.texts
    if board.network_id is None:
        raise NotAllowed
    network = lock_open(board.network_id)
    require_role(member, network)
    board = Board.objects.select_for_update().get(pk=board.pk)
    changed = board.open_to != open_to
    board.name, board.sort_key = name, sort_key(name)
    board.scope, board.emblem, board.position = scope, emblem, position
    board.open_to = OpenTo(open_to)
    _save_once(board, fields=["name", "sort_key", "scope", "emblem", "position", "open_to"])
    if changed:
        settle_levels(network)
        record_event(
            network.pk,
            EventKind.BOARD,
            actor=member,
            details={"board": board.pk, "open_to": open_to},
        )
    board.refresh_from_db()
    looked.of("network", network)
    return board


@transaction.atomic
def close_board(*, member: "Member", board: Board) -> None:
    """Take an empty board of a network away. Raises NotAllowed while topics stand in it."""
    if board.network_id is None:
        raise NotAllowed
    network = lock_open(board.network_id)
    require_role(member, network)
    board = Board.objects.select_for_update().get(pk=board.pk)
    if reason := why_not_delete(board):
        raise NotAllowed(reason)
    board.delete()


def _save_once(board: Board, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            board.save(update_fields=fields)
    except IntegrityError as error:
        raise BadText(_("This network has a board of this name already.")) from error


def _free_address(name: str, network: Network) -> str:
    """An address made from the name and the network's number, that no board has.

    Always with the number: one counted up among all boards would tell that somewhere, in a network nobody may know
    of, a board of this name is.
    """
    made = f"{slugify(name, max_length=50).strip('-') or 'board'}-n{network.pk}"
    taken = set(Board.objects.filter(slug__startswith=made).values_list("slug", flat=True))
    return first_free(made, taken.__contains__)
