"""The outbox."""

from __future__ import annotations

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
        ]

    def __str__(self) -> str:
        return self.key
