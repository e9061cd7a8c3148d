"""Writing a line, and forgetting where it came from."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import Member
from forums.moderation.audit.models import MOST_FIELDS, OBJECT_LENGTH, PAGE_LENGTH, AdminAct

FORGOTTEN = 5_000  # in one go


@transaction.atomic
def record(
    *, member: Member, page: str, about: str, fields: Sequence[str], status: int, address: str
) -> AdminAct:
    """Say that she sent this form."""
    return AdminAct.objects.create(
        member=member,
        page=page[:PAGE_LENGTH],
        about=about[:OBJECT_LENGTH],
        fields=[name[:60] for name in fields[:MOST_FIELDS]],
        status=status,
        address=address or None,
    )


@transaction.atomic
def forget_addresses(now: datetime) -> None:
    """Forget from where the next of the old ones came: the act stays."""
    old = now - timedelta(days=settings.FORUMS_TRAFFIC_DAYS)
    lines = AdminAct.objects.filter(at__lt=old, address__isnull=False).order_by("at")
    ids = list(lines.values_list("pk", flat=True)[:FORGOTTEN])
    AdminAct.objects.filter(pk__in=ids).update(address=None)
