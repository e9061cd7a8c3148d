"""Conversations, who is in them, what was said, and what of it was reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from forums.base.visibility import is_signed_in, own, rule

if TYPE_CHECKING:
    from accounts.models import Member

MOST = 8  # people of a conversation
LENGTH = 10_000  # characters of a message
REASON_LENGTH = 500  # of a report
ANSWER_LENGTH = 300  # what moderators answer to one


class Takes(models.TextChoices):
    """From whom a member takes messages."""

    EVERYONE = "everyone", _("From all members")
    NETWORKS = "networks", _("Only from members of my networks")
    NOBODY = "nobody", _("From nobody")


class MessageChoice(models.Model):
    """What a member chose; without a row she takes messages from everyone."""

    member = models.OneToOneField(
        "accounts.Member", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    takes = models.CharField(_("I take private messages"), max_length=8, choices=Takes)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(takes__in=Takes.values), name="message_choice_known")
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.takes}"


CONVERSATION_VISIBLE = rule(
    "forums.Conversation",
    "among those in it",
    lambda member: Q(pk__in=Participant.objects.of(member).values("conversation")),
)
# The queryset alone says it: what was said before she came back is not hers.
rule("forums.Message", "among those in its conversation", None)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, member: Member | Any) -> ConversationQuerySet:
        """Those she is in; nobody else's, whoever asks."""
        return self.filter(CONVERSATION_VISIBLE.q(member))


class Conversation(models.Model):
    """`key`: the ids of those it is between, ascending. `ended_at`: since when nobody is in it any more."""

    key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=rf"^[0-9]+(,[0-9]+){{1,{MOST - 1}}}$"),
                name="conversation_of_two_to_eight",
            )
        ]
        indexes = [
            # What is to be forgotten.
            models.Index(
                fields=["ended_at"], name="conversation_ended", condition=~Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return conversation_url(self.pk)

    @property
    def is_pair(self) -> bool:
        return self.key.count(",") == 1


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def of(self, member: Member | Any) -> ParticipantQuerySet:
        """Her places in the conversations she is in."""
        return self.filter(own(member), left_at=None)


class Participant(models.Model):
    """A member's place in a conversation. She reads what was said after the message `reads_after`, up to `newest`.

    `unread_from`: the first message she has not read; what somebody says whom she blocked is none.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participants", db_index=False
    )
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    newest = models.BigIntegerField(default=0)
    unread_from = models.BigIntegerField(null=True)
    reads_after = models.BigIntegerField(default=0)
    muted_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "member"], name="participant_once"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(unread_from=None), name="participant_who_left_reads"
            ),
        ]
        indexes = [
            # Her conversations, what was said last first; of members who are erased, too.
            models.Index(fields=["member", "-newest"], name="participant_list"),
            # The number in the menu, on every page.
            models.Index(
                fields=["member"],
                name="participant_unread",
                condition=Q(unread_from__isnull=False, muted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.member_id}"


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, member: Member | Any) -> MessageQuerySet:
        """What was said in conversations she is in, since she is; nobody else's, whoever asks.

        What moderators took out of sight only who wrote it reads.
        """
        if not is_signed_in(member):
            return self.none()
        hers = Participant.objects.of(member)
        there = hers.filter(conversation=OuterRef("conversation"), reads_after__lt=OuterRef("pk"))
        return self.filter(Exists(there), Q(hidden_at=None) | own(member, "writer"))

    def standing(self) -> MessageQuerySet:
        """What still stands: neither taken back nor taken out of sight."""
        return self.filter(taken_back_at=None, hidden_at=None)


class Message(models.Model):
    """What somebody said in a conversation. `taken_back_at`: she took it back, and its text is gone."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="said", db_index=False
    )
    writer = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    renderer_version = models.PositiveSmallIntegerField()
    submission = models.UUIDField()
    created_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    # Moderators took it out of sight: a line keeps its place (`moderation.withdrawing`).
    hidden_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            # One filled-in form is one message.
            models.UniqueConstraint(fields=["writer", "submission"], name="message_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) & ~Q(body="")
                | Q(taken_back_at__isnull=False, body="", body_html=""),
                name="message_taken_back_is_empty",
            ),
        ]
        indexes = [
            # A page of a conversation.
            models.Index(fields=["conversation", "id"], name="message_of_conversation"),
            # The pace of writing.
            models.Index(fields=["writer", "-created_at"], name="message_pace"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class MessageReport(models.Model):
    """What a member reported: a copy of that message and of those before it, as they stood then.

    `shown` has of each the writer's id, the moment and the text. The copy is all that moderators see, and outlives
    the message until the report is answered and old.
    """

    message = models.ForeignKey(
        Message, on_delete=models.SET_NULL, null=True, related_name="reports"
    )
    member = models.ForeignKey(
        "accounts.Member", verbose_name=_("who"), on_delete=models.CASCADE, related_name="+"
    )
    about = models.ForeignKey(
        "accounts.Member", verbose_name=_("about whom"), on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField(_("why"), max_length=REASON_LENGTH)
    shown = models.JSONField(default=list)
    created_at = models.DateTimeField(_("reported"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=ANSWER_LENGTH, blank=True)

    class Meta:
        verbose_name = _("report of a private message")
        verbose_name_plural = _("reports of private messages")
        constraints = [
            models.UniqueConstraint(fields=["member", "message"], name="message_report_once"),
            models.CheckConstraint(
                condition=~Q(member=F("about")), name="message_report_of_another"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="message_report_answered_by_somebody",
            ),
        ]
        indexes = [
            # Those that wait, the oldest first; those answered, to be forgotten.
            models.Index(
                fields=["created_at"],
                name="message_report_waiting",
                condition=Q(answered_at=None),
            ),
            models.Index(
                fields=["answered_at"],
                name="message_report_answered",
                condition=Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.about)  # who reported it is named to nobody


def conversation_url(pk: int) -> str:
    return f"/messages/{pk}/"
