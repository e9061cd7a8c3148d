"""What somebody says another network thinks, and how well its people say it fits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import is_signed_in, rule, sees_all
from forums.discussions.topics.models import Topic
from forums.discussions.voices.models import View
from forums.groups.networks.models import NETWORK_SHOWN, Network

LENGTH = 200  # characters as a reader counts them
WHY_LENGTH = 140
JUDGES = 5  # who decide
STEPS = 5  # from "not at all" to "just so"
OPEN_FOR = timedelta(days=14)


def _visible(member: Any) -> Q:
    """What passed, whoever reads the topic (it was found before), and her own, of networks that are not hidden; moderators
    all."""
    if sees_all(member):
        return Q()
    passed = Q(passed=True, hidden_at=None)
    hers = Q(author=member.pk) if is_signed_in(member) else Q(pk__in=())
    return NETWORK_SHOWN.q(path="target__") & (passed | hers)


# The queryset alone says it: the topic is asked for before.
PORTRAYAL_VISIBLE = rule(
    "forums.Portrayal", "passed, or her own; of a topic she may open", _visible
)


PORTRAYAL_STANDS = rule(
    "forums.Portrayal",
    "not taken out of sight, nor the network it is about",
    lambda _member: NETWORK_SHOWN.q(path="target__") & Q(hidden_at=None),
    sql=f"o.hidden_at IS NULL AND {NETWORK_SHOWN.sql}",
    tables="forums_portrayal o JOIN forums_network n ON n.id = o.target_id",
)


class PortrayalQuerySet(models.QuerySet["Portrayal"]):
    def visible_to(self, member: Any) -> PortrayalQuerySet:
        """Those of topics that were found before."""
        return self.filter(PORTRAYAL_VISIBLE.q(member))

    def standing(self) -> PortrayalQuerySet:
        """Those moderators have not taken out of sight, nor the network they are about."""
        return self.filter(PORTRAYAL_STANDS.q())

    def waiting(self) -> PortrayalQuerySet:
        """Those still read by people of the network they are about, beside words that can be read."""
        since = timezone.now() - OPEN_FOR
        return self.standing().filter(ended_at=None, created_at__gt=since, against__closed_at=None)


class Portrayal(models.Model):
    """What `author`, of `network`, says the network `target` thinks. `against`: its own words, read beside it.

    `given`, `own_given`: what `judges` gave it, and those words, in all; `passed` when it has `ended_at` five of them.
    """

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="portrayals", db_index=False
    )
    target = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    against = models.ForeignKey(View, on_delete=models.PROTECT, related_name="+", db_index=False)
    body = models.CharField(_("what they think"), max_length=LENGTH * 4)
    created_at = models.DateTimeField(db_default=Now())
    judges = models.PositiveSmallIntegerField(default=0, db_default=0)
    given = models.PositiveSmallIntegerField(default=0, db_default=0)
    own_given = models.PositiveSmallIntegerField(default=0, db_default=0)
    ended_at = models.DateTimeField(null=True)
    passed = models.BooleanField(default=False, db_default=False)
    hidden_at = models.DateTimeField(null=True)

    objects = PortrayalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="portrayal_says_something"),
            models.CheckConstraint(
                condition=Q(given__gte=F("judges"), given__lte=F("judges") * STEPS)
                & Q(own_given__gte=F("judges"), own_given__lte=F("judges") * STEPS),
                name="portrayal_sums",
            ),
            models.CheckConstraint(
                condition=Q(passed=False) | Q(ended_at__isnull=False, judges__gte=JUDGES),
                name="portrayal_passed_by_five",
            ),
        ]
        indexes = [
            models.Index(fields=["topic", "-id"], name="portrayal_of_topic"),
            models.Index(fields=["created_at"], name="portrayal_waits", condition=Q(ended_at=None)),
        ]

    @property
    def is_over(self) -> bool:
        """Read by no more people."""
        return self.ended_at is not None or self.created_at + OPEN_FOR <= timezone.now()

    @property
    def was_judged(self) -> bool:
        return self.ended_at is not None and self.judges >= JUDGES

    @property
    def mean(self) -> float:
        """How well it fits; only of what was judged."""
        return self.given / self.judges

    @property
    def own_mean(self) -> float:
        return self.own_given / self.judges


class Judging(models.Model):
    """How well both texts fit what one of them thinks; never shown with who it was. `why` goes to the writer, unsigned."""

    portrayal = models.ForeignKey(
        Portrayal, on_delete=models.CASCADE, related_name="judgings", db_index=False
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    fits = models.PositiveSmallIntegerField()
    own_fits = models.PositiveSmallIntegerField()
    why = models.CharField(_("why"), max_length=WHY_LENGTH * 4, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portrayal", "member"], name="judging_once"),
            models.CheckConstraint(
                condition=Q(fits__range=(1, STEPS), own_fits__range=(1, STEPS)),
                name="judging_in_steps",
            ),
        ]
