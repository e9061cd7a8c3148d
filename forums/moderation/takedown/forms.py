"""What a notice asks of who gives it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.moderation.takedown.models import (
    ADDRESS_LENGTH,
    WHO_LENGTH,
    WORDS_LENGTH,
    Harm,
    Notice,
    Notifier,
)

CHOOSE = {"required": _("Please choose one.")}


class NoticeForm(forms.Form):
    address = Text(
        label=_("Address of the page"),
        help_text=_(
            "Copy it from the top of the browser. For one comment: press the time above it, and copy the address "
            "then."
        ),
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    harm = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Harm,
        widget=forms.RadioSelect,
        initial=None,
        error_messages=CHOOSE,
    )
    words = Text(
        label=_("Which words, and why"),
        help_text=_(
            "Quote the passage, and name the law or the order with its number if there is one."
        ),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "maxlength": WORDS_LENGTH}),
    )
    notifier = forms.ChoiceField(
        label=_("Who are you?"),
        choices=Notifier,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    name = Text(
        label=_("Your name, or that of your office"),
        max_length=WHO_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_(
            "The answer goes there. The author of the text does not get it, nor your name."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    truth = forms.BooleanField(
        label=_("What I say here is true to my best knowledge."),
        error_messages={
            "required": _("Without this we cannot take the notice: tick it if it is so.")
        },
    )


class ReceiptForm(forms.Form):
    receipt = Text(
        label=_("Receipt"),
        help_text=_("It stands in the e-mail we sent when the notice came."),
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_receipt(self) -> Notice:
        typed = "".join(self.cleaned_data["receipt"].split()).lower()
        found = Notice.objects.filter(receipt=typed).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no notice with this receipt. Copy it once more.")
            )
        return found


class MoreForm(forms.Form):
    more = Text(
        label=_("Your answer"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": WORDS_LENGTH}),
    )
