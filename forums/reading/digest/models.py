"""How far the digests of a day have come."""

from __future__ import annotations

from django.db import models


class DigestRun(models.Model):
    """The digests of one day in Bangkok: all members with ids up to `after` have theirs in the outbox.

    The first run of a week is for those who get one a week, too.
    """

    day = models.DateField(primary_key=True)
    weekly = models.BooleanField()
    after = models.BigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.day}: {self.after}"
