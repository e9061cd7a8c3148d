"""Forgetting what merges moved, when they can no longer be undone."""

from django.db import transaction
from django.utils import timezone

from forums.moderation.moved.models import UNDO_FOR, MovedRow

LOT = 20_000  # rows a run


@transaction.atomic
def forget_old_rows() -> int:
    """Delete up to `LOT` rows of merges of more than a week ago; returns how many."""
    old = MovedRow.objects.filter(merge__decision__created_at__lt=timezone.now() - UNDO_FOR)
    count, _each = MovedRow.objects.filter(pk__in=old.order_by("pk").values("pk")[:LOT]).delete()
    return count
