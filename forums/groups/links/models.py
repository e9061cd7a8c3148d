"""Links between networks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.groups.networks.models import Network


class LinkKind(models.TextChoices):
    PARENT = "parent", _("is part of")
    LINKED = "linked", _("works with")


class NetworkLink(models.Model):
    """`source` says it is part of, or works with, `target`; shown once the target's side confirmed it."""

    source = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=6, choices=LinkKind)
    asked_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="network_link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="network_link_of_two"),
            # A tree: one parent at most.
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(kind=LinkKind.PARENT, confirmed_at__isnull=False),
                name="network_one_parent",
            ),
        ]
