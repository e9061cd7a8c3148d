"""A crawler by the name it gives itself, and what becomes of its requests."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

SIGN_LENGTH = 60
MOST_SECONDS = 3600


class Treatment(models.TextChoices):
    ALLOWED = "allowed", _("allowed, as readers are")
    SLOWED = "slowed", _("slowed: one request in so many seconds")
    REFUSED = "refused", _("refused: it reads nothing here")


class Crawler(models.Model):
    """A line of the list; a new site begins with those of the migration 0072_crawlers."""

    sign = models.CharField(_("name in its User-Agent"), max_length=SIGN_LENGTH)
    treatment = models.CharField(_("what becomes of it"), max_length=8, choices=Treatment)
    seconds = models.PositiveSmallIntegerField(_("seconds between two requests"), default=0)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("since"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("crawler")
        verbose_name_plural = _("crawlers")
        ordering = ("sign",)
        constraints = [
            models.UniqueConstraint(Lower("sign"), name="crawler_once"),
            models.CheckConstraint(condition=~Q(sign=""), name="crawler_has_a_sign"),
            models.CheckConstraint(
                condition=Q(treatment__in=Treatment.values), name="crawler_treatment_known"
            ),
            models.CheckConstraint(
                condition=Q(treatment=Treatment.SLOWED, seconds__range=(1, MOST_SECONDS))
                | (~Q(treatment=Treatment.SLOWED) & Q(seconds=0)),
                name="crawler_slowed_by_seconds",
            ),
        ]

    def __str__(self) -> str:
        return self.sign
