"""Where whoever's thing was decided upon reads why, and until when she may ask that somebody else looks again."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing

from forums.moderation.models import Decision

SALT = "forums.moderation.statements"


def ends_at(decision: Decision) -> datetime:
    """Until when one may ask that another looks again."""
    return decision.created_at + timedelta(days=settings.FORUMS_APPEAL_DAYS)


def page_path(decision: Decision) -> str:
    """Where whose it is reads it, signed in."""
    return f"/decisions/{decision.pk}/"


def letter_path(decision: Decision, member_id: int) -> str:
    """Where she reads it who has only the letter."""
    return f"/decisions/letter/{signing.dumps([decision.pk, member_id], salt=SALT)}/"


def from_letter(token: str) -> tuple[int, int] | None:
    """The decision and the member (ids) of a signed link; None for what is none."""
    try:
        decision, member = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return decision, member
