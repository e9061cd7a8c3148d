"""What following asks."""

from django import forms
from django.utils.translation import gettext_lazy

from forums.base.form_fields import Text
from forums.reading.following.models import STEPS, FollowDefaults, Level


class LevelForm(forms.Form):
    """A level for one thing, sent by the button of that level; '' takes the choice back."""

    level = forms.TypedChoiceField(
        choices=[("", ""), *((str(level), level.label) for level in Level)],
        coerce=lambda value: Level(int(value)),
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the levels.")},
    )
    mine_too = forms.BooleanField(required=False)
    next = Text(required=False, max_length=500)


class DefaultsForm(forms.ModelForm):
    """How closely she follows what she starts, answers in, or is named in."""

    class Meta:
        model = FollowDefaults
        fields = STEPS
