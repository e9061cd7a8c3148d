"""Why a text waits; which hosts newcomers linked to lately."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

REASON = 12  # letters of a code
MET = 80  # of what in the text met something


class HeldFor(models.TextChoices):
    """Why a text waits, in words for its author and the moderators alike."""

    FIRST = (
        "first",
        _("One of the first texts of a new member: a moderator reads those before others do."),
    )
    LINK = "link", _("A change put a link into one of the first texts of a new member.")
    CHANGE = "change", _("A change put new words into one of the first texts of a new member.")
    QUICK = "quick", _("It was sent faster than anybody writes, or by a form that is not ours.")
    AGAIN = "again", _("The same text was sent to another place a moment ago.")
    HOST = "host", _("Several new accounts linked to the same page today.")
    ROW = "row", _("Many answers in a row here, with nobody in between.")
    WORD = "word", _("There is something in it that the moderators look at first.")
    MAIL = "mail", _("Texts of new accounts with such an e-mail address are looked at first.")
    ADDRESS = "address", _("Texts of new accounts from this part of the net are looked at first.")


class HeldText(models.Model):
    """A post whose text waits, or has: why, and what in it met something. `ended_at`: when somebody had looked."""

    post = models.OneToOneField(
        "forums.Post", on_delete=models.CASCADE, primary_key=True, related_name="held"
    )
    why = ArrayField(models.CharField(max_length=REASON))
    met = ArrayField(models.CharField(max_length=MET), default=list, blank=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("text that waits")
        verbose_name_plural = _("texts that wait")
        constraints = [models.CheckConstraint(condition=~Q(why=[]), name="held_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.post_id}: {', '.join(self.why)}"

    @property
    def reasons(self) -> list[str]:
        """HeldFor, in words."""
        return [str(HeldFor(each).label) for each in self.why]


class NewcomersHost(models.Model):
    """A newcomer linked to a host: forgotten after some days."""

    host = models.CharField(max_length=253)
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host", "member"], name="newcomers_host_once")
        ]
        indexes = [models.Index(fields=["at"], name="newcomers_host_old")]

    def __str__(self) -> str:
        return f"{self.host}: {self.member_id}"
