"""Contacts of a network, and who does what in it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Right
from django.utils.translation import gettext_lazy as _

from forums.groups.networks.models import Audience, Network

LABEL_LENGTH, VALUE_LENGTH = 40, 200
_THAI, _DIGITS = "๐๑๒๓๔๕๖๗๘๙", "0123456789"
DUTY_LENGTH, HOLDER_LENGTH = 80, 120


def telling_end(value: str = "value") -> models.Case:
    """By what a contact is looked up: the last eight digits of a number, an e-mail address in small letters."""
    digits = models.Func(
        models.Func(F(value), models.Value(_THAI), models.Value(_DIGITS), function="TRANSLATE"),
        models.Value("[^0-9]"),
        models.Value(""),
        models.Value("g"),
        function="REGEXP_REPLACE",
        output_field=models.TextField(),
    )
    return models.Case(
        models.When(value__contains="@", then=Lower(value)),
        default=Right(digits, 8),
        output_field=models.TextField(),
    )


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
        # Whether a number in somebody's text is one that everybody may read here anyway.
        indexes = [models.Index(telling_end(), name="contact_telling_end")]


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
