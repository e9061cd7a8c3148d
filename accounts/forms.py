"""What members type about themselves: signing up and in, the profile, the look.

allauth's forms keep their rules; here they lose placeholders (every field has a label that stays),
and a code may be typed with Thai digits.
"""

from functools import partial
from typing import Any
from urllib.parse import urlsplit

from allauth.account import forms as account
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions import EmailTaken, clean_name, sign_up, wait_for_proof
from accounts.agreeing import AGE_WORDS, TERMS_WORDS, in_force, wording
from accounts.display import chosen_language
from accounts.first_proof import gave_password
from accounts.models import BIO_LENGTH, Language, Member, TextSize, Theme, password_forms
from accounts.plain_forms import Code, Mailed, Plain
from accounts.provinces import choices_after
from accounts.registry import signed_up
from accounts.tries import hold_code, hold_reset
from forums.base.asking_first import AsksFirst
from forums.base.form_fields import Hidden, says
from forums.base.limits import fitting
from forums.base.stamps import age_of, new_stamp
from forums.text.handles import MAX_LENGTH, clean_handle
from forums.text.thai import clean_text
from roypalang.pictures import ACCEPT

LINKS = 5
QUICKEST = 3  # seconds from opening the page to signing up


# -- Signing up and in --------------------------------------------------------------------------


class SignupFields(Plain):
    """What everybody gives who joins: a handle, and the consent the law asks for. Before a sign-up form of allauth's."""

    account_already_exists: bool
    field_order = ["email", "username", "password1", "age", "consent"]
    age = forms.BooleanField(
        label=AGE_WORDS,
        error_messages={
            "required": _(
                "If you are not 20 yet, ask your parent or guardian first, then tick this box."
            )
        },
    )
    consent = forms.BooleanField(
        label=TERMS_WORDS,
        error_messages={"required": _("To join us, please agree to the rules and the terms.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = in_force()
        self.fields["age"].label, self.fields["consent"].label = words.age, words.terms
        self.fields["email"].help_text = _("Only you see it. We send you a link to confirm it.")
        self.fields["username"] = forms.CharField(
            label=_("Handle"),
            help_text=_(
                "Your name in addresses here, in Thai or in English letters: มาลี, somchai.k. It "
                "cannot be changed later; the name people see can."
            ),
            widget=forms.TextInput(
                attrs={
                    "autocomplete": "username",
                    "autocapitalize": "none",
                    "spellcheck": "false",
                    "maxlength": str(MAX_LENGTH),
                }
            ),
        )
        self.order_fields(self.field_order)

    def clean_username(self) -> str:
        self.cleaned_data["username"] = clean_handle(self.cleaned_data["username"])
        return super().clean_username()  # type: ignore[misc]

    def try_save(self, request: HttpRequest) -> tuple[Member | None, Any]:
        """Sign up, or seem to: an address that has an account gets a mail that says so.

        Raises `accounts.actions.HandleTaken` when someone was quicker with the same handle.
        """
        try:
            return super().try_save(request)  # type: ignore[misc]
        except EmailTaken:  # sent twice at once
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[misc]


class SignupForm(SignupFields, account.SignupForm):
    """An address, a handle, a password, and consent. Nothing else is needed."""

    # Nobody sees the first, and who reads the page aloud is told to leave it; the second says when the page was opened.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1", "class": "trap"}),
    )
    opened = forms.UUIDField(required=False, widget=Hidden, initial=new_stamp)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 10 characters. A few words you will remember make a good one."
        )

    def clean(self) -> dict[str, Any]:
        """What only a machine does: it fills in what nobody sees, and is done before anybody has read the page."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            raise ValidationError(
                _(
                    "The field that nobody sees must stay empty. Please empty it, or load the page anew."
                )
            )
        if settings.FORUMS_LOOKS_FIRST:
            age = age_of(cleaned.get("opened"))
            if age is None or age < QUICKEST:
                raise ValidationError(
                    _(
                        "That was faster than a page can be read. Please look it over, and send it once more."
                    )
                )
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Member | None, Any]:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # takes as long as for a new account
        return super().try_save(request)

    def save(self, request: HttpRequest) -> Member:
        member = sign_up(
            handle=self.cleaned_data["username"],
            email=self.cleaned_data["email"],
            password=self.cleaned_data["password1"],
            consent=wording(),
            language=chosen_language(request),
            then=partial(signed_up, request),
        )
        gave_password(request, member)
        return member


class LoginForm(Plain, account.LoginForm):
    """An address or a handle, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail or handle")
        login.validators.append(MaxLengthValidator(254))
        login.widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": "254",
        }

    def user_credentials(self) -> dict[str, str]:
        """One name, asked for once: allauth would try an address as a handle too, check the password
        twice where there is an account, and so tell by its slowness that there is one.
        """
        login = self.cleaned_data["login"]
        kind = "email" if "@" in login else "username"
        return {kind: login, "password": self.cleaned_data["password"]}


class ResetPasswordForm(Mailed, account.ResetPasswordForm):
    hold = staticmethod(hold_reset)


class _NewPassword(Plain):
    """A new password twice, which may be typed on two keyboards."""

    def clean_password2(self) -> str:
        return password_forms(self.cleaned_data["password2"])[0]


class ResetPasswordKeyForm(_NewPassword, account.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(_NewPassword, account.ChangePasswordForm):
    pass


class SetPasswordForm(_NewPassword, account.SetPasswordForm):
    pass


class AddEmailForm(Mailed, account.AddEmailForm):
    def save(self, request: HttpRequest) -> EmailAddress:
        address: EmailAddress = super().save(request)
        wait_for_proof(address=address)
        return address


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    pass


class RequestLoginCodeForm(Mailed, account.RequestLoginCodeForm):
    hold = staticmethod(hold_code)


class ConfirmLoginCodeForm(Code, account.ConfirmLoginCodeForm):
    pass


# -- Profile and look ---------------------------------------------------------------------------


def _web_address(value: str) -> None:
    try:
        address = urlsplit(value)
    except ValueError:
        return  # no address at all, which the field says by itself
    if address.scheme not in {"http", "https"} or "@" in address.netloc:
        raise ValidationError(_("Please give an address that begins with https://"))


def _numbered(number: int) -> str:
    return gettext("Link %(number)d") % {"number": number}


def _link(number: int) -> forms.URLField:
    return forms.URLField(
        label=lazy(_numbered, str)(number),
        required=False,
        max_length=300,
        assume_scheme="https",
        validators=[_web_address],
        widget=forms.URLInput(attrs={"autocomplete": "url", "inputmode": "url"}),
    )


class ProfileForm(AsksFirst):
    """What a member says of herself; all of it may be left out."""

    everyone_reads = ("display_name", "bio")

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("Up to 12 MB. It is cut square, and what moves stands still."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    display_name = forms.CharField(
        label=_("Name shown"),
        required=False,
        max_length=60,
        strip=False,
        help_text=_("As people call you. Left empty, your handle is shown."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    province = forms.ChoiceField(
        label=_("Province"), required=False, choices=choices_after(_("Not said"))
    )
    bio = forms.CharField(
        label=_("About me"),
        required=False,
        help_text=_("A few lines: what you work on, with whom, what you would like to ask."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": "1000"}),
    )

    link1, link2, link3, link4, link5 = map(_link, range(1, LINKS + 1))

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    @classmethod
    def of(cls, member: Member) -> "ProfileForm":
        """The form as the member's profile stands."""
        links = {f"link{n}": link for n, link in enumerate(member.links, start=1)}
        name = "" if member.display_name == member.handle else member.display_name
        return cls(
            member=member,
            initial={
                "display_name": name,
                "province": member.province,
                "bio": member.bio,
                **links,
            },
        )

    @property
    def link_fields(self) -> list[forms.BoundField]:
        return [self[f"link{number}"] for number in range(1, LINKS + 1)]

    def clean_display_name(self) -> str:
        return clean_name(self.member, self.cleaned_data["display_name"])

    def clean_bio(self) -> str:
        return says(fitting, clean_text(self.cleaned_data["bio"]), BIO_LENGTH)

    @property
    def links(self) -> list[str]:
        """The links given, in order."""
        given = (self.cleaned_data.get(f"link{number}") for number in range(1, LINKS + 1))
        return [link for link in given if link]


class DisplayForm(forms.Form):
    """Colours, size of letters, language."""

    theme = forms.ChoiceField(
        label=_("Colours"), choices=Theme, required=False, widget=forms.RadioSelect
    )
    text_size = forms.ChoiceField(
        label=_("Size of letters"), choices=TextSize, required=False, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=Language.choices,
        required=False,
        widget=forms.RadioSelect,
    )
