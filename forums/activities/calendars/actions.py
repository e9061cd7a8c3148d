"""A member's secret calendar: its address made, and taken back."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from forums.activities.models import CalendarKey, new_secret

if TYPE_CHECKING:
    from accounts.models import Member


@transaction.atomic
def renew_calendar(*, member: "Member") -> CalendarKey:
    """Make the secret address of a member's calendar, or a new one: the old is dead at once."""
    key, _made = CalendarKey.objects.update_or_create(
        member=member, defaults={"secret": new_secret(), "created_at": timezone.now()}
    )
    return key


@transaction.atomic
def drop_calendar(*, member: "Member") -> None:
    """Take the secret address away; nothing of the member's can be read by one any more."""
    CalendarKey.objects.filter(member=member).delete()
