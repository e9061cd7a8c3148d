"""What happened in a network, line by line; and what its people ask the site's moderators for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Happened(models.TextChoices):
    """What a network's history holds."""

    REGISTERED = "registered", _("registered")
    EDITED = "edited", _("its page was changed")
    CONFIRMED = "confirmed", _("its page was confirmed")
    JOINED = "joined", _("joined")
    LEFT = "left", _("left")
    REMOVED = "removed", _("was removed")
    ROLE = "role", _("got another role")
    ASKED = "asked", _("asked to join")
    DECLINED = "declined", _("was declined")
    INVITED = "invited", _("an invitation was made")
    REVOKED = "revoked", _("an invitation was revoked")
    ORGANISATION_JOINED = "org_joined", _("an organisation joined")
    ORGANISATION_LEFT = "org_left", _("an organisation left")
    LINKED = "linked", _("was linked with another network")
    UNLINKED = "unlinked", _("is no longer linked with another network")
    BOARD = "board", _("a board was opened or changed")
    ACTIVITY = "activity", _("an activity was announced")
    ACTIVITY_CANCELLED = "act_cancelled", _("an activity was cancelled")
    ACTIVITY_REPORTED = "act_reported", _("an activity was reported on")
    TOPIC_JOINED = "topic_joined", _("joined a topic of another network")
    TOPIC_LEFT = "topic_left", _("took a topic off its page")
    VIEW = "view", _("set its view beside a topic")
    LEDGER = "ledger", _("its money was opened or closed to readers")
    VERIFIED = "verified", _("was verified")
    UNVERIFIED = "unverified", _("is no longer verified")
    ARCHIVED = "archived", _("was archived")
    REOPENED = "reopened", _("was opened again")
    MERGED = "merged", _("another network was merged into it")
    TAKEN_OVER = "taken_over", _("was taken over")


class Happening(models.Model):
    """One line of a network's history: what, by whom, about whom, when. Rows are only ever added."""

    network = models.ForeignKey(
        "forums.Network", on_delete=models.PROTECT, related_name="history", db_index=False
    )
    what = models.CharField(max_length=14, choices=Happened)
    actor = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "forums.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    other = models.ForeignKey(
        "forums.Network", on_delete=models.PROTECT, null=True, related_name="+"
    )
    topic = models.ForeignKey("forums.Topic", on_delete=models.PROTECT, null=True, related_name="+")
    activity = models.ForeignKey(
        "forums.Activity", on_delete=models.PROTECT, null=True, related_name="+"
    )
    details = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["network", "-created_at", "-id"], name="happening_newest"),
            # The public timeline leaves most of the history out.
            models.Index(fields=["network", "what", "-created_at"], name="happening_what"),
        ]


class PleaKind(models.TextChoices):
    VERIFY = "verify", _("to be verified")
    TAKE_OVER = "take_over", _("to take it over")


class Plea(models.Model):
    """What a member asks the site's moderators for about a network; they answer in the admin."""

    network = models.ForeignKey("forums.Network", on_delete=models.CASCADE, related_name="pleas")
    kind = models.CharField(_("asks"), max_length=10, choices=PleaKind)
    member = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why"), max_length=1000)
    created_at = models.DateTimeField(_("asked"), db_default=Now())
    decided_at = models.DateTimeField(_("answered"), null=True)
    decided_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    granted = models.BooleanField(_("granted"), null=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("request to the moderators")
        verbose_name_plural = _("requests to the moderators")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "member", "kind"],
                condition=Q(decided_at=None),
                name="plea_once",
            ),
        ]
        indexes = [
            # Those that wait, the oldest first.
            models.Index(fields=["created_at"], name="plea_waiting", condition=Q(decided_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.network} · {self.get_kind_display()}"
