"""Entries of the lists."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

TEXT_LENGTH, NOTE_LENGTH = 200, 300


class WatchedKind(models.TextChoices):
    WORD = "word", _("word or phrase")
    HOST = "host", _("website (host)")
    MAIL = "mail", _("domain of e-mail addresses")
    NET = "net", _("part of the net (CIDR)")


class Follows(models.TextChoices):
    """What follows where an entry is met."""

    HOLD = "hold", _("wait for a moderator")
    REFUSE = "refuse", _("refuse")
    MASK = "mask", _("put dots in its place")
    REPORT = "report", _("tell the moderators")
    LET = "let", _("let sign up without limit")


class WatchedEntryQuerySet(models.QuerySet["WatchedEntry"]):
    def in_force(self, now: datetime) -> WatchedEntryQuerySet:
        """Those that hold now."""
        return self.filter(Q(until=None) | Q(until__gt=now), retired_at=None)


class WatchedEntry(models.Model):
    """Something that is looked for, and what follows."""

    kind = models.CharField(_("what"), max_length=4, choices=WatchedKind)
    text = models.CharField(_("which"), max_length=TEXT_LENGTH)
    follows = models.CharField(_("then"), max_length=6, choices=Follows)
    anywhere = models.BooleanField(_("also inside other words"), default=False)
    note = models.CharField(_("note for moderators"), max_length=NOTE_LENGTH, blank=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    created_by = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(_("no longer"), null=True)

    objects = WatchedEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the lists")
        verbose_name_plural = _("entries of the lists")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "text"], condition=Q(retired_at=None), name="watched_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="watched_something"),
            models.CheckConstraint(
                condition=~Q(follows=Follows.MASK) | Q(kind=WatchedKind.WORD),
                name="watched_words_are_masked",
            ),
            models.CheckConstraint(
                condition=~Q(follows=Follows.LET) | Q(kind=WatchedKind.NET),
                name="watched_nets_are_let",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], name="watched_newest", condition=Q(retired_at=None)),
        ]

    def __str__(self) -> str:
        return self.text


class NewAccount(models.Model):
    """From which net an account was made, for some days; `is_held`: its first texts wait."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    net = models.CharField(max_length=64)
    at = models.DateTimeField()
    is_held = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["net", "at"], name="new_account_net")]

    def __str__(self) -> str:
        return f"{self.net}: {self.member_id}"
