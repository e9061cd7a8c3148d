"""Levels that are held down."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HeldDown(models.Model):
    """A member whose level rises no more by itself, since a moderator set it lower."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, primary_key=True, related_name="held_down"
    )
    decision = models.ForeignKey("forums.Decision", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("level that is held down")
        verbose_name_plural = _("levels that are held down")

    def __str__(self) -> str:
        return str(self.member_id)
