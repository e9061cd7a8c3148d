"""What kind of difference a member sees in a statement on which networks differ."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.groups.networks.models import Network
from forums.knowledge.statements.models import Statement


class DifferenceKind(models.TextChoices):
    """In this order on every form; none weighs more than another."""

    FACTS = "facts", _("the facts")
    VALUES = "values", _("what matters to us")
    EXPERIENCE = "exper", _("what we have lived through")
    WORDS = "words", _("what the words mean")


class DifferenceAnswer(models.Model):
    """What one member says; never shown with who it was. `network`: for whom she counted when she said it."""

    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=DifferenceKind)
    said_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "member"], name="difference_answer_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=DifferenceKind.values), name="difference_answer_is_one"
            ),
        ]


class PublishedDifference(models.Model):
    """What is told of one statement. `people`: of each network (id) how many say which kind; `course`: whose answers those
    are (`results.told.ToldVotes`), which no page reads. Without who they are: where one leaves, her answer's number is nobody's."""

    statement = models.OneToOneField(
        Statement, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    people = models.JSONField(default=dict)
    course = models.JSONField(default=dict)
