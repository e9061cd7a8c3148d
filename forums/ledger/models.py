"""Lines of income and expense, and their versions."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import rule
from forums.groups.memberships.models import coordinated_by
from forums.groups.networks.models import NETWORK_SHOWN, Network

SOURCE_LENGTH = 160
PURPOSE_LENGTH = 300
LINK_LENGTH = 500
REASON_LENGTH = 200
MOST_LINES = 20_000  # that stand in one ledger: what its pages and its file cost grows with them


class Flow(models.TextChoices):
    INCOME = "income", _("Income")
    EXPENSE = "expense", _("Expense")


LINE_SHOWN = rule(
    "forums.Line",
    "neither taken out nor hidden by moderators, its ledger aside",
    lambda _member: Q(deleted_at=None, hidden_at=None),
)


def _document_visible(member: Any) -> Q:
    """Of what a network shows of its money while it is shown itself; its coordinators see all there was."""
    shown = LINE_SHOWN.q() & NETWORK_SHOWN.q(path="network__")
    hers = Q(network__in=coordinated_by(member), hidden_at=None)
    return hers | (shown & Q(network__ledger_since__isnull=False))


# Who reads the ledger itself is asked once for all of it: `permissions.can_read_money`.
LINE_DOCUMENT = rule("forums.Line", "whose document she may see", _document_visible)


LINE_HIDDEN = Q(hidden_at__isnull=False)  # by moderators, who see it still
DOCUMENT_IN_SIGHT = Q(document__hidden_at=None)


class LineQuerySet(models.QuerySet["Line"]):
    def shown(self) -> LineQuerySet:
        """What stands in the ledger: nothing that was taken out, or that moderators hid."""
        return self.filter(LINE_SHOWN.q())


class Line(models.Model):
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="ledger_lines", db_index=False
    )
    flow = models.CharField(_("income or expense"), max_length=7, choices=Flow)
    date = models.DateField(_("date"))
    source = models.CharField(_("from or to whom"), max_length=SOURCE_LENGTH)
    purpose = models.CharField(_("what for"), max_length=PURPOSE_LENGTH)
    amount = models.DecimalField(_("amount (baht)"), max_digits=14, decimal_places=2)
    # A picture proves one line: so its readers are that line's (`Attachment.visible_to`).
    document = models.OneToOneField(
        "forums.Attachment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_line",
    )
    document_link = models.URLField(_("link to the document"), max_length=LINK_LENGTH, blank=True)
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    revision = models.PositiveSmallIntegerField(default=1, editable=False)
    submission = models.UUIDField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    # Moderators took it out of sight, of its history too (`moderation.withdrawing`).
    hidden_at = models.DateTimeField(null=True, editable=False)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the ledger")
        verbose_name_plural = _("lines of the ledger")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_amount_above_zero"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(purpose=""), name="ledger_says_what_for"
            ),
            # A double click is one line.
            models.UniqueConstraint(fields=["network", "submission"], name="ledger_submitted_once"),
        ]
        indexes = [
            models.Index(
                fields=["network", "-date", "-id"],
                name="ledger_newest",
                condition=Q(deleted_at=None),
            ),
            # The totals of the years are added up from this alone.
            models.Index(
                fields=["network", "date"],
                include=["flow", "amount"],
                name="ledger_years_shown",
                condition=Q(deleted_at=None, hidden_at=None),
            ),
        ]


class LineChange(models.Model):
    """What a line was before a change (None: it is new), and after (None: it was taken out).

    Of lines that came together out of one file, the first stands in the history for all of them
    (`stands_for`), the others for none; a line's own history has each.
    """

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="changes", db_index=False)
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    stands_for = models.PositiveIntegerField(default=1)
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="ledger_change_once")
        ]
        indexes = [
            models.Index(
                fields=["network", "-id"],
                name="ledger_changes_newest",
                condition=Q(stands_for__gt=0),
            )
        ]


class LineImport(models.Model):
    """A file that was read without a fault and waits for a coordinator to say yes. Then it is gone.

    While it cannot be told which column is which, `table` holds its cells (a header, and rows with the number
    of their line) until she says so; `reading` tells how it was read (`csv_files.Sheet`).
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=120)
    rows = models.JSONField()
    reading = models.JSONField(default=dict)
    table = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now())
