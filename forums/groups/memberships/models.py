"""Who is in which network, as what; and who asks to be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.known import came_with
from forums.base.constant_sql import select
from forums.base.visibility import reader_has
from forums.groups.memberships.registry import waiting_sql
from forums.groups.networks.models import NETWORK_SHOWN, Audience, Network, network_url

_CACHE = "_network_roles"
ANSWER_LENGTH = 500  # of one answer of who asks to join
WORD_LENGTH = 300  # of a coordinator's word or reason


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    SPOKESPERSON = "spokesperson", _("Spokesperson")
    MODERATOR = "moderator", pgettext_lazy("in a network", "Moderator")
    COORDINATOR = "coordinator", _("Coordinator")


# Who may speak in the network's name, keep order in its boards.
SPEAKS = frozenset({Role.SPOKESPERSON, Role.COORDINATOR})
MODERATES = frozenset({Role.MODERATOR, Role.COORDINATOR})


class Membership(models.Model):
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="memberships", db_index=False
    )
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("joined"), db_default=Now())
    # The member's own, so that a network's list of members turns its pages by an index.
    sort_key = models.TextField(editable=False, db_collation="C")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["network", "member"], name="membership_once")
        ]
        indexes = [
            # A network's members in dictionary order; those with a duty.
            models.Index(fields=["network", "sort_key", "id"], name="membership_by_name"),
            models.Index(
                fields=["network", "role"],
                name="membership_duties",
                condition=~Q(role=Role.MEMBER),
            ),
        ]


@dataclass(frozen=True, slots=True)
class MyNetwork:
    """A reader's place in one network, with what a choice or a mark of it shows."""

    network_id: int
    role: str
    name: str
    slug: str
    colour: str
    emblem: str
    is_open: bool
    waits: int  # what waits for her as its coordinator

    @property
    def url(self) -> str:
        return network_url(self.slug)

    @property
    def speaks(self) -> bool:
        return self.role in SPEAKS and self.is_open

    @property
    def moderates(self) -> bool:
        return self.role in MODERATES

    @property
    def coordinates(self) -> bool:
        return self.role == Role.COORDINATOR


_ROLES = """
    SELECT m.network_id, m.role, n.name, n.slug, n.colour, n.emblem, n.archived_at IS NULL AS is_open,
        CASE WHEN m.role = 'coordinator' AND n.archived_at IS NULL THEN {waiting} ELSE 0 END AS waits
    FROM forums_membership m JOIN forums_network n ON n.id = m.network_id
    WHERE m.member_id = {member} AND {shown} ORDER BY n.sort_key, n.id
"""


@cache
def _roles(member: str = "%(member)s") -> str:
    """The statement, once everything that may wait is registered."""
    return _ROLES.format(waiting=waiting_sql(), shown=NETWORK_SHOWN.sql, member=member)


def known_roles() -> str:
    """The same with who is signed in (`accounts.registry.known_with_her`)."""
    return f"(SELECT json_agg(place) FROM (SELECT m.id) her, LATERAL ({_roles('her.id')}) place)"  # noqa: S608


def roles_of(member: Any) -> dict[int, MyNetwork]:
    """The networks `member` is in, by id, in dictionary order of their names; {} for a visitor.

    Known with who is signed in, else one query; kept on the object: `request.user` lives as long as its request.
    """
    if member is None or not member.is_authenticated:
        return {}
    found: dict[int, MyNetwork] | None = getattr(member, _CACHE, None)
    if found is None:
        found = {each.network_id: each for each in _asked(member)}
        setattr(member, _CACHE, found)
    return found


def _asked(member: Any) -> list[MyNetwork]:
    if not hasattr(member, _CACHE):  # what is forgotten once is asked anew
        is_known, places = came_with(member, "networks")
        if is_known:
            return [MyNetwork(**place) for place in places or ()]
    return [MyNetwork(*row) for row in select(_roles(), member=member.pk)]


def forget_roles(*members: Any) -> None:
    """Called by actions that change a membership: the objects at hand must ask again."""
    for member in members:
        setattr(member, _CACHE, None)


def role_in(member: Any, network_id: int | None) -> str:
    """The role of `member` in this network, '' for an outsider or a visitor."""
    mine = roles_of(member).get(network_id or 0)
    return mine.role if mine else ""


def has_waiting(member: Any, network_id: int) -> bool:
    """Does anything wait for `member` as this network's coordinator?"""
    mine = roles_of(member).get(network_id)
    return mine is not None and mine.waits > 0


def moderated_by(member: Any) -> list[int]:
    """The networks in whose boards `member` keeps order, by id."""
    return [pk for pk, mine in roles_of(member).items() if mine.moderates]


def coordinated_by(member: Any) -> list[int]:
    """The networks `member` coordinates, by id."""
    return [pk for pk, mine in roles_of(member).items() if mine.coordinates]


@reader_has
def _her_networks(member: Any) -> dict[str, Any]:
    return {
        "mine": list(roles_of(member)),
        "keeps": moderated_by(member),
        "coordinates": coordinated_by(member),
    }


def may_see(member: Any, network_id: int, audience: str) -> bool:
    """Is what a network shows to `audience` shown to `member`? Moderators of the site see all."""
    if audience == Audience.EVERYONE:
        return True
    if member is None or not member.is_authenticated:
        return False
    if member.is_staff or audience == Audience.MEMBERS:
        return True
    role = role_in(member, network_id)
    return role == Role.COORDINATOR if audience == Audience.COORDINATORS else bool(role)


class JoinRequest(models.Model):
    """Somebody asks to join; a coordinator answers. The questions stand as they were when asked."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="join_requests")
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="join_requests"
    )
    questions = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    answers = ArrayField(
        models.CharField(max_length=ANSWER_LENGTH, blank=True), default=list, blank=True
    )
    created_at = models.DateTimeField(db_default=Now())
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    accepted = models.BooleanField(null=True)
    answer = models.CharField(max_length=WORD_LENGTH, blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "member"], condition=Q(decided_at=None), name="join_request_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, accepted=None)
                | Q(decided_at__isnull=False, accepted__isnull=False),
                name="join_request_decided_one_way",
            ),
        ]
        indexes = [
            models.Index(
                fields=["network", "created_at"],
                name="join_request_waiting",
                condition=Q(decided_at=None),
            )
        ]
