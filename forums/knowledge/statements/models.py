"""A statement of a topic, and what became of it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.base.constant_sql import Columns
from forums.base.visibility import is_signed_in, rule, sees_all
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import moderated_by
from forums.groups.networks.models import Network

LENGTH = 140  # characters as a reader counts them
UNTOLD_PULL = (
    0.25  # half agree, half pass, in the middle of all: what holds of one of which nothing is told
)


class Refusal(models.TextChoices):
    """Why a statement is not put to the vote: the whole list, published beside the form."""

    DOUBLE = "double", _("It says two things; somebody may agree with one and not with the other.")
    SAME = "same", _("Another statement says this already.")
    OTHER_MATTER = "matter", _("It is about something else than this topic.")
    PERSON = "person", _("It is about a person, not about the matter.")
    QUESTION = "question", _("It is a question; one cannot agree with it or not.")
    LOADED = "loaded", _("It is worded so that only one answer sounds decent.")
    UNCLEAR = "unclear", _("It can be understood in several ways.")
    CHECKABLE = "fact", _("It can be checked; look it up rather than vote on it.")


class Fate(models.TextChoices):
    """What a receipt says. Not stored: it follows from the row."""

    WAITING = "waiting", _("Waits until somebody has looked at it")
    OPEN = "open", _("Is put to the vote")
    REFUSED = "refused", _("Is not put to the vote")
    MERGED = "merged", _("Was put together with another")
    SPLIT = "split", _("Was parted into several")
    WITHDRAWN = "withdrawn", _("Was taken back by whoever wrote it")
    HIDDEN = "hidden", _("Was hidden by moderators")


OPEN = Q(
    looked_at__isnull=False,
    refusal="",
    withdrawn_at=None,
    hidden_at=None,
    merged_into=None,
    parted_at=None,
)
STATEMENT_OPEN = rule(
    "forums.Statement",
    "put to the vote",
    lambda _member: OPEN,
    sql="s.looked_at IS NOT NULL AND s.refusal = '' AND s.withdrawn_at IS NULL AND s.hidden_at IS NULL "
    "AND s.merged_into_id IS NULL AND s.parted_at IS NULL",
    tables="forums_statement s",
)
# What is said once, and counts among the most of a topic; also what waits, or is hidden.
IN_FORCE = Q(refusal="", withdrawn_at=None, merged_into=None, parted_at=None)
WAITING = Q(looked_at=None, withdrawn_at=None, hidden_at=None)
HIDDEN = Q(hidden_at__isnull=False)


def _visible(member: Any) -> Q:
    if sees_all(member):
        return Q(withdrawn_at=None)
    if not is_signed_in(member):
        return OPEN
    seen = OPEN | Q(author=member)
    if keeps := moderated_by(member):
        seen |= Q(withdrawn_at=None, topic__board__network__in=keeps)
    return seen


STATEMENT_VISIBLE = rule(
    "forums.Statement",
    "put to the vote, or her own; moderators see all but what was taken back; its topic is asked for before",
    _visible,
)


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, member: Any) -> Self:
        """Those put to the vote, and her own; to who keeps order there all but what was taken back. Whether she reads the topic
        is asked before."""
        return self.filter(STATEMENT_VISIBLE.q(member))

    def for_list(self) -> Self:
        """With the network each is said from."""
        return self.select_related("network")

    def open(self) -> Self:
        """Those put to the vote."""
        return self.filter(OPEN)

    def shown(self) -> Self:
        """Those moderators have not hidden, whatever else became of them."""
        return self.filter(hidden_at=None)

    def waiting(self) -> Self:
        """Those nobody has looked at yet, oldest first."""
        return self.filter(WAITING).order_by("pk")


class Statement(models.Model):
    """One idea, ≤ 140 characters. `voted_at`: from then on a trigger keeps its words as they are.

    `network` is from where its author spoke, `in_name` that the network says it: a seed.
    """

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="statements", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    body = models.CharField(_("statement"), max_length=LENGTH * 4)
    key = models.CharField(max_length=LENGTH * 4, editable=False)  # what makes two the same
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, null=True, related_name="+")
    in_name = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(db_default=Now())
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    refusal = models.CharField(max_length=8, choices=Refusal, blank=True, db_default="")
    withdrawn_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="merged", db_index=False
    )
    parted_at = models.DateTimeField(null=True)
    part_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, related_name="parts", db_index=False
    )
    voted_at = models.DateTimeField(null=True)
    answered = models.PositiveIntegerField(default=0, db_default=0)  # counted with each vote
    # What speaks for asking it next, by the votes that are told: never by one that is not. The worker writes it.
    pull = models.FloatField(default=UNTOLD_PULL, db_default=UNTOLD_PULL)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="statement_number_once"),
            models.UniqueConstraint(
                fields=["topic", "key"],
                name="statement_said_once",
                condition=IN_FORCE,
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="statement_number_from_one"),
            models.CheckConstraint(condition=~Q(body=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=Q(in_name=False) | Q(network__isnull=False), name="statement_in_a_name"
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_by=None, refusal="")
                | Q(looked_at__isnull=False, looked_by__isnull=False),
                name="statement_looked_at_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["topic", "id"],
                name="statement_waits",
                condition=Q(looked_at=None, withdrawn_at=None, hidden_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.body

    def get_absolute_url(self) -> str:
        return f"/t/{self.topic_id}/common/{self.number}/"

    @property
    def said_from(self) -> Network | None:
        """The network it is said from (loaded), whose name stands beside it; a hidden one has none."""
        network = self.network
        return network if network is not None and network.hidden_at is None else None

    @property
    def fate(self) -> Fate:
        """What became of it; the last that happened says it."""
        told: list[tuple[Any, Fate]] = [
            (self.hidden_at, Fate.HIDDEN),
            (self.withdrawn_at, Fate.WITHDRAWN),
            (self.merged_into_id, Fate.MERGED),
            (self.parted_at, Fate.SPLIT),
            (self.refusal, Fate.REFUSED),
            (self.looked_at, Fate.OPEN),
        ]
        return next((fate for happened, fate in told if happened), Fate.WAITING)


STATEMENT = Columns(Statement, "s")  # as constant statements ask for it
