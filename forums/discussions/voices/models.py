"""Networks in topics."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network

VIEW_LENGTH = 500


class State(models.TextChoices):
    PRESENT = "present", _("somebody speaks from it")
    INVITED = "invited", _("was invited")
    ASKED = "asked", _("asks to join")
    JOINED = "joined", _("takes part")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("took it off its page")


class TopicNetwork(models.Model):
    """A network in a topic: `state` says on which terms, `post_count` how many posts speak from it."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="voices_in", db_index=False
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State)
    asked_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    first_at = models.DateTimeField(db_default=Now())
    post_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "network"], name="topic_network_once"),
        ]
        indexes = [
            # A network's own page, and what waits for its coordinators.
            models.Index(fields=["network", "state", "-topic"], name="topic_network_state"),
        ]


class Standpoint(models.Model):
    """From where a member speaks in a topic: a network of hers, or (None) as herself. Chosen once."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "member"], name="standpoint_once")]


class View(models.Model):
    """One version of a network's own view of a topic; the newest is shown. An empty one takes it back."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="views", db_index=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    body = models.CharField(_("our view"), max_length=VIEW_LENGTH * 4, blank=True)
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "network", "number"], name="view_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="view_number_from_one"),
        ]
