"""The outbox; what is to be told; what each member was told; what she wishes to be told of, and to be written."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Email(models.Model):
    """One e-mail to one reader: its kind and the ids it speaks of, never its text.

    The words are made when it is sent (`forums.notifications.registry`), so that an email tells what is
    true then, to whom may read it then. `key` names what it says: the same said twice is one email.
    """

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(max_length=120, unique=True)
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    address = models.EmailField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField(_("due"), db_default=Now())
    created_at = models.DateTimeField(_("written"), db_default=Now(), editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "forums_letter"  # from when it was called so
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, address="") | (Q(member=None) & ~Q(address="")),
                name="letter_has_one_reader",
            ),
        ]
        indexes = [
            # What `manage.py deliver` takes next.
            models.Index(
                fields=["due_at", "id"],
                name="letter_waiting",
                condition=Q(sent_at=None, dropped_at=None),
            ),
            # Those to people who are no members, to be forgotten.
            models.Index(
                fields=["created_at"], name="letter_to_strangers", condition=Q(member=None)
            ),
            # What is of no use once it was sent, and comes in great numbers.
            models.Index(
                fields=["created_at"],
                name="letter_not_kept",
                condition=Q(
                    kind__in=(
                        "digest",
                        "message",
                        "network-announced",
                        "statement-decided",
                        "statements-waiting",
                        "told",
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Telling(models.Model):
    """Something that happened and is to be told: written by the action, in its transaction, one row whoever hears it.

    The worker (`inbox.actions.spread`) makes Notifications of it, some members at a time, in the order of their ids:
    all up to `after` have theirs. When everyone has, the row is gone. `kind` names either a kind of notification,
    told to `members`, or an audience (`registry.audience`) that says who hears what.
    """

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    members = ArrayField(models.BigIntegerField(), default=list)
    actor = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())
    after = models.BigIntegerField(default=0, db_default=0)
    due_at = models.DateTimeField(db_default=Now())
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return self.key


class Notification(models.Model):
    """One line of what a member was told: its kind and the ids it speaks of, never its words.

    `key` names what it is about: what is told of it later joins the line. `things` are the ids of what was gathered
    since she read it last (posts), `people` who did it; both oldest first and of the newest only, each once.
    """

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    data = models.JSONField(default=dict)
    things = ArrayField(models.BigIntegerField(), default=list)
    people = ArrayField(models.BigIntegerField(), default=list)
    newest_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # However often it is told, by however many workers: one line.
            models.UniqueConstraint(fields=["member", "key"], name="notification_once"),
        ]
        indexes = [
            models.Index(fields=["member", "-newest_at", "-id"], name="notification_newest"),
            # The number at the bell, on every page; the list of what is unread.
            models.Index(
                fields=["member", "-newest_at", "-id"],
                name="notification_unread",
                condition=Q(read_at=None),
            ),
            # What is too old to be kept.
            models.Index(fields=["newest_at"], name="notification_age"),
        ]

    def __str__(self) -> str:
        return self.key


class Preference(models.Model):
    """Where a member wishes to be told of something (`registry.Switch`); without a row, by every way there is."""

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    switch = models.CharField(max_length=40)
    here = models.BooleanField()
    mail = models.BooleanField()
    push = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "switch"], name="preference_once"),
        ]

    def __str__(self) -> str:
        return self.switch


class Rhythm(models.TextChoices):
    """How often a digest goes to a member."""

    WEEKLY = "weekly", _("Every Monday evening")
    DAILY = "daily", _("Every evening")
    NEVER = "never", _("Never")


class MailWish(models.Model):
    """How a member wishes to be written to, whatever it is about; without a row: a digest a week, and what is switched on."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, primary_key=True, related_name="mail_wish"
    )
    digest = models.CharField(_("digest"), max_length=8, choices=Rhythm, default=Rhythm.WEEKLY)
    # Since when she wants no emails but what guards her account.
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__in=Rhythm.values), name="mail_wish_has_rhythm"
            )
        ]

    def __str__(self) -> str:
        return self.digest
