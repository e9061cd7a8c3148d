"""What inviting asks."""

import re
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from forums.groups.invitations.actions import DAYS, MOST_ADDRESSES, MOST_USES

_DAYS = [(days, ngettext_lazy("%d day", "%d days", days) % days) for days in DAYS]
_ADDRESS = EmailValidator()
_SAME = str.maketrans("“”„，；、", '""",;,')  # what telephones and word processors make of signs
_NAMED = re.compile(r'((?:"[^"]*+"|[^<"])*+)<([^<>]*+)>?')
_AROUND = "<>()[]{}'\"‘’.:"


class InvitationLinkForm(forms.Form):
    """A link into the network."""

    days = forms.TypedChoiceField(
        label=gettext_lazy("Good for"), choices=_DAYS, coerce=int, initial=7
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
        label=gettext_lazy("Good for"), choices=_DAYS, coerce=int, initial=30
    )

    def clean_addresses(self) -> list[str]:
        """Every address, once; or what is wrong with each line."""
        found, wrong = [], []
        for number, line in enumerate(self.cleaned_data["addresses"].splitlines(), start=1):
            for typed in addresses_in(line):
                address = typed.lower()
                try:
                    if len(address) > 254:
                        raise ValidationError("")
                    _ADDRESS(address)
                except ValidationError:
                    wrong.append(
                        _("Line %(number)d: “%(typed)s” is no e-mail address.")
                        % {"number": number, "typed": typed[:60]}
                    )
                else:
                    found.append(address)
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


def addresses_in(line: str) -> Iterator[str]:
    """What stands for an address in a line, right or wrong: สมชาย ใจดี <somchai@example.org>; Nok@Example.ORG

    A name before <…> is left out, in quotation marks or not, also one parted by a comma (ใจดี, สมชาย <…>). A
    word of it with an @, or a piece before its last comma with a dot, is looked at: wrong rather than lost.
    """
    rest = line.translate(_SAME)
    while named := _NAMED.match(rest):
        *before, name = re.split("[,;]", re.sub('"[^"]*"', "", named[1]))
        yield from (word for piece in before for word in _bare(piece) if re.search("[@.]", word))
        yield from (word for word in _bare(name) if "@" in word)
        yield from _bare(named[2]) if named[2].strip() else ["<>"]
        rest = rest[named.end() :]
    yield from _bare(rest)


def _bare(text: str) -> Iterator[str]:
    for word in re.split(r"[\s,;]+", text):
        if address := word.strip(_AROUND).removeprefix("mailto:"):
            yield address
