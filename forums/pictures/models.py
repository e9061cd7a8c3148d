"""Pictures members put into their texts."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import EVERYTHING, is_signed_in, rule, sees_all
from forums.pictures.registry import shown_to

if TYPE_CHECKING:
    from accounts.models import Member

PICTURE_WIDTHS = (480, 960, 1600)  # made of an upload, as far as the original is as wide
WORDS_LENGTH = 300  # of a description, of a caption


def _visible(member: Any) -> Q:
    if sees_all(member):
        return EVERYTHING
    found = shown_to(member)
    if is_signed_in(member):
        found |= Q(uploader=member)
    return Q(hidden_at=None) & found


ATTACHMENT_VISIBLE = rule(
    "forums.Attachment",
    "standing where she may look (`pictures.registry`), and her own; not hidden by moderators",
    _visible,
)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, member: Member | Any) -> AttachmentQuerySet:
        """Pictures that stand where `member` may look (`pictures.registry`), and her own that stand nowhere yet.

        One that moderators took out of sight only they see: not who took it in either, for it may be what nobody may have.
        """
        return self.filter(ATTACHMENT_VISIBLE.q(member))

    def in_sight(self) -> AttachmentQuerySet:
        """Without what moderators took out of sight, which `visible_to` lets them see still."""
        return self.filter(hidden_at=None)


class Attachment(models.Model):
    """A picture, re-encoded to WebP in up to three widths; the original is never kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    uploader = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    # By their names: what shows pictures stands to the right.
    post = models.ForeignKey(
        "forums.Post", on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    activity = models.ForeignKey(
        "forums.Activity", on_delete=models.PROTECT, null=True, blank=True, related_name="pictures"
    )
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=WORDS_LENGTH, blank=True)
    caption = models.CharField(max_length=WORDS_LENGTH, blank=True)
    bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    # It stands in closed versions of its post alone, so that only her who took it in, and moderators, see it.
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    # Moderators took it out of sight, wherever it stands (`moderation.withdrawing`).
    hidden_at = models.DateTimeField(null=True, editable=False)

    stands_still = False  # what came in moved: known only as it is taken in, to tell who sent it

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0) & Q(height__gt=0), name="attachment_has_a_size"
            ),
            models.CheckConstraint(
                condition=Q(post=None) | Q(activity=None), name="attachment_in_one_place"
            ),
        ]
        indexes = [models.Index(fields=["uploader", "-created_at"], name="attachment_uploader")]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The widths that were made: those of PICTURE_WIDTHS that are smaller, and its own."""
        return tuple(width for width in PICTURE_WIDTHS if width < self.width) + (
            min(self.width, PICTURE_WIDTHS[-1]),
        )

    @property
    def address(self) -> str:
        """What a text says to show it: ![…](/pictures/<id>)."""
        return f"/pictures/{self.pk}"
