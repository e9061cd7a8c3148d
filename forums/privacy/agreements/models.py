"""Wordings of the terms and the privacy notice after the first."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

SAID_LENGTH, BOX_LENGTH = 1000, 300


class Wording(models.Model):
    """A new wording, from when it holds, and in a few words what is new. `version` stands in each Consent to it.

    `age` and `terms` are the words of the two boxes of signing up; '' where they are the drafts of the code (`accounts.agreeing`).
    """

    version = models.CharField(_("wording of"), max_length=20, unique=True)
    said = models.TextField(_("what changed"), max_length=SAID_LENGTH)
    age = models.CharField(
        _("the box about age"), max_length=BOX_LENGTH, blank=True, default="", db_default=""
    )
    terms = models.CharField(
        _("the box about rules and terms"),
        max_length=BOX_LENGTH,
        blank=True,
        default="",
        db_default="",
    )
    by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"), db_default=Now(), db_index=True)

    class Meta:
        verbose_name = _("wording of the terms")
        verbose_name_plural = _("wordings of the terms")
        constraints = [
            models.CheckConstraint(condition=~Q(said=""), name="wording_says_what_changed"),
            models.CheckConstraint(condition=~Q(version=""), name="wording_has_a_version"),
        ]

    def __str__(self) -> str:
        return self.version
