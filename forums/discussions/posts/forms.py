"""What is typed into posts."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Hidden, Text, says
from forums.base.stamps import new_stamp
from forums.discussions.standpoints.choosing import choice
from forums.discussions.standpoints.forms import SpeaksFrom
from forums.discussions.topics.models import Topic
from forums.pictures.bodies import clean_body
from forums.text.render import MAX_SOURCE


class BodyForm(AsksFirst):
    """A text everyone may read, with the name of this filling-in of the form: sent twice, it is written once; the name
    says when it was opened."""

    body = Text(
        label=_("Text"),
        limit=MAX_SOURCE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write something first.")},
    )
    submission = forms.UUIDField(required=False, widget=Hidden)
    with_ai = forms.BooleanField(
        label=_("AI helped with this text or its pictures"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": new_stamp(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_body(self) -> str:
        return says(clean_body, self.cleaned_data["body"])

    def clean_submission(self) -> uuid.UUID:
        """A form that carries no name is one too: what is sent again is looked for by its text."""
        return self.cleaned_data["submission"] or uuid.uuid4()


class SpeakingForm(SpeaksFrom, BodyForm):
    """A text with the place it is spoken from."""


class ReplyForm(SpeakingForm):
    to = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=Hidden)


def reply_form(member: Any, topic: Topic, *args: Any, **kwargs: Any) -> ReplyForm:
    """The form in which `member` answers in `topic`, whose board is loaded."""
    asked = choice(member, topic_id=topic.pk, host=topic.board.network_id)
    return ReplyForm(*args, choice=asked, **kwargs)


def sent_reply_form(member: Any, topic: Topic, data: Any) -> ReplyForm:
    """The same, filled in. What she said before is not asked for: who shows it again must `offer` it."""
    return ReplyForm(data, choice=choice(member, host=topic.board.network_id))


class EditForm(BodyForm):
    reason = forms.CharField(
        label=_("What did you change, and why?"),
        max_length=200,
        required=False,
        help_text=_("Stands in the history, for everyone to read."),
    )
    revision = forms.IntegerField(required=False, min_value=0, max_value=32000, widget=Hidden)
