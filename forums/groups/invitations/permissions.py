"""Who may have the site write to strangers: not who came a moment ago, whatever she coordinates."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.trust import rights_of

if TYPE_CHECKING:
    from accounts.models import Member

DAYS_TO_MAIL = 7
DAYS_NEW = 30


def can_mail(member: "Member") -> bool:
    """Invites by e-mail: whom the moderators know, and who has been here for some days."""
    return _is_known(member) or _is_here_since(member, DAYS_TO_MAIL)


def is_new_here(member: "Member") -> bool:
    """Invites fewer a day than others do."""
    return not (_is_known(member) or _is_here_since(member, DAYS_NEW))


def pace_of(member: "Member") -> str:
    """By which pace of the settings she invites."""
    return "first_invitations" if is_new_here(member) else "invitations"


def _is_known(member: "Member") -> bool:
    return rights_of(member).invites_as_known


def _is_here_since(member: "Member", days: int) -> bool:
    return member.created_at <= timezone.now() - timedelta(days=days)
