"""Notes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import rule, sees_all

NOTE_LENGTH = 1000

NOTE_VISIBLE = rule(
    "forums.StaffNote",
    "to the site's moderators, but of nobody herself",
    lambda member: ~Q(member=member.pk) if sees_all(member) else Q(pk__in=[]),
)


class StaffNoteQuerySet(models.QuerySet["StaffNote"]):
    def visible_to(self, member: Any) -> StaffNoteQuerySet:
        """Those that `member` may read: a moderator of the site, and none of herself."""
        return self.filter(NOTE_VISIBLE.q(member))

    def in_force(self) -> StaffNoteQuerySet:
        """Those whose day has not come, the newest first."""
        return self.filter(expires_at__gt=timezone.now()).order_by("-pk")


class StaffNote(models.Model):
    """One note about a member."""

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("note"), max_length=NOTE_LENGTH)
    created_at = models.DateTimeField(_("written"), db_default=Now())
    expires_at = models.DateTimeField(_("until"))

    objects = StaffNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="staff_note_says_something"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="staff_note_ends"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="staff_note_of"),
            # What is to be forgotten.
            models.Index(fields=["expires_at"], name="staff_note_over"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.text[:40]}"
