"""What somebody says another means, and whether it is so."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import is_signed_in, rule, sees_all
from forums.discussions.posts.models import POST_SHOWN, Post
from forums.discussions.topics.models import Topic

LENGTH = 200  # characters as a reader counts them
MOST_TRIES = 3  # of one member at one post
MOST = 60  # of all at one post: its page shows them all


def _visible(member: Any) -> Q:
    """Of posts that can be read: what their authors answered, whoever reads them (the topic was asked for before); what
    waits, they two; moderators all of it."""
    if sees_all(member):
        return Q()
    shown = Q(hidden_at=None) & POST_SHOWN.q(path="post__")
    answered = shown & Q(answered_at__isnull=False)
    if not is_signed_in(member):
        return answered
    return answered | Q(author=member.pk) | (shown & Q(post__author=member.pk))


# The queryset alone says it: the topic is asked for before.
RESTATEMENT_VISIBLE = rule(
    "forums.Restatement",
    "answered, or between her and the other; of a topic she may open",
    _visible,
)


RESTATEMENT_STANDS = rule(
    "forums.Restatement",
    "not taken out of sight",
    lambda _member: Q(hidden_at=None),
    sql="r.hidden_at IS NULL",
    tables="forums_restatement r",
)


class RestatementQuerySet(models.QuerySet["Restatement"]):
    def visible_to(self, member: Any) -> RestatementQuerySet:
        """Those of posts in topics that were found before."""
        return self.filter(RESTATEMENT_VISIBLE.q(member))

    def standing(self) -> RestatementQuerySet:
        """Those moderators have not taken out of sight."""
        return self.filter(RESTATEMENT_STANDS.q())


class Restatement(models.Model):
    """ "What you mean is …". `number`: which try of its author at this post; `fits`: what the post's author says of it, and
    `missing` what it lacks. `topic`: where the post stood; where it stands now, the post says."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="restatements", db_index=False
    )
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    body = models.CharField(_("what you mean"), max_length=LENGTH * 4)
    created_at = models.DateTimeField(db_default=Now())
    fits = models.BooleanField(null=True)
    missing = models.CharField(_("what is missing"), max_length=LENGTH * 4, blank=True)
    answered_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)

    objects = RestatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "author", "number"], name="restatement_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_TRIES), name="restatement_tries"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="restatement_says_something"),
            models.CheckConstraint(
                condition=Q(fits__isnull=True, answered_at__isnull=True, missing="")
                | Q(fits__isnull=False, answered_at__isnull=False)
                & (Q(fits=False) | Q(missing="")),
                name="restatement_answered_or_not",
            ),
        ]
        indexes = [
            # Those of a topic that fit, the last first.
            models.Index(
                fields=["topic", "-answered_at", "-id"],
                name="restatement_fits",
                condition=Q(fits=True, hidden_at=None),
            ),
        ]

    @property
    def waits(self) -> bool:
        return self.answered_at is None and self.hidden_at is None
