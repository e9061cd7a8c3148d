"""Decisions: an append-only log."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What was done. The verbs are fixed (docs/architecture.md)."""

    HIDE = "hide", _("Hide")
    UNHIDE = "unhide", _("Unhide")
    LOCK = "lock", _("Lock")
    UNLOCK = "unlock", _("Unlock")
    PIN = "pin", _("Pin")
    UNPIN = "unpin", _("Unpin")
    MOVE = "move", _("Move")
    SUSPEND = "suspend", _("Suspend")
    RESTORE = "restore", _("Restore")
    TRUST = "trust", _("Change trust level")


class Decision(models.Model):
    moderator = models.ForeignKey(
        "accounts.Member", verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    act = models.CharField(_("what"), max_length=10, choices=Act)
    reason = models.CharField(_("why"), max_length=300)
    details = models.JSONField(_("details"), default=dict, blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    topic = models.ForeignKey(
        "forums.Topic", on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    post = models.ForeignKey(
        "forums.Post", on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="decisions"
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(topic__isnull=False, post=None, member=None)
                    | Q(topic=None, post__isnull=False, member=None)
                    | Q(topic=None, post=None, member__isnull=False)
                ),
                name="decision_has_one_target",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_a_reason"),
        ]
        indexes = [models.Index("-created_at", "-id", name="decision_newest")]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.reason}"
