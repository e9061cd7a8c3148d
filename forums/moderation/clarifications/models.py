"""What those who are named say."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import is_signed_in, rule, sees_all
from forums.groups.memberships.models import moderated_by

BODY_LENGTH = 3000
HOW_LENGTH = 1000
ANSWER_LENGTH = 300


class Named(models.TextChoices):
    """As what she is meant in the topic."""

    PERSON = "person", _("I am the one named, or can be recognised")
    GROUP = "group", _("I speak for a network, an organisation or a family that is named")


def _visible(member: Any) -> Q:
    """Pinned ones whoever reads the topic (it was found before); her own always; moderators those that wait for them."""
    pinned = Q(pinned_at__isnull=False)
    if not is_signed_in(member):
        return pinned
    if sees_all(member):
        return Q()
    return pinned | Q(member=member.pk) | Q(topic__board__network__in=moderated_by(member))


# The queryset alone says it: who moderates a network is no column.
CLARIFICATION_VISIBLE = rule("forums.Clarification", "of a topic she may open", _visible)


class ClarificationQuerySet(models.QuerySet["Clarification"]):
    def visible_to(self, member: Any) -> ClarificationQuerySet:
        """Those of topics that were found before."""
        return self.filter(CLARIFICATION_VISIBLE.q(member))

    def pinned(self) -> ClarificationQuerySet:
        """Those that stand under their topics' texts, oldest first."""
        return self.filter(pinned_at__isnull=False).order_by("pinned_at", "pk")


class Clarification(models.Model):
    """A reply of one who is named in a topic. It waits until it is pinned, refused, or taken back."""

    topic = models.ForeignKey("forums.Topic", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(
        "accounts.Member", verbose_name=_("who asks"), on_delete=models.PROTECT, related_name="+"
    )
    named = models.CharField(_("as what"), max_length=6, choices=Named)
    how = models.CharField(_("how she is meant"), max_length=HOW_LENGTH)
    body = models.TextField(_("text"), max_length=BODY_LENGTH)
    body_html = models.TextField(editable=False)
    renderer_version = models.PositiveSmallIntegerField(editable=False)
    created_at = models.DateTimeField(_("since"), db_default=Now())
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)  # refused, or taken back
    answer = models.CharField(_("why not"), max_length=ANSWER_LENGTH, blank=True)

    objects = ClarificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply of one who is named")
        verbose_name_plural = _("replies of those who are named")
        constraints = [
            # One that stands or waits; another once it has ended.
            models.UniqueConstraint(
                fields=["topic", "member"], condition=Q(ended_at=None), name="clarification_once"
            ),
            models.CheckConstraint(
                condition=Q(pinned_at=None) | Q(ended_at=None), name="clarification_one_state"
            ),
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(how=""), name="clarification_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} · {self.member_id}"

    @property
    def waits(self) -> bool:
        return self.pinned_at is None and self.ended_at is None
