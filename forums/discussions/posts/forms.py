"""What is typed into posts."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, field_of, says
from forums.discussions.standpoints.choosing import Choice, choice
from forums.discussions.topics.models import Topic
from forums.pictures.bodies import clean_body
from forums.text.render import MAX_SOURCE


class BodyForm(forms.Form):
    """A text, with the name of this filling-in of the form: sent twice, it is written once."""

    body = Text(
        label=_("Text"),
        max_length=MAX_SOURCE * 2,  # the true limit is said by clean_body, with both numbers
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Please write something first.")},
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean_body(self) -> str:
        return says(clean_body, self.cleaned_data["body"])

    def clean_submission(self) -> uuid.UUID:
        """A form that carries no name is one too: what is sent again is looked for by its text."""
        return self.cleaned_data["submission"] or uuid.uuid4()


class SpeakingForm(BodyForm):
    """A text with the place it is spoken from. The fields stand only where there is a choice."""

    speak_from = forms.TypedChoiceField(
        label=_("From where do you speak?"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("You are not in this network, or no longer.")},
        help_text=_("Chosen once for this topic; it stands beside each of your posts."),
    )
    in_name = forms.BooleanField(
        label=_("The network says this, not I alone"),
        required=False,
        help_text=_("For spokespersons: stands as the network's word."),
    )

    def __init__(self, *args: Any, choice: Choice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(choice or Choice())

    def offer(self, choice: Choice) -> None:
        """Ask for this choice; again, when more is known: what was chosen before is asked no more."""
        self.choice = choice
        if not choice.may_speak_in_name:
            self.fields.pop("in_name", None)
        if choice.has_chosen or not choice.places:
            self.fields.pop("speak_from", None)
            return
        field = field_of(self, "speak_from", forms.TypedChoiceField)
        field.initial = self.choice.proposed or ""
        field.choices = [
            ("", _("Myself, in my own name")),
            *((place.network_id, place.name) for place in self.choice.places),
        ]

    @property
    def spoken(self) -> dict[str, Any]:
        """What the actions want to know of it."""
        return {
            "speak_from": self.cleaned_data.get("speak_from"),
            "in_name": self.cleaned_data.get("in_name", False),
        }


class ReplyForm(SpeakingForm):
    to = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )


def reply_form(member: Any, topic: Topic, *args: Any, **kwargs: Any) -> ReplyForm:
    """The form in which `member` answers in `topic`, whose board is loaded."""
    asked = choice(member, topic_id=topic.pk, host=topic.board.network_id)
    return ReplyForm(*args, choice=asked, **kwargs)


def sent_reply_form(member: Any, topic: Topic, data: Any) -> ReplyForm:
    """The same, filled in. Whether she has chosen before is asked when it is written, under lock;
    who shows it again must `offer` her choice.
    """
    return ReplyForm(data, choice=choice(member, host=topic.board.network_id))


class EditForm(BodyForm):
    reason = forms.CharField(
        label=_("What did you change, and why?"),
        max_length=200,
        required=False,
        help_text=_("Stands in the history, for everyone to read."),
    )
    revision = forms.IntegerField(
        required=False, min_value=0, max_value=32000, widget=forms.HiddenInput
    )
