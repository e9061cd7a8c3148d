"""A browser that takes what we push."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import Exact

from forums.base.visibility import own, rule

if TYPE_CHECKING:
    from accounts.models import Member

LIMIT = 10  # devices of a member
ENDPOINT_LENGTH = 700  # the longest seen are Microsoft's, some 450
KEY_SIZE, AUTH_SIZE = 65, 16  # bytes, as RFC 8291 has them
QUIET_FROM, QUIET_UNTIL = 20, 7  # hours of Bangkok, unless she chooses others


DEVICE_VISIBLE = rule("forums.PushDevice", "her own", lambda member: own(member, "session__user"))


class PushDeviceQuerySet(models.QuerySet["PushDevice"]):
    def visible_to(self, member: Member | Any) -> PushDeviceQuerySet:
        """A member's own, nobody else's."""
        return self.filter(DEVICE_VISIBLE.q(member))


class PushDevice(models.Model):
    """A device (a browser on it) that a member turned notifications on for, while that session lives.

    `endpoint` is its address at a push service, `p256dh` and `auth` what is encrypted with (RFC 8291). `due_at` is when
    the worker looks next whether there is something to say; None: not before she is told something. What happened up
    to `told_until` was pushed. `trial`: she wants to see whether it works.
    """

    session = models.OneToOneField(
        "usersessions.UserSession", on_delete=models.CASCADE, related_name="+"
    )
    endpoint = models.CharField(max_length=ENDPOINT_LENGTH, unique=True)
    p256dh = models.BinaryField()
    auth = models.BinaryField()
    # Hours of Bangkok; None both: never quiet.
    quiet_from = models.PositiveSmallIntegerField(null=True, default=QUIET_FROM)
    quiet_until = models.PositiveSmallIntegerField(null=True, default=QUIET_UNTIL)
    created_at = models.DateTimeField(db_default=Now())
    told_until = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(null=True)
    trial = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)

    objects = PushDeviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(endpoint__regex="^https://[!-~]+$"), name="push_device_https"
            ),
            models.CheckConstraint(
                condition=Q(Exact(Length("p256dh"), KEY_SIZE), Exact(Length("auth"), AUTH_SIZE)),
                name="push_device_keys",
            ),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(
                    quiet_from__isnull=False,
                    quiet_from__lt=24,
                    quiet_until__isnull=False,
                    quiet_until__lt=24,
                )
                & ~Q(quiet_from=F("quiet_until")),
                name="push_device_quiet",
            ),
        ]
        indexes = [
            # What the worker looks at next.
            models.Index(
                fields=["due_at", "id"],
                name="push_device_due",
                condition=Q(due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
