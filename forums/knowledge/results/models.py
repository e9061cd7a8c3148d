"""What was published last of a round."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from forums.knowledge.voting.models import Round


class PublishedResults(models.Model):
    """One of each round. `figures`: as `figures.RoundFigures` has them, fit to be shown; `course`: what the next run goes
    on from, and no page reads: of a round that is over, only which ballots were alike. `votes`: how many there were when it was computed. `dealt`: of a round that is over, what
    its export is made of (`dealing.py`), drawn once."""

    round = models.OneToOneField(
        Round, on_delete=models.CASCADE, primary_key=True, related_name="published"
    )
    figures = models.JSONField()
    course = models.JSONField(default=dict)
    votes = models.PositiveIntegerField(default=0)
    dealt = models.JSONField(null=True)
    computed_at = models.DateTimeField(db_default=Now())
