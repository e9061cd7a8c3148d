"""House rules."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

TITLE_LENGTH = 120
TEXT_LENGTH = 1000


class HouseRuleQuerySet(models.QuerySet["HouseRule"]):
    def in_force(self) -> HouseRuleQuerySet:
        """Those a decision may rest on now, in their order."""
        return self.filter(retired_at=None).order_by("number")


class HouseRule(models.Model):
    """One rule of the house. What was decided under it goes on naming it when it no longer holds."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    title = models.CharField(_("in short"), max_length=TITLE_LENGTH)
    text = models.CharField(_("in full"), max_length=TEXT_LENGTH)
    created_at = models.DateTimeField(_("since"), db_default=Now())
    retired_at = models.DateTimeField(_("no longer"), null=True, blank=True)

    objects = HouseRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("house rule")
        verbose_name_plural = _("house rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gt=0) & ~Q(title=""), name="house_rule_has_a_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        return f"/rules/#rule-{self.number}"
