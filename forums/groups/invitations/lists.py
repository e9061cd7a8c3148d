"""What the page of invitations shows. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from accounts.models import member_url
from forums.base.keyset import NUMBER, Keyset, Page
from forums.groups.invitations.models import Invitation, InvitationUse

INVITATIONS = 20
OPEN = "open"
USERS = 8  # names under an invitation
_NEWEST = Keyset({"pk": NUMBER}, falling=True, onward="before")


class User(NamedTuple):
    """A member who came in by an invitation."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation as its coordinators see it."""

    pk: int
    link: str
    is_to_one: bool
    email: str  # '' where it was forgotten, and where there was none
    by: str
    created_at: datetime
    expires_at: datetime
    uses: int
    max_uses: int
    state: str
    users: list[User]
    more: int  # of them than are named

    @property
    def is_to_come(self) -> bool:
        """Its letter goes out later, on `created_at`."""
        return self.state == OPEN and self.created_at > timezone.now()

    @property
    def field(self) -> str:
        """The name of the field that holds its link, on the page."""
        return f"link{self.pk}"

    @property
    def is_to_hand_out(self) -> bool:
        """Lets people in now, and is meant for whoever gets it."""
        return self.state == OPEN and not self.is_to_one


def invitations(network_id: int, query: Any) -> Page[InvitationRow]:
    """Invitations, newest first, each with its state and who used it; `before` is the last id seen."""
    found = Invitation.objects.filter(network=network_id).select_related("created_by")
    page = _NEWEST.page(found, query, size=INVITATIONS)
    users = _users([invitation.pk for invitation in page.rows])
    now = timezone.now()
    rows = [
        InvitationRow(
            pk=invitation.pk,
            link=invitation.link,
            is_to_one=invitation.is_to_one,
            email=invitation.email,
            by=str(invitation.created_by),
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            uses=invitation.uses,
            max_uses=invitation.max_uses,
            state=state_of(invitation, now),
            users=users.get(invitation.pk, []),
            more=invitation.uses - len(users.get(invitation.pk, [])),
        )
        for invitation in page.rows
    ]
    return page.with_rows(rows)


def state_of(invitation: Invitation, now: datetime) -> str:
    """open (OPEN), revoked, expired or used."""
    if invitation.revoked_at is not None:
        return "revoked"
    if invitation.uses >= invitation.max_uses:
        return "used"
    return "expired" if invitation.expires_at <= now else OPEN


def _users(ids: list[int]) -> dict[int, list[User]]:
    """The last few who used each of these invitations."""
    newest = Window(
        RowNumber(), partition_by=F("invitation_id"), order_by=[F("used_at").desc(), F("id").desc()]
    )
    found = (
        InvitationUse.objects.filter(invitation__in=ids)
        .annotate(place=newest)
        .filter(place__lte=USERS)
        .order_by("place")
        .values_list("invitation_id", "member__display_name", "member__handle")
    )
    users: dict[int, list[User]] = {}
    for pk, name, handle in found:
        users.setdefault(pk, []).append(User(name, member_url(handle)))
    return users
