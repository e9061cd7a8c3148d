"""Texts that have not been sent yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.encoding import iri_to_uri

from forums.base.drafts import Token
from forums.base.visibility import own, rule

if TYPE_CHECKING:
    from accounts.models import Member

LIMIT = 50  # of one member
BEGINNING = 200  # characters of a text that lists show
PATH_LENGTH = 300
PLACE_LENGTH = PATH_LENGTH + 30  # and whom it answers


DRAFT_VISIBLE = rule("forums.Draft", "her own", own)


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, member: Member | Any) -> DraftQuerySet:
        """A member's own: nobody else's, whoever asks."""
        return self.filter(DRAFT_VISIBLE.q(member))

    def kept(self) -> DraftQuerySet:
        """Neither sent nor thrown away."""
        return self.filter(gone_at=None)

    def for_list(self) -> DraftQuerySet:
        """Newest first, without their whole texts."""
        return self.defer("fields").order_by("-saved_at", "key")


class Draft(models.Model):
    """What the fields of one form hold; `gone_at`: sent (then they are empty) or thrown away.

    `version` counts what was saved, whoever did; `writer` is the page that saved last, a name made by chance, and
    `nth` the how many-th save of that page it was: two of one page may arrive in the wrong order.
    """

    key = models.UUIDField(primary_key=True)
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    place = models.CharField(max_length=PLACE_LENGTH)
    fields = models.JSONField(default=dict)
    beginning = models.CharField(max_length=BEGINNING, blank=True)
    device = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    writer = models.CharField(max_length=32, blank=True)
    nth = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [
            # What waits at a place, and all of a member's.
            models.Index(fields=["member", "place"], name="draft_place", condition=Q(gone_at=None)),
            # What is to be forgotten, and what she threw away.
            models.Index(fields=["gone_at"], name="draft_gone", condition=Q(gone_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def token(self) -> Token:
        return Token(self.key, self.version)

    def get_absolute_url(self) -> str:
        return f"/drafts/{self.key}/"

    @property
    def goes_on_at(self) -> str:
        """The address of its form, opened with it."""
        return f"{iri_to_uri(self.place)}{'&' if '?' in self.place else '?'}draft={self.key}"
