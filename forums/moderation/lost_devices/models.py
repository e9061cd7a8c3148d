"""What is asked, who checked it, and how it ended."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

WORDS_LENGTH = 500
WAIT = timedelta(days=3)  # between the second check and the end: time for the true owner to stop it
OPEN_FOR = timedelta(days=30)  # how long it waits for two moderators


class Ending(models.TextChoices):
    DONE = "done", _("The second step was taken off")
    STOPPED = "stopped", _("Stopped by the member")
    DENIED = "denied", _("Not confirmed by a moderator")
    LAPSED = "lapsed", _("Came to nothing in time")


_CHECKED_TWICE = Q(first_by__isnull=False, second_by__isnull=False, due_at__isnull=False)
_NOT_YET = Q(second_by=None, due_at=None)


class LostDevice(models.Model):
    """One member's wish to be let in without her second step."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    words = models.CharField(_("how we know her"), max_length=WORDS_LENGTH, blank=True)
    created_at = models.DateTimeField(_("asked"), db_default=Now(), editable=False)
    first_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ending = models.CharField(max_length=8, blank=True, choices=Ending)

    class Meta:
        verbose_name = _("lost device")
        verbose_name_plural = _("lost devices")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at=None), name="lost_device_once_at_a_time"
            ),
            models.CheckConstraint(condition=_NOT_YET | _CHECKED_TWICE, name="lost_device_due"),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("first_by")),
                name="lost_device_two_moderators",
            ),
            models.CheckConstraint(
                condition=(Q(first_by=None) | ~Q(first_by=F("member")))
                & (Q(second_by=None) | ~Q(second_by=F("member"))),
                name="lost_device_not_by_herself",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="lost_device_ending",
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.DONE)
                | Q(due_at__isnull=False, due_at__lte=F("ended_at")),
                name="lost_device_not_before_its_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(words=""), name="lost_device_words_forgotten"
            ),
        ]
        indexes = [
            # What waits: for moderators, or for its day.
            models.Index(
                fields=["created_at", "id"], name="lost_device_open", condition=Q(ended_at=None)
            ),
            models.Index(fields=["member", "-created_at"], name="lost_device_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}"


def unchecked() -> models.QuerySet[LostDevice]:
    """What still waits for moderators to say that they know her."""
    return LostDevice.objects.filter(ended_at=None, due_at=None)


def open_for(member_id: int | None) -> LostDevice | None:
    """What this member asked that has not ended."""
    return LostDevice.objects.filter(member=member_id, ended_at=None).first()
