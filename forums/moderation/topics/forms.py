"""What a decision about a topic asks beside why."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.discussions.topics.models import TITLE_LENGTH, Topic
from forums.moderation.forms import ActForm, MomentForm
from forums.text.cleaning import THAI_DIGITS

_TOPIC = re.compile(r"(?:.*/t/)?#?([0-9]{1,18})(?:/.*)?")
_PACES = {
    2: _("2 minutes"),
    5: _("5 minutes"),
    10: _("10 minutes"),
    30: _("30 minutes"),
    60: _("1 hour"),
    240: _("4 hours"),
    1440: _("1 day"),
}


class SlowForm(ActForm):
    minutes = forms.TypedChoiceField(
        label=_("Each member writes once in"),
        choices=list(_PACES.items()),
        coerce=int,
        initial=10,
        help_text=_("It stands above the box where one answers. Moderators are not held."),
    )
    field_order = ["minutes", "rule", "reason"]


class CloseAtForm(MomentForm):
    """From when on it takes no replies."""

    moment = "at"


class SplitForm(ActForm):
    numbers = Text(
        label=_("Which comments"),
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_(
            "Their numbers, like 5, 8, 12-3, or 20 to 30. All that answers them goes along; the first becomes the text "
            "of the new topic."
        ),
        error_messages={"required": _("Write numbers of comments, like 5, 8, 12-3, or 20 to 30.")},
    )
    title = Text(
        label=_("Title of the new topic"),
        limit=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        error_messages={"required": _("Please give it a title.")},
    )
    field_order = ["numbers", "title", "rule", "reason"]


class MergeTopicForm(ActForm):
    into = Text(
        label=_("Into which topic"),
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_(
            "The address of the topic, or its number. All that was said goes there, behind what stands there already."
        ),
        error_messages={"required": _("There is no such topic.")},
    )
    field_order = ["into", "rule", "reason"]

    def clean_into(self) -> Topic:
        match = _TOPIC.fullmatch(self.cleaned_data["into"].strip().translate(THAI_DIGITS))
        topics = Topic.objects.visible_to(self.moderator).select_related("board")
        found = topics.filter(pk=int(match[1])).first() if match else None
        if found is None:
            raise forms.ValidationError(_("There is no such topic."))
        return found
