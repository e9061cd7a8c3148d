"""What a member marked to find it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from forums.base.visibility import own, rule

if TYPE_CHECKING:
    from accounts.models import Member

LIMIT = 2000  # of one member
NOTE_LENGTH = 300


BOOKMARK_VISIBLE = rule("forums.Bookmark", "her own", own)


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    def visible_to(self, member: Member | Any) -> BookmarkQuerySet:
        """A member's own: nobody else's, whoever asks."""
        return self.filter(BOOKMARK_VISIBLE.q(member))


class Bookmark(models.Model):
    """`remind_on`: the day from which it stands on top of her list, until she is done; a letter too with `by_mail`."""

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    post = models.ForeignKey("forums.Post", on_delete=models.CASCADE, related_name="+")
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)
    remind_on = models.DateField(null=True)
    by_mail = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="bookmark_once"),
        ]
        indexes = [
            # Her list, newest first.
            models.Index(fields=["member", "-created_at", "-id"], name="bookmark_list"),
            # What is due of one's own; who is to be reminded on a day.
            models.Index(
                fields=["remind_on", "member"],
                name="bookmark_due",
                condition=Q(remind_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
