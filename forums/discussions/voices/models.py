"""A network's own view of a topic."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network

VIEW_LENGTH = 500


class View(models.Model):
    """One version of a network's own view of a topic; the newest is shown. An empty one takes it back.

    A closed one is told of, and read by those who may close it: why and by whom is a Decision.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="views", db_index=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    body = models.CharField(_("our view"), max_length=VIEW_LENGTH * 4, blank=True)
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "network", "number"], name="view_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="view_number_from_one"),
        ]
