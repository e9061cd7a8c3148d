"""What is typed into organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.provinces import choices_after
from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Text, says, seeking
from forums.base.limits import fitting_line
from forums.groups.networks.models import Sector
from forums.groups.organisations.actions import clean_name, clean_website
from forums.groups.organisations.models import (
    ABOUT_LENGTH,
    NAME_LENGTH,
    TITLE_LENGTH,
    WEBSITE_LENGTH,
)


class OrganisationForm(AsksFirst):
    everyone_reads = ("about",)
    name = Text(
        label=_("Name of the organisation"),
        limit=NAME_LENGTH,
        widget=forms.TextInput(attrs={"maxlength": NAME_LENGTH, "autocomplete": "organization"}),
        help_text=_("Its full name, as on its sign."),
        error_messages={"required": _("Please give the organisation its name.")},
    )
    about = Text(
        label=_("What does it do?"),
        required=False,
        limit=ABOUT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": ABOUT_LENGTH}),
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("Choose one")), *Sector.choices],
        error_messages={"required": _("Please choose the sector.")},
    )
    province = forms.ChoiceField(
        label=_("Province"),
        required=False,
        choices=choices_after(_("None in particular")),
    )
    website = Text(
        label=_("Website"),
        required=False,
        limit=WEBSITE_LENGTH,
        widget=forms.URLInput(attrs={"maxlength": WEBSITE_LENGTH}),
    )

    def clean_name(self) -> str:
        return says(clean_name, self.cleaned_data["name"])

    def clean_about(self) -> str:
        return says(fitting_line, self.cleaned_data["about"], ABOUT_LENGTH)

    def clean_website(self) -> str:
        return says(clean_website, self.cleaned_data["website"])


class RepresentForm(forms.Form):
    title = Text(
        label=_("As what?"),
        required=False,
        limit=TITLE_LENGTH,
        widget=forms.TextInput(attrs={"maxlength": TITLE_LENGTH}),
        help_text=_("Your duty there: chairwoman, project officer, volunteer."),
    )

    def clean_title(self) -> str:
        return says(fitting_line, self.cleaned_data["title"], TITLE_LENGTH)


class RegisterOrganisationForm(RepresentForm, OrganisationForm):
    field_order = ["name", "about", "sector", "province", "website", "represents", "title"]
    represents = forms.BooleanField(
        label=_("I represent this organisation"),
        required=False,
        initial=True,
        help_text=_(
            "It is shown once somebody who knows has confirmed it. Leave it empty when you only "
            "put the name of a partner here."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One that is here already is offered while its name is typed: its page is where to say one represents it."""
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs.update(seeking("/suggest/organisations/", choose="go"))
