"""Appeals."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.moderation.models import REASON_LENGTH

WORDS_LENGTH = 1000


class AppealOutcome(models.TextChoices):
    UPHELD = "upheld", _("It stays as it was decided")
    OVERTURNED = "overturned", _("It was taken back")
    UNDONE = "undone", _("It was taken back before anybody looked again")


class Appeal(models.Model):
    """A wish that somebody else looks again at one decision, and what came of it. `undone_by` is the decision that took it back."""

    decision = models.OneToOneField(
        "forums.Decision", on_delete=models.PROTECT, related_name="appeal"
    )
    member = models.ForeignKey(
        "accounts.Member", verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    words = models.CharField(_("what she says"), max_length=WORDS_LENGTH)
    created_at = models.DateTimeField(_("asked"), db_default=Now())
    outcome = models.CharField(_("outcome"), max_length=10, choices=AppealOutcome, blank=True)
    answer = models.CharField(_("answer"), max_length=REASON_LENGTH, blank=True)
    answered_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    undone_by = models.ForeignKey(
        "forums.Decision", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("wish to look again")
        verbose_name_plural = _("wishes to look again")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="appeal_says_why"),
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="")
                | Q(answered_at__isnull=False) & ~Q(outcome=""),
                name="appeal_answered_once",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=("upheld", "overturned"))
                | Q(answered_by__isnull=False) & ~Q(answer=""),
                name="appeal_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("member")),
                name="appeal_not_by_herself",
            ),
        ]
        indexes = [models.Index(fields=["answered_at"], name="appeal_answered")]

    def __str__(self) -> str:
        return f"{self.decision_id}"
