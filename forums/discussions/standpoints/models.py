"""From where a member speaks in a topic: the one row that remembers it."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network


class Standpoint(models.Model):
    """From where a member speaks in a topic: a network of hers, or (None) as herself. Chosen once."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "member"], name="standpoint_once")]
