"""What is typed, or chosen, to say why."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import field_of
from forums.discussions.posts.forms import SpeakingForm
from forums.discussions.posts.models import Post
from forums.knowledge.voting.models import Answered
from forums.text.glance import glance

SIDES = (
    (Answered.AGREE, _("why I agree")),
    (Answered.DISAGREE, _("why I do not agree")),
    (Answered.PASS, _("why I am not sure")),
)
_GLANCE = 90


def read_side(value: str) -> Answered:
    return Answered(int(value))


class SayWhyForm(SpeakingForm):
    """Pressed with `point`, it asks for a comment that is there already; else for a text."""

    side = forms.TypedChoiceField(
        label=_("What do you say?"),
        choices=SIDES,
        coerce=read_side,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose first what your reason is for.")},
    )
    comment = forms.TypedChoiceField(
        label=_("Which comment?"),
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
        error_messages={
            "required": _("Choose one of your comments first."),
            "invalid_choice": _("Choose a comment of your own in this topic, which can be read."),
        },
    )

    def __init__(self, *args: Any, comments: Iterable[Post] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Your reason")
        comment = field_of(self, "comment", forms.TypedChoiceField)
        comment.choices = [
            (post.pk, f"{post.label} · {glance(post.body_html, _GLANCE)}") for post in comments
        ]
        self.points = bool(self.is_bound and "point" in self.data)
        if self.points:
            comment.required = True
            self.fields["body"].required = False

    def offer(self, choice: Any) -> None:
        """From where she spoke, a comment that is there says already."""
        super().offer(choice)
        if self.is_bound and "point" in self.data and "speak_from" in self.fields:
            self.fields["speak_from"].required = False

    def clean_body(self) -> str:
        if not self.points:
            return super().clean_body()
        if self.cleaned_data["body"].strip():
            raise forms.ValidationError(
                _("You have typed a reason as well: send that, or empty the field first.")
            )
        return ""
