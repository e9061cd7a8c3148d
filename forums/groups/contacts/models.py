"""Contacts of a network, and who does what in it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forums.groups.networks.models import Audience, Network

LABEL_LENGTH, VALUE_LENGTH = 40, 200
DUTY_LENGTH, HOLDER_LENGTH = 80, 120


class Contact(models.Model):
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="contacts")
    label = models.CharField(_("what it is"), max_length=LABEL_LENGTH)
    value = models.CharField(_("number, address or link"), max_length=VALUE_LENGTH)
    audience = models.CharField(
        _("shown to"), max_length=12, choices=Audience, default=Audience.NETWORK
    )
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(value=""), name="contact_says_something")
        ]


class Office(models.Model):
    """A duty in a network's structure, who holds it, from when and until when."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="offices")
    title = models.CharField(_("duty"), max_length=DUTY_LENGTH)
    holder = models.CharField(_("who"), max_length=HOLDER_LENGTH)
    member = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("her page on this site"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    since = models.DateField(_("from when"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="office_ends_after_it_begins",
            )
        ]
