"""Cases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import is_signed_in, rule, sees_all
from forums.groups.memberships.models import coordinated_by, moderated_by
from forums.groups.organisations.models import Representative
from forums.ledger.models import Line
from forums.moderation.queue.registry import LONGEST_NAME

KIND_LENGTH = 12
KEY_LENGTH = 40
A_POINT = timedelta(hours=3)  # of weight, as waiting
AT_ONCE = timedelta(days=30)  # before all that only waits


class CaseState(models.TextChoices):
    OPEN = "open", _("open")
    TAKEN = "taken", _("in work")
    DECIDED = "decided", _("decided")
    REFUSED = "refused", _("refused")


WAITING = (CaseState.OPEN, CaseState.TAKEN)


def _visible(member: Any) -> Q:
    """Moderators of the site all; those of a network what waits for them; nobody what is hers."""
    if not is_signed_in(member):
        return Q(pk__in=[])
    others = ~_hers(member)
    return others if sees_all(member) else others & Q(network__in=moderated_by(member))


def _hers(member: Any) -> Q:
    """About herself, or what she answers for (`moderation.parties`): her organisations, her networks and their money."""
    found = Q(about=member.pk, about__isnull=False)
    speaks = Representative.objects.filter(member=member.pk)
    speaks = speaks.filter(Q(confirmed_at__isnull=False) | Q(organisation__created_by=member.pk))
    found |= Q(subject="organisation", key__in=_keys(speaks, "organisation_id"))
    if networks := coordinated_by(member):
        found |= Q(subject="network", key__in=[str(pk) for pk in networks])
        found |= Q(subject="line", key__in=_keys(Line.objects.filter(network__in=networks), "id"))
    return found


def _keys(rows: models.QuerySet[Any], of: str) -> models.QuerySet[Any]:
    return rows.annotate(named=Cast(of, models.CharField())).values("named")


# The queryset alone says it: who moderates a network is no column.
CASE_VISIBLE = rule("forums.Case", "visible", _visible)


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, member: Any) -> CaseQuerySet:
        """Those `member` may look into."""
        return self.filter(CASE_VISIBLE.q(member))

    def waiting(self) -> CaseQuerySet:
        """Open, or in work; the one to look at first comes first."""
        return self.filter(state__in=WAITING).order_by("ranked_at", "pk")


class Case(models.Model):
    """Something about a thing (`subject` and its `key`: moderation.subjects) that waits to be looked at.

    `ranked_at` is its place in the queue: when it came, earlier by its weight (`place`).
    """

    kind = models.CharField(_("what waits"), max_length=KIND_LENGTH)
    subject = models.CharField(_("about what"), max_length=KIND_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH)
    # Whose moderators decide about it too; None where only the site's do.
    network = models.ForeignKey(
        "forums.Network", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Whose it is that is looked at: she never sees her own case here.
    about = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("about whom"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=8, choices=CaseState, default=CaseState.OPEN)
    weight = models.FloatField(_("weight"), default=0)
    at_once = models.BooleanField(_("at once"), default=False)
    opened_at = models.DateTimeField(_("since"))
    ranked_at = models.DateTimeField()
    due_at = models.DateTimeField(_("until"), null=True)  # a clock that runs
    # When moderators were written to because it waits so long.
    written_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("who looks at it"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.ForeignKey(
        "forums.Decision", on_delete=models.PROTECT, null=True, related_name="cases"
    )
    # Which of its kind's answers ended it; '' where none of them did.
    answer = models.CharField(max_length=LONGEST_NAME, blank=True, db_default="", default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "key"],
                condition=Q(ended_at=None),
                name="case_once",
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.TAKEN, taken_by__isnull=False, taken_at__isnull=False)
                | ~Q(state=CaseState.TAKEN),
                name="case_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING, ended_at=None)
                | ~Q(state__in=WAITING) & Q(ended_at__isnull=False),
                name="case_ended_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ranked_at", "id"], name="case_waiting", condition=Q(ended_at=None)
            ),
            models.Index(
                fields=["network", "ranked_at", "id"],
                name="case_waiting_in",
                condition=Q(ended_at=None, network__isnull=False),
            ),
            models.Index(
                fields=["kind", "ranked_at", "id"],
                name="case_waiting_of_kind",
                condition=Q(ended_at=None),
            ),
            # Who has waited longest, whatever her weight.
            models.Index(
                fields=["opened_at", "id"],
                name="case_waiting_since",
                condition=Q(ended_at=None),
            ),
            models.Index(
                fields=["kind", "opened_at"],
                name="case_waiting_kind_since",
                condition=Q(ended_at=None),
            ),
            # What was said about one thing before.
            models.Index(fields=["subject", "key", "-id"], name="case_of"),
            models.Index(
                fields=["-ended_at", "-id"],
                name="case_ended",
                condition=Q(ended_at__isnull=False),
            ),
            # How it ended comes first: of a million decided ones few may have been refused.
            models.Index(
                fields=["state", "-ended_at", "-id"],
                name="case_ended_as",
                condition=Q(ended_at__isnull=False),
            ),
            models.Index(
                fields=["kind", "state", "-ended_at", "-id"],
                name="case_ended_kind_as",
                condition=Q(ended_at__isnull=False),
            ),
            models.Index(
                fields=["network", "state", "-ended_at", "-id"],
                name="case_ended_in_as",
                condition=Q(ended_at__isnull=False, network__isnull=False),
            ),
            models.Index(
                fields=["network", "-ended_at", "-id"],
                name="case_ended_in",
                condition=Q(ended_at__isnull=False, network__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.subject} {self.key}"


def place(
    opened_at: datetime, *, weight: float, at_once: bool, due_at: datetime | None
) -> datetime:
    """Where a case stands in the queue: by when it came, each point of weight three hours earlier, what may not wait a
    month earlier, and before all of these what has a clock, by its end."""
    if due_at is not None:
        return due_at - 2 * AT_ONCE
    return opened_at - weight * A_POINT - (AT_ONCE if at_once else timedelta())
