"""Every write to a network's own boards: its coordinators open, change and close them."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from forums.base.appearance import Colour, Emblem
from forums.base.errors import BadText, NotAllowed
from forums.discussions.boards.actions import SCOPE_LENGTH, clean_name, why_not_delete
from forums.discussions.boards.levels import levels_of, settle_levels
from forums.discussions.boards.models import Board, OpenTo
from forums.groups.memberships.permissions import require_role
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import Happened, Network
from forums.groups.networks.recording import happened
from forums.text.slugs import first_free, slugify
from forums.text.thai import clean_line, sort_key

if TYPE_CHECKING:
    from accounts.models import Member

MOST = 12  # boards of one network


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
    name, scope = clean_name(name), clean_line(scope)[:SCOPE_LENGTH]
    network = lock_open(network.pk)
    require_role(member, network)
    if Board.objects.filter(network=network).count() >= MOST:
        raise NotAllowed(_("A network has up to %(limit)d boards.") % {"limit": MOST})
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
        slug=_free_slug(name),
    )
    _save(board)
    happened(
        network.pk, Happened.BOARD, actor=member, details={"board": board.pk, "open_to": open_to}
    )
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
    name, scope = clean_name(name), clean_line(scope)[:SCOPE_LENGTH]
    if board.network_id is None:
        raise NotAllowed
    network = lock_open(board.network_id)
    require_role(member, network)
    board = Board.objects.select_for_update().get(pk=board.pk)
    changed = board.open_to != open_to
    board.name, board.sort_key = name, sort_key(name)
    board.scope, board.emblem, board.position = scope, emblem, position
    board.open_to = OpenTo(open_to)
    _save(board, fields=["name", "sort_key", "scope", "emblem", "position", "open_to"])
    if changed:
        settle_levels(network)
        happened(
            network.pk,
            Happened.BOARD,
            actor=member,
            details={"board": board.pk, "open_to": open_to},
        )
    board.refresh_from_db()
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


def _save(board: Board, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            board.save(update_fields=fields)
    except IntegrityError as error:
        raise BadText(_("This network has a board of this name already.")) from error


def _free_slug(name: str) -> str:
    """An address made from the name that no board has."""
    made = slugify(name, max_length=50).strip("-") or "board"
    taken = set(Board.objects.filter(slug__startswith=made).values_list("slug", flat=True))
    return first_free(made, taken.__contains__)
