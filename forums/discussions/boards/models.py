"""Boards and who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forums.base.appearance import Colour, Emblem
from forums.base.visibility import EVERYTHING, is_signed_in, reader_has, rule
from forums.groups.memberships.models import Membership, roles_of
from forums.groups.networks.models import Network

if TYPE_CHECKING:
    from accounts.models import Member

NAME_LENGTH = 80
SCOPE_LENGTH = 160


class Access(models.IntegerChoices):
    """One scale for reading and writing; whoever stands at n may do what asks for n or less.

    NETWORK is for a network's boards: its members stand there in them. Whoever forgets to ask about
    networks shuts such a board to all but moderators, never opens it.
    """

    EVERYONE = -1, _("Everyone, without signing in")
    MEMBERS = 0, _("Members")
    LEVEL_1 = 1, _("Members of trust level 1 and more")
    LEVEL_2 = 2, _("Members of trust level 2 and more")
    LEVEL_3 = 3, _("Members of trust level 3 and more")
    LEVEL_4 = 4, _("Members of trust level 4")
    NETWORK = 8, _("Members of the network")
    STAFF = 9, _("Moderators")


def access_of(member: Any) -> int:
    """Where a reader stands on the scale of `Access`. `member` may be None or anonymous."""
    if not is_signed_in(member):
        return Access.EVERYONE
    return Access.STAFF if member.is_staff else member.trust_level


HOUSE_LEVELS = [choice for choice in Access.choices if choice[0] != Access.NETWORK]


class OpenTo(models.TextChoices):
    """How open a network's board is. `forums.discussions.boards.actions` makes the two levels from it."""

    EVERYONE = "everyone", _("Everyone reads, members of the site write")
    READERS = "readers", _("Everyone reads, members of the network write")
    NETWORK = "network", _("Members of the network only")


def access_to(member: Any, board: Board) -> int:
    """Where a reader stands on the scale of `Access` in this board: higher in her own networks'."""
    access = access_of(member)
    if board.network_id and access < Access.NETWORK and board.network_id in roles_of(member):
        return Access.NETWORK
    return access


def _readable(member: Any) -> Q:
    open_to_her = Q(read_level__lte=access_of(member))
    if mine := list(roles_of(member)):
        return open_to_her | Q(network__in=mine, read_level__lte=Access.NETWORK)
    return open_to_her


BOARD_READABLE = rule(
    "forums.Board",
    "which she may enter",
    _readable,
    sql=f"""(b.read_level <= %(access)s
        OR (b.network_id = ANY(%(mine)s::bigint[]) AND b.read_level <= {Access.NETWORK:d}))""",
    tables="forums_board b",
)


def readers_of(board: Board) -> Q:
    """The same rule turned round: the condition of the members who may enter a board. A test holds the two equal."""
    if board.read_level <= Access.MEMBERS:
        return EVERYTHING
    may = Q(is_staff=True)
    if board.read_level <= Access.LEVEL_4:
        may |= Q(trust_level__gte=board.read_level)
    if board.network_id and board.read_level <= Access.NETWORK:
        inside = Membership.objects.filter(network=board.network_id, network__hidden_at=None)
        may |= Q(pk__in=inside.values("member"))
    return may


@reader_has
def _her_access(member: Any) -> dict[str, Any]:
    return {"access": access_of(member)}


def tree_order() -> tuple[Any, ...]:
    """What to order by so that each room stands right after its board."""
    return (
        Coalesce("parent__position", "position"),
        Coalesce("parent_id", "id"),
        F("parent_id").asc(nulls_first=True),
        "position",
        "id",
    )


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, member: Member | Any) -> BoardQuerySet:
        """The boards `member` (None or anonymous: a visitor) may enter."""
        return self.filter(BOARD_READABLE.q(member))

    def of_the_house(self) -> BoardQuerySet:
        """The boards of the site itself, not of a network."""
        return self.filter(network=None)

    def as_tree(self) -> BoardQuerySet:
        """Boards in their order, each with its rooms right after it."""
        return self.order_by(*tree_order())

    def for_hello(self, member: Member | Any) -> Board | None:
        """Where a newcomer says hello: the first room of the house, in its keepers' order, that every member
        reads and writes in. One query."""
        rooms = self.visible_to(member).of_the_house().filter(rooms=None)
        return rooms.filter(write_level__lte=Access.MEMBERS).as_tree().first()

    def writable_by(self, member: Member | Any) -> BoardQuerySet:
        """The boards in which `member` may start a topic."""
        may_write = Q(write_level__lte=access_of(member))
        if mine := list(roles_of(member)):
            may_write |= Q(network__in=mine, write_level__lte=Access.NETWORK)
        return self.visible_to(member).filter(may_write)


def board_url(slug: str) -> str:
    """The address of a board; lists name many, so the resolver is not asked."""
    return f"/b/{slug}/"


class Board(models.Model):
    parent = models.ForeignKey(
        "self",
        verbose_name=_("inside the board"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rooms",
        limit_choices_to={"parent": None},
    )
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    slug = models.CharField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    sort_key = models.TextField(editable=False, db_collation="C")
    scope = models.CharField(_("what it is for, in one line"), max_length=SCOPE_LENGTH, blank=True)
    colour = models.CharField(_("colour"), max_length=8, choices=Colour, default=Colour.KHRAM)
    emblem = models.CharField(_("emblem"), max_length=16, choices=Emblem, default=Emblem.TALK)
    network = models.ForeignKey(
        Network,
        verbose_name=_("of the network"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="boards",
    )
    open_to = models.CharField(
        _("how open it is"), max_length=8, choices=OpenTo, blank=True, editable=False
    )
    read_level = models.SmallIntegerField(
        _("who may read"), choices=Access, default=Access.EVERYONE
    )
    write_level = models.SmallIntegerField(
        _("who may write"),
        choices=[choice for choice in Access.choices if choice[0] != Access.EVERYONE],
        default=Access.MEMBERS,
    )
    topic_count = models.PositiveIntegerField(default=0, editable=False)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(write_level__gte=F("read_level")) & Q(write_level__gte=0),
                name="board_writers_can_read",
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="board_has_a_name"),
            # A network's boards are flat and know three degrees; the house's know none of the networks.
            models.CheckConstraint(
                condition=(
                    Q(network=None, open_to="")
                    & ~Q(read_level=Access.NETWORK)
                    & ~Q(write_level=Access.NETWORK)
                )
                | (
                    Q(network__isnull=False, parent=None)
                    & ~Q(open_to="")
                    & Q(read_level__in=[Access.EVERYONE, Access.NETWORK, Access.STAFF])
                    & Q(write_level__in=[Access.MEMBERS, Access.NETWORK, Access.STAFF])
                ),
                name="board_of_house_or_network",
            ),
            models.UniqueConstraint(fields=["network", "name"], name="board_name_once_a_network"),
            models.CheckConstraint(condition=~Q(sort_key=""), name="board_has_a_sort_key"),
        ]
        # Boards stand in the order their keepers gave them; where they are found by name, in that of names.
        indexes = [models.Index(fields=["sort_key", "id"], name="board_by_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return board_url(self.slug)

    @property
    def is_for_everyone(self) -> bool:
        """May a visitor read it? Only then is it in feeds and in the previews of links."""
        return self.read_level == Access.EVERYONE

    @property
    def writers(self) -> str:
        """Who writes here and how one comes to it, for whoever reads here and may not write."""
        if self.write_level == Access.NETWORK:
            return gettext(
                "Only members of the network write here. Ask to join on the network's page."
            )
        if self.write_level == Access.STAFF and self.network_id:
            return gettext("The network is archived: its boards can be read, and take nothing new.")
        if self.write_level == Access.STAFF:
            return gettext(
                "Only the moderators of the site write here. Start a topic in another board."
            )
        return gettext(
            "Only members of trust level %(level)d and more write here. "
            "The moderators of the site give the levels."
        ) % {"level": self.write_level}
