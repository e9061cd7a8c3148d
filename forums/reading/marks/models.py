"""How far a member has read in a topic; when she was here, and how far back she looks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

FEWEST_DAYS, DAYS, MOST_DAYS = 2, 14, 60


class ReadMark(models.Model):
    """Where `member` stands in `topic` (decision 050).

    Read is what has a number up to `number` and was written by `seen_at`: a comment beyond is unread, and so is a reply
    that came later, under however early a comment.
    """

    # Its only index: a mark that moves is written beside itself (HOT).
    pk = models.CompositePrimaryKey("member_id", "topic_id")
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    topic = models.ForeignKey(
        "forums.Topic", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    number = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.member_id}: {self.topic_id} {self.number}"


class ReaderState(models.Model):
    """What the site remembers of a member as a reader; without a row nothing yet."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    days = models.PositiveSmallIntegerField(default=DAYS, db_default=DAYS)  # her window
    here_at = models.DateTimeField()  # within an hour
    before_at = models.DateTimeField(null=True)  # when her visit before this one ended
    tidied_at = models.DateTimeField(null=True)  # when her old marks were dropped last
    # What her last "all read" changed, until it is taken back or a page of hers says nothing of it any more.
    undo = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__range=(FEWEST_DAYS, MOST_DAYS)), name="reader_looks_back_days"
            )
        ]

    def __str__(self) -> str:
        return str(self.member_id)
