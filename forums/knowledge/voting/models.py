"""Rounds, a ballot a member, a vote a statement."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.base.constant_sql import Columns
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.knowledge.statements.models import Statement


class Answered(models.IntegerChoices):
    """In this order on every card; none is the first answer, and none a colour."""

    AGREE = 1, _("Agree")
    DISAGREE = -1, _("Disagree")
    PASS = 0, _("Pass, I am not sure")


class Round(models.Model):
    """Open from `opened_at`; over at `closes_at`, or earlier by somebody's word (`closed_at`)."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="rounds", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(db_default=Now())
    opened_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["topic"], name="round_open_once", condition=Q(closed_at=None)
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="round_number_from_one"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opened_at")), name="round_lasts"
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], name="round_to_close", condition=Q(closed_at=None))
        ]

    @property
    def ends_at(self) -> datetime:
        """When it is over, or was."""
        return self.closed_at or self.closes_at


class Ballot(models.Model):
    """What one member says in a round. `network`: whom she counts for; `counts`: she was in it a week before the
    round opened, and known; else she is shown apart, and counts next time."""

    round = models.ForeignKey(
        Round, on_delete=models.CASCADE, related_name="ballots", db_index=False
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    counts = models.BooleanField(default=False)
    answered = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField(db_default=Now())
    last_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="ballot_once"),
            models.CheckConstraint(
                condition=Q(counts=False) | Q(network__isnull=False), name="ballot_counts_for_one"
            ),
        ]


class StatementVote(models.Model):
    """What a ballot says of one statement; never shown with who it was."""

    ballot = models.ForeignKey(
        Ballot, on_delete=models.CASCADE, related_name="votes", db_index=False
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="votes")
    vote = models.SmallIntegerField(choices=Answered)
    important = models.BooleanField(default=False)
    cast_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "statement"], name="statement_vote_once"),
            models.CheckConstraint(condition=Q(vote__in=(-1, 0, 1)), name="statement_vote_is_one"),
        ]


# As constant statements ask for them.
ROUND, BALLOT = Columns(Round, "r"), Columns(Ballot, "b")
