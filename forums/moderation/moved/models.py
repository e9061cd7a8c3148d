"""Merges, and the rows they moved."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from forums.moderation.models import Decision

UNDO_FOR = timedelta(days=7)


class MergeQuerySet(models.QuerySet["Merge"]):
    def undoable(self) -> MergeQuerySet:
        """Those of the last week that nobody has undone."""
        since = timezone.now() - UNDO_FOR
        return self.filter(undone_at=None, decision__created_at__gt=since)


class Merge(models.Model):
    """One merge, as it was decided; `told_after` is the member up to whom all were written to about it."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="merge")
    undone_at = models.DateTimeField(null=True)
    told_after = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)  # when everybody was

    objects = MergeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="merge_to_tell", condition=Q(told_at=None)),
        ]


class MovedRow(models.Model):
    """A row of `table` that a merge changed or took out (then `put` is NULL)."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="rows", db_index=False)
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    was = models.JSONField()
    put = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merge", "table", "row"], name="moved_row_once"),
        ]
