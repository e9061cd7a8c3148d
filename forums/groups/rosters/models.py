"""A file of addresses, and what became of each of its lines."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from forums.groups.invitations.models import Invitation
from forums.groups.networks.models import Network


class Roster(models.Model):
    """A file as it was read; `faults` are [line, what stands there, a name in reading.WHY], what was not taken."""

    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="rosters", db_index=False
    )
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    file_name = models.CharField(max_length=200, blank=True)
    days = models.PositiveSmallIntegerField()  # for which its invitations are good
    faults = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True)  # when she said yes

    class Meta:
        indexes = [
            models.Index(fields=["network", "-id"], name="roster_newest"),
            # What is to be forgotten.
            models.Index(fields=["created_at"], name="roster_age", condition=~Q(faults=[])),
            models.Index(fields=["created_at"], name="roster_unsent", condition=Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return self.file_name


class RosterLine(models.Model):
    """An address that is to be invited, until it is: then its invitation."""

    roster = models.ForeignKey(
        Roster, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    line = models.PositiveIntegerField()  # as an editor counts them, from 1
    address = models.EmailField(blank=True)
    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster", "line"], name="roster_line_once"),
            models.CheckConstraint(
                condition=Q(address="", invitation__isnull=False)
                | (~Q(address="") & Q(invitation=None)),
                name="roster_line_is_one_or_the_other",
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)
