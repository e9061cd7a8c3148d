"""That somebody leaves, and how far it is."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.base.personal import Farewell

WAIT = timedelta(days=14)  # between the mail's confirmation and the end: to change one's mind
PUT_OFF = timedelta(days=7)  # where something hinders it on its day
CONFIRMED_WITHIN = timedelta(days=2)
FAREWELL = timedelta(hours=2)  # the last letter's time to go out before its address is forgotten


class Leaving(models.Model):
    """One member's going. Asked, then `confirmed_at` with its day (`due_at`), `begun_at`, `ended_at`; or `stopped_at`.

    `step` is the work that is done now, `after` where its last piece came to, `done` how many pieces there were.
    """

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(_("what I wrote"), max_length=10, choices=Farewell)
    asked_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=80, blank=True)
    after = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    busy_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("leaving")
        verbose_name_plural = _("leavings")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_at=None, stopped_at=None),
                name="leaving_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, due_at=None)
                | Q(confirmed_at__isnull=False, due_at__isnull=False),
                name="leaving_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(begun_at=None) | Q(due_at__isnull=False, stopped_at=None),
                name="leaving_begins_when_due",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(begun_at__isnull=False),
                name="leaving_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="leaving_due",
                condition=Q(ended_at=None, stopped_at=None, due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.member_id)


def going(member_id: int | None) -> Leaving | None:
    """That this member is about to leave; None where she is not."""
    open_ones = Leaving.objects.filter(ended_at=None, stopped_at=None)
    return open_ones.filter(member=member_id).first() if member_id else None
