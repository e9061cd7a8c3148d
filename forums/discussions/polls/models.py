"""Polls, whom they ask, and the ballots."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import is_signed_in, rule, sees_all
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import moderated_by
from forums.groups.networks.models import Network
from forums.text.noted import true_until

QUESTION_LENGTH = 200
ABOUT_LENGTH = 1000
OPTION_LENGTH = 100
FEWEST, MOST = 2, 20  # options
EMPTIED = "…"  # in the place of words whose author left; the trigger knows it too


class PollKind(models.TextChoices):
    ONE = "one", _("One choice")
    SEVERAL = "several", _("Several choices")
    RANKED = "ranked", _("A ranking")
    DATE = "date", _("A date to find")


class Shown(models.TextChoices):
    """When others' answers are shown."""

    ALWAYS = "always", _("At any time")
    ANSWERED = "answered", _("To who has answered; to all when it has closed")
    CLOSED = "closed", _("When it has closed")


POLL_SHOWN = Q(hidden_at=None, withdrawn_at=None)


def _visible(member: Any) -> Q:
    if sees_all(member):
        return Q(withdrawn_at=None)
    if not is_signed_in(member):
        return POLL_SHOWN
    seen = Q(hidden_at=None) | Q(author=member)
    if keeps := moderated_by(member):
        seen |= Q(topic__board__network__in=keeps)
    return Q(withdrawn_at=None) & seen


POLL_VISIBLE = rule(
    "forums.Poll", "neither taken back nor hidden; its topic is asked for before", _visible
)


class PollQuerySet(models.QuerySet["Poll"]):
    def visible_to(self, member: Any) -> Self:
        """Those she may read where she reads the topic; a hidden one moderators and its author."""
        return self.filter(POLL_VISIBLE.q(member))

    def shown(self) -> Self:
        """Those whoever reads the topic may read."""
        return self.filter(POLL_SHOWN)

    def asking(self) -> Self:
        """Those one can answer still."""
        return self.filter(POLL_SHOWN, closed_at=None, closes_at__gt=timezone.now())


class Poll(models.Model):
    """One question. `options` are lines of text, or days ("2026-12-05", "2026-12-05 18:30") of one that looks for a date.

    `tally` is what all ballots say together (`tallies`), `voters` how many there are; of a secret poll that is open others
    are told `told_tally`, as it stood at `told_voters`; `ready_tally` is what they are told next. Open until `closes_at`; `closed_at` says that it is over, and was told.
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="polls", db_index=False)
    # The topics it stood in before they were merged into this, the first first: undone, it goes back.
    came_through = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    kind = models.CharField(_("kind"), max_length=7, choices=PollKind)
    question = models.CharField(_("question"), max_length=QUESTION_LENGTH)
    about = models.CharField(_("description"), max_length=ABOUT_LENGTH, blank=True)
    options = ArrayField(models.CharField(max_length=OPTION_LENGTH), verbose_name=_("options"))
    least = models.PositiveSmallIntegerField(default=1, db_default=1)
    most = models.PositiveSmallIntegerField(default=1, db_default=1)
    shown = models.CharField(_("results are shown"), max_length=8, choices=Shown)
    names_shown = models.BooleanField(_("everyone sees who chose what"), default=False)
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey(Network, on_delete=models.PROTECT, null=True, related_name="+")
    in_name = models.BooleanField(default=False, db_default=False)
    asked = models.ManyToManyField(Network, through="PollNetwork", related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    closes_at = models.DateTimeField(_("closes"))
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(  # None: its time was over
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reminded_at = models.DateTimeField(null=True)
    voted_at = models.DateTimeField(null=True)  # from then on it stays as it is
    hidden_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    voters = models.PositiveIntegerField(default=0, db_default=0)
    tally = ArrayField(models.IntegerField(), default=list, db_default=[])
    told_voters = models.PositiveIntegerField(default=0, db_default=0)
    told_tally = ArrayField(models.IntegerField(), default=list, db_default=[])
    ready_voters = models.PositiveIntegerField(default=0, db_default=0)
    ready_tally = ArrayField(models.IntegerField(), default=list, db_default=[])

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints = [
            models.CheckConstraint(condition=~Q(question=""), name="poll_asks_something"),
            models.CheckConstraint(
                condition=Q(options__len__gte=FEWEST, options__len__lte=MOST),
                name="poll_has_options",
            ),
            models.CheckConstraint(
                condition=Q(least__gte=1, most__gte=F("least"), most__lte=F("options__len")),
                name="poll_bounds",
            ),
            models.CheckConstraint(
                condition=Q(kind=PollKind.SEVERAL) | Q(least=1, most=1), name="poll_chooses_one"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("created_at")), name="poll_lasts"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__lte=F("closes_at")),
                name="poll_closed_in_time",
            ),
            models.CheckConstraint(
                condition=Q(in_name=False) | Q(network__isnull=False), name="poll_in_a_name"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(voted_at=None) | Q(question=EMPTIED),
                name="poll_answered_stays",
            ),
        ]
        indexes = [
            models.Index(fields=["topic", "-id"], name="poll_topic_newest"),
            models.Index(fields=["closes_at"], name="poll_to_close", condition=Q(closed_at=None)),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"/t/{self.topic_id}/polls/{self.pk}/"

    @property
    def is_over(self) -> bool:
        is_over = self.closed_at is not None or self.closes_at <= timezone.now()
        if not is_over:
            true_until(self.closes_at)
        return is_over

    @property
    def ended_at(self) -> Any:
        """When it ended, or will."""
        return self.closed_at or self.closes_at


class PollNetwork(models.Model):
    """A network whose members a poll asks; one without any asks all who read its topic."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+", db_index=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "network"], name="poll_network_once")
        ]


class PollBallot(models.Model):
    """What one member answers: a mark for each option (`tallies`)."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots", db_index=False)
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    marks = ArrayField(models.SmallIntegerField())
    cast_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "member"], name="poll_ballot_once"),
            models.CheckConstraint(
                condition=Q(marks__len__gte=FEWEST, marks__len__lte=MOST),
                name="poll_ballot_marks_options",
            ),
        ]
