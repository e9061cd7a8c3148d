"""Sweeps."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.moderation.models import REASON_LENGTH

UNDO_FOR = timedelta(days=7)


class SweepQuerySet(models.QuerySet["Sweep"]):
    def undoable(self) -> SweepQuerySet:
        """Those of the last week that nobody has undone."""
        return self.filter(undone_at=None, made_at__gt=timezone.now() - UNDO_FOR)


class Sweep(models.Model):
    """What was taken of one member at once: the posts and topics that this hid, the decisions that hid more, and what else was done."""

    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    moderator = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=REASON_LENGTH)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    kept_out = models.BooleanField(default=False)
    posts = ArrayField(models.BigIntegerField(), default=list)
    topics = ArrayField(models.BigIntegerField(), default=list)
    # The decisions by which this took what stands in topics out of sight.
    parts = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    # Of the lists what this put there (`watched`), by id.
    entries = ArrayField(models.BigIntegerField(), default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SweepQuerySet.as_manager()

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="sweep_has_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="sweep_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.made_at:%Y-%m-%d}"
