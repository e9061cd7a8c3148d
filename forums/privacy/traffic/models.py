"""What was asked of the site, who may read it, and who has looked."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

WHY_LENGTH = 500
KIND_LENGTH = 90
WIDEST = timedelta(days=7)  # of a look; where only a span is asked for, AN_HOUR
AN_HOUR = timedelta(hours=1)
OPEN_FOR = timedelta(hours=24)  # how long a look shows its lines, to who asked


class TrafficEntry(models.Model):
    """One request. Parted by day, as the migration 0053_traffic_log says; no foreign key, since it outlives the account."""

    pk = models.CompositePrimaryKey("at", "number")
    at = models.DateTimeField(_("when"))
    number = models.BigIntegerField()
    address = models.GenericIPAddressField(_("from where"), null=True)
    port = models.PositiveIntegerField(_("port"), null=True)
    account = models.BigIntegerField(_("account"), null=True)
    kind = models.CharField(_("what was asked"), max_length=KIND_LENGTH)

    class Meta:
        verbose_name = _("line of the traffic log")
        verbose_name_plural = _("traffic log")
        indexes = [
            models.Index(
                fields=["account", "at", "number"],
                name="traffic_by_account",
                condition=Q(account__isnull=False),
            ),
            models.Index(fields=["address", "at", "number"], name="traffic_by_address"),
        ]

    def __str__(self) -> str:
        return self.kind


class TrafficReader(models.Model):
    """Who may read the log: nobody by office alone, administrators neither."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    given_at = models.DateTimeField(_("given"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("reader of the traffic log")
        verbose_name_plural = _("readers of the traffic log")

    def __str__(self) -> str:
        return str(self.member)


class TrafficLook(models.Model):
    """That somebody looked: who, when, what was asked, and why. Only ever added to (a trigger says so)."""

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who looked"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    account = models.BigIntegerField(_("account"), null=True, blank=True)
    net = models.CharField(_("address or net"), max_length=49, blank=True)
    why = models.CharField(_("why"), max_length=WHY_LENGTH)

    class Meta:
        verbose_name = _("look into the traffic log")
        verbose_name_plural = _("looks into the traffic log")
        constraints = [
            models.CheckConstraint(condition=~Q(why=""), name="traffic_look_says_why"),
            models.CheckConstraint(
                condition=Q(until__gt=F("since"), until__lte=F("since") + WIDEST),
                name="traffic_look_is_narrow",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False)
                | ~Q(net="")
                | Q(until__lte=F("since") + AN_HOUR),
                name="traffic_look_names_somebody",
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="traffic_look_newest")]

    def __str__(self) -> str:
        return self.why
