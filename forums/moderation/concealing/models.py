"""The words that are hidden."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

WORDS_LENGTH = 2000


class ConcealedPassage(models.Model):
    """Words that stood in `post` and are hidden, because of what was decided about `source`: itself, or a post it quotes.

    With `clarification` they stood in that pinned reply, and `post` is the source.
    Gone once the words are shown again; what was decided stays in the log.
    """

    source = models.ForeignKey(
        "forums.Post", on_delete=models.CASCADE, related_name="+", verbose_name=_("because of")
    )
    post = models.ForeignKey("forums.Post", on_delete=models.CASCADE, related_name="concealed")
    decision = models.ForeignKey(
        "forums.Decision", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    clarification = models.ForeignKey(
        "forums.Clarification", on_delete=models.CASCADE, null=True, related_name="+"
    )
    words = models.CharField(_("words"), max_length=WORDS_LENGTH)
    created_at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("hidden passage")
        verbose_name_plural = _("hidden passages")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="concealed_says_something")
        ]

    def __str__(self) -> str:
        return self.mark

    @property
    def mark(self) -> str:
        """What stands in the place of the words: in the language of the text, and as long for a word as for a sentence."""
        return f"▮ซ่อนไว้ {self.pk}▮"
