"""Notices, and sealed copies of what was removed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from forums.moderation.models import REASON_LENGTH
from forums.moderation.queue.models import KEY_LENGTH, KIND_LENGTH

CASE = "notice"  # the kind of its cases
RECEIPT_LENGTH = 24
WHO_LENGTH = 120
WORDS_LENGTH = 2000
TITLE_LENGTH = 300  # of a sealed copy
ADDRESS_LENGTH = 500


class Notifier(models.TextChoices):
    PERSON = "person", _("I am the person it is about")
    FOR_PERSON = "for_person", _("I act for the person it is about")
    AUTHORITY = "authority", _("I write for an authority or a court")
    OTHER = "other", _("somebody else")


class Harm(models.TextChoices):
    PERSONAL = "personal", _("personal data that nobody may publish")
    DEFAMES = "defames", _("it is untrue and harms me")
    ORDER = "order", _("an order of a court or an authority")
    COPYRIGHT = "copyright", _("it is my work, used without my leave")
    CRIME = "crime", _("a crime, or something that leads to one")
    OTHER = "other", _("something else that the law forbids")


class NoticeState(models.TextChoices):
    OPEN = "open", _("we are looking at it")
    ASKED = "asked", _("we asked you for more")
    REMOVED = "removed", _("it was taken down")
    PART = "part", _("a part of it was taken down")
    REFUSED = "refused", _("it stays")


ENDED = (NoticeState.REMOVED, NoticeState.PART, NoticeState.REFUSED)


class Notice(models.Model):
    """What somebody outside asks to be taken down. `subject` and `key` name the thing (`moderation.subjects`).

    Her name and address are forgotten some time after it ended (`forgotten_at`).
    """

    receipt = models.CharField(_("receipt"), max_length=RECEIPT_LENGTH, unique=True)
    notifier = models.CharField(_("who asks"), max_length=10, choices=Notifier)
    name = models.CharField(_("name"), max_length=WHO_LENGTH, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address of the page"), max_length=ADDRESS_LENGTH)
    subject = models.CharField(max_length=KIND_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH)
    harm = models.CharField(_("why"), max_length=10, choices=Harm)
    words = models.CharField(_("what it says"), max_length=WORDS_LENGTH)
    more = models.CharField(_("what was added"), max_length=WORDS_LENGTH, blank=True)
    created_at = models.DateTimeField(_("came"), db_default=Now())
    due_at = models.DateTimeField(_("until"))
    warned_at = models.DateTimeField(null=True)  # moderators were reminded of its clock
    state = models.CharField(
        _("state"), max_length=8, choices=NoticeState, default=NoticeState.OPEN
    )
    answer = models.CharField(_("answer"), max_length=REASON_LENGTH, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    decision = models.ForeignKey(
        "forums.Decision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("takedown notice")
        verbose_name_plural = _("takedown notices")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="notice_says_why"),
            models.CheckConstraint(
                condition=Q(forgotten_at=None) & ~Q(name="") & ~Q(email="")
                | Q(forgotten_at__isnull=False, name="", email=""),
                name="notice_has_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "asked"), answered_at=None)
                | Q(state__in=("removed", "part", "refused"), answered_at__isnull=False),
                name="notice_answered_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="notice_waiting", condition=Q(answered_at=None)
            ),
            models.Index(
                fields=["answered_at"],
                name="notice_to_forget",
                condition=Q(answered_at__isnull=False, forgotten_at=None),
            ),
            models.Index(fields=["subject", "key", "-id"], name="notice_of"),
        ]

    def __str__(self) -> str:
        return self.receipt

    def get_absolute_url(self) -> str:
        return f"/takedown/{self.receipt}/"


class SealedCopy(models.Model):
    """What was removed, as it read then; deleted after `until`."""

    notice = models.OneToOneField(
        "forums.Notice", on_delete=models.CASCADE, related_name="sealed_copy"
    )
    author = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(_("text"))
    sealed_at = models.DateTimeField(_("sealed"), db_default=Now())
    until = models.DateTimeField(_("kept until"))

    class Meta:
        verbose_name = _("sealed copy")
        verbose_name_plural = _("sealed copies")
        # By the table's grant: see `takedown.permissions`.
        permissions = [("read_sealedcopy", "Can read sealed copies")]
        indexes = [models.Index(fields=["until"], name="sealed_copy_until")]

    def __str__(self) -> str:
        return self.title or str(self.pk)


class SealedLook(models.Model):
    """That somebody read a sealed copy. Stays when the copy is gone."""

    receipt = models.CharField(_("receipt"), max_length=RECEIPT_LENGTH)
    member = models.ForeignKey(
        "accounts.Member", verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("look at a sealed copy")
        verbose_name_plural = _("looks at sealed copies")
        indexes = [models.Index(fields=["receipt", "-id"], name="sealed_look_of")]

    def __str__(self) -> str:
        return self.receipt
