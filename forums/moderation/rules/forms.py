"""What the admin's form of a rule accepts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import says
from forums.base.limits import fitting_title
from forums.moderation.rules.models import TITLE_LENGTH, HouseRule


class HouseRuleForm(forms.ModelForm):
    """The number is given once: of a rule that is there it can be read only."""

    holds = forms.BooleanField(
        label=_("It holds"),
        help_text=_("A rule that no longer holds stays on the page, and keeps its number."),
        required=False,
        initial=True,
    )

    class Meta:
        model = HouseRule
        fields = ["number", "title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "cols": 90})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["holds"].initial = self.instance.retired_at is None
            if "number" in self.fields:
                self.fields["number"].disabled = True

    def clean_title(self) -> str:
        return says(fitting_title, self.cleaned_data["title"], TITLE_LENGTH)
