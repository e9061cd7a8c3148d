"""Which comment says why about which statement."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from forums.discussions.posts.models import Post
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.models import Answered


class StatementReason(models.Model):
    """A post says why its author agrees with a statement, does not, or is not sure. Whom it speaks from, and whether it can
    be read, the post says."""

    post = models.OneToOneField(
        Post, on_delete=models.CASCADE, primary_key=True, related_name="reason_about"
    )
    statement = models.ForeignKey(
        Statement, on_delete=models.CASCADE, related_name="reasons", db_index=False
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    side = models.SmallIntegerField(choices=Answered)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "member"], name="reason_of_a_member_once"),
            models.CheckConstraint(condition=Q(side__in=(-1, 0, 1)), name="reason_side_is_one"),
        ]
