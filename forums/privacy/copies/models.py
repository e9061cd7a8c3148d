"""A copy that was asked for, and how far the worker is with it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import own, rule

if TYPE_CHECKING:
    from accounts.models import Member

THERE_FOR = timedelta(days=7)
AGAIN_AFTER = timedelta(days=1)

COPY_VISIBLE = rule("forums.PersonalCopy", "her own", own)


class PersonalCopyQuerySet(models.QuerySet["PersonalCopy"]):
    def visible_to(self, member: Member | Any) -> PersonalCopyQuerySet:
        """Her own: nobody else's, whoever asks."""
        return self.filter(COPY_VISIBLE.q(member))


class PersonalCopy(models.Model):
    """`step` is what is being written, `after` the key of its last row in the file, `size` the bytes of that file up to there.

    What stands behind them in the file was being written when the worker ended, and is cut off. `key` names the files, and so
    cannot be guessed.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked"), db_default=Now())
    step = models.CharField(max_length=80, blank=True)
    after = models.JSONField(null=True)
    size = models.BigIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True)
    busy_until = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(_("ready"), null=True)
    expires_at = models.DateTimeField(_("there until"), null=True)
    bytes = models.BigIntegerField(default=0)

    objects = PersonalCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of somebody’s data")
        verbose_name_plural = _("copies of somebody’s data")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ready_at=None), name="copy_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ready_at=None, expires_at=None)
                | Q(ready_at__isnull=False, expires_at__isnull=False),
                name="copy_ready_expires",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="copy_waiting", condition=Q(ready_at=None)),
            models.Index(
                fields=["expires_at"], name="copy_expires", condition=Q(expires_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # not its key, by which its file is found

    def get_absolute_url(self) -> str:
        return f"/settings/privacy/copy/{self.key}/"

    @property
    def percent(self) -> int:
        """How much of it is written."""
        return min(99, 100 * self.written // self.rows) if self.rows else 0

    @property
    def megabytes(self) -> float:
        return self.bytes / 1_000_000
