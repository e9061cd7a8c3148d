"""What was split off, and merged: remembered so that it can be taken back."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

REGROUPED_FOR = timedelta(days=7)  # so long it can be undone


class RegroupingQuerySet(models.QuerySet["Regrouping"]):
    def undoable(self) -> RegroupingQuerySet:
        """Those of the last week that nobody has undone."""
        since = timezone.now() - REGROUPED_FOR
        return self.filter(undone_at=None, decision__created_at__gt=since)


class Regrouping(models.Model):
    """Posts of `source` that went to `target`, a topic made of them, or (with a `base`) all of them, to one that was there.

    Of a merge: number n of the source is number n + `base` of the target, up to `last`.
    """

    decision = models.OneToOneField(
        "forums.Decision", on_delete=models.PROTECT, related_name="regrouping"
    )
    source = models.ForeignKey("forums.Topic", on_delete=models.PROTECT, related_name="regrouped")
    target = models.ForeignKey("forums.Topic", on_delete=models.PROTECT, related_name="regroupings")
    base = models.PositiveIntegerField(null=True)
    last = models.PositiveIntegerField(null=True)
    was_unlisted_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = RegroupingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="regrouping_of_two"),
            models.CheckConstraint(
                condition=Q(base=None, last=None) | Q(base__isnull=False, last__isnull=False),
                name="regrouping_has_a_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
