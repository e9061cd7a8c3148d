"""What the admin's form of a page accepts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import says
from forums.base.limits import fitting_title
from forums.pages.models import NAME_LENGTH, TITLE_LENGTH, CommunityLink, Page
from forums.pictures.bodies import clean_body


class PageForm(forms.ModelForm):
    class Meta:
        model = Page
        fields = ["title", "slug", "body", "position", "in_footer", "staff_only"]
        widgets = {"body": forms.Textarea(attrs={"rows": 30, "cols": 90})}

    def clean_title(self) -> str:
        return says(fitting_title, self.cleaned_data["title"], TITLE_LENGTH)

    def clean_body(self) -> str:
        return says(clean_body, self.cleaned_data["body"])


class CommunityLinkForm(forms.ModelForm):
    class Meta:
        model = CommunityLink
        fields = ["name", "url", "position"]
        help_texts = {
            "url": _(
                "A new site begins with links to the front pages of Facebook and YouTube: "
                "put the community's own address here."
            )
        }

    def clean_name(self) -> str:
        return says(fitting_title, self.cleaned_data["name"], NAME_LENGTH)
