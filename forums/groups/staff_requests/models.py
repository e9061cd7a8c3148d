"""What members ask the site's moderators for about a network."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

REASON_LENGTH = 1000


class StaffRequestKind(models.TextChoices):
    VERIFY = "verify", _("to be verified")
    TAKE_OVER = "take_over", _("to take it over")


class StaffRequest(models.Model):
    """What a member asks the site's moderators for about a network; they answer in the admin."""

    network = models.ForeignKey(
        "forums.Network", on_delete=models.CASCADE, related_name="staff_requests"
    )
    kind = models.CharField(_("asks"), max_length=10, choices=StaffRequestKind)
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=REASON_LENGTH)
    created_at = models.DateTimeField(_("asked"), db_default=Now())
    decided_at = models.DateTimeField(_("answered"), null=True)
    decided_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    granted = models.BooleanField(_("granted"), null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        db_table = "forums_plea"  # from when it was called so
        verbose_name = _("request to the moderators")
        verbose_name_plural = _("requests to the moderators")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "member", "kind"],
                condition=Q(decided_at=None),
                name="plea_once",
            ),
        ]
        indexes = [
            # Those that wait, the oldest first.
            models.Index(fields=["created_at"], name="plea_waiting", condition=Q(decided_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.network} · {self.get_kind_display()}"
