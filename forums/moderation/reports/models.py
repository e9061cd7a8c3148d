"""Reports, how often their reporters were right, and what hid itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import own, rule
from forums.moderation.queue.models import KEY_LENGTH, KIND_LENGTH

if TYPE_CHECKING:
    from accounts.models import Member

WORDS_LENGTH = 500
REPORT = "report"  # the kind of its cases


class Problem(models.TextChoices):
    """What is wrong with a thing."""

    PERSONAL = "personal", _("It holds personal data of others")
    RUDE = "rude", _("It runs people down")
    FALSE = "false", _("It is untrue and does harm")
    SPAM = "spam", _("Advertising, or the same again and again")
    ILLEGAL = "illegal", _("It is against the law")
    OFF_TOPIC = "off_topic", _("It is in the wrong place")
    OTHER = "other", _("Something else")


HINTS: dict[Problem, Promise] = {
    Problem.PERSONAL: _("Telephone numbers, addresses, identity numbers, pictures of others"),
    Problem.RUDE: _("Insults, contempt, threats"),
    Problem.FALSE: _("Tell us what is true"),
    Problem.ILLEGAL: _("You must say that you report it in good faith"),
    Problem.OFF_TOPIC: _("It has nothing to do with what is spoken of here"),
    Problem.OTHER: _("Write below what it is"),
}
AT_ONCE = (Problem.PERSONAL, Problem.ILLEGAL)  # these cases stand at the head of the queue


class ReportState(models.TextChoices):
    OPEN = "open", _("The moderators have not looked at it yet")
    TAKEN_BACK = "taken_back", _("You took it back")
    UPHELD = "upheld", _("The moderators saw it as you did")
    REJECTED = "rejected", _("The moderators found it to be in order")
    IGNORED = "ignored", _("The moderators have looked at it")


# A member's own; moderators see what was reported in its case.
REPORT_OWN = rule("forums.ProblemReport", "her own", lambda member: own(member, "reporter"))


class ReportQuerySet(models.QuerySet["ProblemReport"]):
    def visible_to(self, member: Member | Any) -> ReportQuerySet:
        """What `member` reported herself."""
        return self.filter(REPORT_OWN.q(member))

    def open(self) -> ReportQuerySet:
        return self.filter(state=ReportState.OPEN)


class ProblemReport(models.Model):
    """That somebody finds something wrong with a thing (`subject` and `key`: moderation.subjects).

    `weight` and `networks` (the ids of those she spoke from: `weight.camps_of`) are what they were then.
    """

    # None: she has left, and nothing leads to her any more.
    reporter = models.ForeignKey(
        "accounts.Member",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
    )
    subject = models.CharField(max_length=KIND_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH)
    case = models.ForeignKey("forums.Case", on_delete=models.PROTECT, related_name="reports")
    problem = models.CharField(_("what is wrong"), max_length=10, choices=Problem)
    words = models.CharField(max_length=WORDS_LENGTH, blank=True)
    good_faith = models.BooleanField(default=False)
    weight = models.FloatField(default=0)
    networks = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.OPEN)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    # Of a private message: what moderators may see of it.
    copied = models.ForeignKey(
        "forums.MessageReport", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["reporter", "subject", "key"],
                condition=Q(state=ReportState.OPEN),
                name="report_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(problem=Problem.ILLEGAL) | Q(good_faith=True),
                name="report_in_good_faith",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, settled_at=None)
                | ~Q(state=ReportState.OPEN) & Q(settled_at__isnull=False),
                name="report_settled_once",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0) & Q(problem__in=Problem.values),
                name="report_weighs_something",
            ),
        ]
        indexes = [
            # What she reported, the newest first; her pace.
            models.Index(fields=["reporter", "-created_at", "-id"], name="report_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.key}: {self.problem}"

    def get_absolute_url(self) -> str:
        return f"/reports/{self.pk}/"


class ReporterRecord(models.Model):
    """How often a member's reports were found right and wrong; no row where none was decided yet."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    upheld = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.upheld} : {self.rejected}"


class SelfHiding(models.Model):
    """That a thing hid itself under the reports of a case: by which decision. Once a case."""

    case = models.OneToOneField(
        "forums.Case", on_delete=models.CASCADE, primary_key=True, related_name="hiding"
    )
    decision = models.ForeignKey("forums.Decision", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.case_id)
