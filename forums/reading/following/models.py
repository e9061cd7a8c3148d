"""Whom and what a member follows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TARGETS = ("topic", "network", "board", "tag", "person")  # in the order in which they decide


class Level(models.IntegerChoices):
    """How closely: nothing of it, only what names her, a count of what is new, and being told."""

    MUTED = 0, pgettext_lazy("follow", "Muted")
    NORMAL = 1, pgettext_lazy("follow", "Normal")
    TRACKING = 2, pgettext_lazy("follow", "Tracking")
    WATCHING = 3, pgettext_lazy("follow", "Watching")


# What may be chosen of what is followed of its own accord.
OWN_ACCORD = [
    (Level.NORMAL, _("do not follow it")),
    (Level.TRACKING, _("follow it: count what is new")),
    (Level.WATCHING, _("watch it: tell me of every post")),
]


def _exactly_one() -> Q:
    one = Q()
    for target in TARGETS:
        one |= Q(*((f"{other}__isnull", other != target) for other in TARGETS))
    return one


class Follow(models.Model):
    """The level a member chose for one topic, network, board or tag; of a person there is only watching."""

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    topic = models.ForeignKey(
        "forums.Topic", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    network = models.ForeignKey(
        "forums.Network", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    board = models.ForeignKey(
        "forums.Board", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    tag = models.ForeignKey(
        "forums.Tag", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    level = models.PositiveSmallIntegerField(choices=Level)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one(),
                name="follow_has_one_target",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(level=Level.WATCHING),
                name="follow_of_a_person_watches",
            ),
            models.CheckConstraint(condition=~Q(person=F("member")), name="follow_is_of_another"),
            # What a member chose for a thing, and all she chose.
            *(
                models.UniqueConstraint(
                    fields=["member", target],
                    condition=Q((f"{target}__isnull", False)),
                    name=f"follow_one_a_{target}",
                )
                for target in TARGETS
            ),
        ]
        indexes = [
            # Who is to be told of what happens in a thing.
            *(
                models.Index(
                    fields=[target, "level", "member"],
                    condition=Q((f"{target}__isnull", False)),
                    name=f"follow_of_{target}",
                )
                for target in TARGETS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.level}"


# What of its own accord may make her follow a topic, each with the level she wants then (normal: nothing).
STEPS = ("starting", "replying", "named")


class FollowDefaults(models.Model):
    """How closely a member follows a topic because she did something in it; without a row it is tracking."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    starting = models.PositiveSmallIntegerField(
        _("When I start a topic"), choices=OWN_ACCORD, default=Level.TRACKING
    )
    replying = models.PositiveSmallIntegerField(
        _("When I answer in a topic"), choices=OWN_ACCORD, default=Level.TRACKING
    )
    named = models.PositiveSmallIntegerField(
        _("When somebody names me in a topic"), choices=OWN_ACCORD, default=Level.TRACKING
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *((f"{step}__range", (Level.NORMAL, Level.WATCHING)) for step in STEPS)
                ),
                name="follow_defaults_are_levels",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.starting} {self.replying} {self.named}"


class FollowUndo(models.Model):
    """How the topics stood that a member changed all at once, and the thing she did it by: until it is taken back."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    undo = models.JSONField()

    def __str__(self) -> str:
        return str(self.member_id)


class Block(models.Model):
    """`member` does not want to hear `person`."""

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    person = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "person"], name="block_once"),
            models.CheckConstraint(condition=~Q(person=F("member")), name="block_is_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.person_id}"
