"""Lines of income and expense, and their versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.networks.models import Network


class Flow(models.TextChoices):
    INCOME = "income", _("Income")
    EXPENSE = "expense", _("Expense")


class Line(models.Model):
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="ledger_lines", db_index=False
    )
    flow = models.CharField(_("kind"), max_length=7, choices=Flow)
    date = models.DateField(_("date"))
    source = models.CharField(_("from or to whom"), max_length=160)
    purpose = models.CharField(_("what for"), max_length=300)
    amount = models.DecimalField(_("amount (baht)"), max_digits=14, decimal_places=2)
    document = models.ForeignKey(
        "forums.Attachment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    document_link = models.URLField(_("link to the document"), max_length=500, blank=True)
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    revision = models.PositiveSmallIntegerField(default=1, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("line of the ledger")
        verbose_name_plural = _("lines of the ledger")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_amount_above_zero"),
            models.CheckConstraint(
                condition=~Q(source="") & ~Q(purpose=""), name="ledger_says_what_for"
            ),
        ]
        indexes = [
            models.Index(fields=["network", "-date", "-id"], name="ledger_newest"),
        ]


class LineChange(models.Model):
    """What a line was before a change (None: it is new), and after (None: it was taken out)."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="changes", db_index=False)
    number = models.PositiveSmallIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="ledger_change_once")
        ]
