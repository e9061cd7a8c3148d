"""Signs of life of the worker, and how the site did, ten minutes a row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PART_LENGTH = 40


class SignOfLife(models.Model):
    """When a part of the worker's work last came round; where several workers share it, the one that came last."""

    part = models.CharField(_("part"), max_length=PART_LENGTH, primary_key=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return self.part


class VitalSpan(models.Model):
    """Ten minutes of the site: what its pages did, added up by their processes, and the worst the worker saw waiting.

    None: the worker was not there. Eight days are kept, so some 1,150 rows.
    """

    at = models.DateTimeField(_("since"), primary_key=True)
    requests = models.PositiveIntegerField(db_default=0)
    failed = models.PositiveIntegerField(db_default=0)  # answered by 500 and above
    slow = models.PositiveIntegerField(db_default=0)  # in more than a second
    milliseconds = models.PositiveBigIntegerField(db_default=0)  # of all of them
    # Seconds that what waited longest had waited: for moderators, to be told, to be mailed.
    cases = models.PositiveIntegerField(null=True)
    tellings = models.PositiveIntegerField(null=True)
    letters = models.PositiveIntegerField(null=True)
    free = models.PositiveSmallIntegerField(null=True)  # percent, of the fullest disk

    class Meta:
        verbose_name = _("ten minutes of the site")
        verbose_name_plural = _("ten minutes of the site")
        constraints = [
            models.CheckConstraint(
                condition=Q(free=None) | Q(free__lte=100), name="vital_span_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.at.isoformat()
