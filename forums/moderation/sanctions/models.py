"""Sanctions."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SILENCES = (1, 3, 7, 30)  # days
WARNED_FOR = timedelta(days=180)


class SanctionKind(models.TextChoices):
    WARNING = "warning", _("warning")
    SILENCE = "silence", _("may only read")
    SUSPENSION = "suspension", _("suspended")
    BAN = "ban", _("banned")


ONE_AT_A_TIME = (SanctionKind.SILENCE, SanctionKind.SUSPENSION, SanctionKind.BAN)
OUT = (SanctionKind.SUSPENSION, SanctionKind.BAN)  # those that keep her out


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def holding(self) -> SanctionQuerySet:
        """Those that hold now: neither taken back nor over."""
        over = Q(until__lte=timezone.now())
        return self.filter(ended_at=None).exclude(over)


class Sanction(models.Model):
    """One sanction, from `decision` on, `until` a time (None: until somebody takes it back).

    `ended_at` says that it was taken back (by the decision `ended_by`), or that another took its place.
    """

    member = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("member"),
        on_delete=models.PROTECT,
        related_name="sanctions",
        db_index=False,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SanctionKind)
    since = models.DateTimeField(_("since"), db_default=Now())
    until = models.DateTimeField(_("until"), null=True, blank=True)
    decision = models.OneToOneField(
        "forums.Decision", on_delete=models.PROTECT, related_name="sanction"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.OneToOneField(
        "forums.Decision", on_delete=models.PROTECT, null=True, related_name="sanction_ended"
    )

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(ended_at=None) & ~Q(kind=SanctionKind.WARNING),
                name="sanction_one_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=SanctionKind.SUSPENSION)
                | Q(kind=SanctionKind.BAN, until=None)
                | Q(
                    kind__in=(SanctionKind.WARNING, SanctionKind.SILENCE),
                    until__isnull=False,
                ),
                name="sanction_ends_or_not",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False), name="sanction_ended"
            ),
        ]
        indexes = [
            # Her own page, and the desk's.
            models.Index(fields=["member", "-id"], name="sanction_of"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"

    @property
    def holds(self) -> bool:
        """Now, as it is loaded."""
        return self.ended_at is None and (self.until is None or self.until > timezone.now())
