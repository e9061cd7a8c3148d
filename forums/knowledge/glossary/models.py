"""Words of a topic, and what each means to a network."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import is_signed_in, own, rule, sees_all
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import moderated_by
from forums.groups.networks.models import Network

TERM_LENGTH = 40  # characters as a reader counts them
MEANING_LENGTH = 200

MEANING_SHOWN = rule(
    "forums.Meaning",
    "the newest of its network, and not taken out of sight; its topic is asked for before",
    lambda _member: Q(replaced_at=None, hidden_at=None),
)


def _visible(member: Any) -> Q:
    if sees_all(member):
        return Q()
    seen = MEANING_SHOWN.q() | own(member, "author")
    if is_signed_in(member) and (keeps := moderated_by(member)):
        seen |= Q(word__topic__board__network__in=keeps)
    return seen


MEANING_VISIBLE = rule(
    "forums.Meaning",
    "shown, or hers; moderators see what they took out of sight; its topic is asked for before",
    _visible,
)


class Word(models.Model):
    """A word of a topic. `key`: the same for spellings that differ in case, spaces and signs only."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+", db_index=False)
    term = models.CharField(_("word"), max_length=TERM_LENGTH * 4)
    key = models.CharField(max_length=TERM_LENGTH * 8, editable=False)
    made_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "key"], name="word_once"),
            models.CheckConstraint(condition=~Q(term="") & ~Q(key=""), name="word_says_something"),
        ]

    def __str__(self) -> str:
        return self.term


class MeaningQuerySet(models.QuerySet["Meaning"]):
    def visible_to(self, member: Any) -> MeaningQuerySet:
        """What each network says now, and what she wrote. Whether she reads the topic is asked before."""
        return self.filter(MEANING_VISIBLE.q(member))

    def shown(self) -> MeaningQuerySet:
        """What each network says now."""
        return self.filter(MEANING_SHOWN.q())


class Meaning(models.Model):
    """One version of what a word means to a network; the one that none has replaced is shown. `came_through`: the topics in
    which it stood before they were merged."""

    word = models.ForeignKey(
        Word, on_delete=models.CASCADE, related_name="meanings", db_index=False
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(_("what it means to us"), max_length=MEANING_LENGTH * 4)
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    replaced_at = models.DateTimeField(null=True, editable=False)
    hidden_at = models.DateTimeField(null=True, editable=False)
    came_through = ArrayField(models.BigIntegerField(), default=list, db_default=[], editable=False)

    objects = MeaningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word", "network"], name="meaning_once", condition=Q(replaced_at=None)
            ),
            models.CheckConstraint(condition=~Q(body=""), name="meaning_says_something"),
        ]
        indexes = [models.Index(fields=["word", "network", "-id"], name="meaning_versions")]
