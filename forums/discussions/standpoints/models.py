"""From where a member speaks in a topic: the one row that remembers what she said last."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network


class Standpoint(models.Model):
    """From where a member speaks in a topic: a network of hers, or (None) as herself.

    It is offered with her next text there; each post keeps what was said with it.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, null=True, related_name="+")
    in_name = models.BooleanField(
        default=False, db_default=False
    )  # for the network, not as one in it
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "member"], name="standpoint_once"),
            models.CheckConstraint(
                condition=Q(in_name=False) | Q(network__isnull=False), name="standpoint_in_a_name"
            ),
        ]
