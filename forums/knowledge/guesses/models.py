"""What was guessed, without who; who has guessed how often, without what; and how well networks know each other."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from forums.groups.networks.models import Network
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Round

CARDS = 3  # a member and round
ENOUGH = 5  # guesses each way, before two networks are told of each other


class NetworkGuess(models.Model):
    """Somebody of `viewer` guessed how many of ten in `target` agree; `told` is the percentage she read then.

    Not whose guess it is: no member, no moment but the month, and a key drawn by lot, so that no order of rows leads
    to `GuessProgress` either. What stays possible (docs/decisions/077-reasons-and-guesses.md) is said there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    viewer = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+", db_index=False)
    target = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+", db_index=False)
    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+", db_index=False)
    guess = models.PositiveSmallIntegerField()
    told = models.PositiveSmallIntegerField()
    month = models.DateField()  # its first day

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(guess__lte=10), name="guess_of_ten"),
            models.CheckConstraint(condition=Q(told__lte=100), name="guess_told_of_hundred"),
            models.CheckConstraint(
                condition=~Q(viewer=F("target")), name="guess_about_another_network"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="guess_in_a_month"),
        ]


class GuessProgress(models.Model):
    """How many of her cards of a round a member has turned over, guessed or passed on; not which, nor when."""

    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+", db_index=False)
    done = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="guess_progress_once"),
            models.CheckConstraint(condition=Q(done__lte=CARDS), name="guess_progress_to_the_end"),
        ]


class Acquaintance(models.Model):
    """How near those of `viewer` came who guessed what `target` thinks: `off` is |guess − told| on average, in percent, to
    the nearest five. `months`: the same of each month with enough guesses, as (first day, off), oldest first."""

    viewer = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+", db_index=False)
    target = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    guesses = models.PositiveIntegerField()
    off = models.PositiveSmallIntegerField()
    months = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["viewer", "target"], name="acquaintance_once"),
            models.CheckConstraint(
                condition=Q(guesses__gte=ENOUGH), name="acquaintance_of_enough_guesses"
            ),
            models.CheckConstraint(condition=Q(off__lte=100), name="acquaintance_of_hundred"),
        ]
