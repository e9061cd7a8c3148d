"""Which topics a network's members were told of, and when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network


class Announcement(models.Model):
    """A topic of which all members of a network are told, from `goes_out_at` on."""

    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="announcements", db_index=False
    )
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", db_index=False)
    announced_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    goes_out_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic"], condition=Q(taken_back_at=None), name="announcement_once_a_topic"
            ),
            models.CheckConstraint(
                condition=Q(goes_out_at__gte=F("created_at")), name="announcement_goes_out_later"
            ),
            # What has gone out cannot be called back.
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(taken_back_at__lt=F("goes_out_at")),
                name="announcement_taken_back_in_time",
            ),
        ]
        # A network's own, the newest first; those of the last week are counted.
        indexes = [models.Index(fields=["network", "-id"], name="announcement_newest")]

    def __str__(self) -> str:
        return str(self.topic_id)
