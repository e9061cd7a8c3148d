"""What inviting asks."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from forums.groups.invitations.actions import DAYS, MOST_ADDRESSES, MOST_USES
from forums.groups.invitations.addresses import addresses_in, is_address

DAY_CHOICES = [(days, ngettext_lazy("%d day", "%d days", days) % days) for days in DAYS]


class InvitationLinkForm(forms.Form):
    """A link into the network."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("Good for"), choices=DAY_CHOICES, coerce=int, initial=7
    )
    uses = forms.IntegerField(
        label=gettext_lazy("How many people may use it"),
        min_value=1,
        max_value=MOST_USES,
        initial=30,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class MailForm(forms.Form):
    """Addresses to invite: one a line, with commas between them, or as a mail program lists them."""

    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy(
            "One a line, or pasted as a mail program lists them; up to 20. Each gets a link of its own, "
            "good for one person."
        ),
        max_length=6000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "off", "spellcheck": "false"}),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Good for"), choices=DAY_CHOICES, coerce=int, initial=30
    )

    def clean_addresses(self) -> list[str]:
        """Every address, once; or what is wrong with each line."""
        found, wrong = [], []
        for number, line in enumerate(self.cleaned_data["addresses"].splitlines(), start=1):
            for typed in addresses_in(line):
                if is_address(typed):
                    found.append(typed.lower())
                    continue
                wrong.append(
                    _("Line %(number)d: “%(typed)s” is no e-mail address.")
                    % {"number": number, "typed": typed[:60]}
                )
        if not found and not wrong:
            wrong.append(_("Please write at least one address."))
        found = list(dict.fromkeys(found))
        if len(found) > MOST_ADDRESSES:
            wrong.append(
                _("Up to %(most)d addresses at once, please; these are %(count)d.")
                % {"most": MOST_ADDRESSES, "count": len(found)}
            )
        if wrong:
            raise ValidationError(wrong[: MOST_ADDRESSES + 1])
        return found
