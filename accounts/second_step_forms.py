"""The forms of the second step: allauth's, in our words, and asking only for what a member has."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.plain_forms import Code, Plain
from accounts.second_step import factors_of
from accounts.tries import hold_second_step
from accounts.vault import SecretLost
from forums.base.errors import ForumError
from forums.base.form_fields import Hidden

PASSKEYS = 20  # of one member: her page shows them all, and a browser is asked for each


def _refuse_unconfirmed(member: Member) -> None:
    """No second step over an address nobody confirmed: its true owner could never come in."""
    if not EmailAddress.objects.filter(user=member, primary=True, verified=True).exists():
        raise get_mfa_adapter().validation_error("unverified_email")


class _Counted(forms.Form):
    """Each try of the second step counts before its work, and is given back when it was right."""

    user: Member

    def clean_code(self) -> str:
        return self._counted(super().clean_code)  # type: ignore[misc]

    def _counted[T](self, clean: Callable[[], T]) -> T:
        usage = hold_second_step(current.request, self.user)
        right = clean()
        usage.rollback()
        return right


class ActivateTOTPForm(Code, _Counted, totp.ActivateTOTPForm):
    def clean_code(self) -> str:
        _refuse_unconfirmed(self.user)
        return super().clean_code()


class _SecondStep(Code, _Counted):
    """Asks for what she has: the code of an app, a recovery code, or either."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factors = factors_of(self.user)
        field = self.fields["code"]
        if not self.factors.app:
            field.label = _("Recovery code")
        elif self.factors.codes_left:
            field.label = _("Code from your app, or a recovery code")
        else:
            field.label = _("Code from your app")

    def clean_code(self) -> str:
        """As allauth's. Where a secret of hers cannot be read any more, the others are tried, too."""
        try:
            return super().clean_code()
        except SecretLost:
            code: str = self.cleaned_data["code"]
            found = Authenticator.objects.filter(user=self.user)
            for one in found.exclude(type=Authenticator.Type.WEBAUTHN):
                with suppress(SecretLost):
                    if one.wrap().validate_code(code):
                        one.user = self.user
                        self.authenticator = one
                        return code
            raise


class AuthenticateForm(_SecondStep, mfa.AuthenticateForm):
    pass


class MFAReauthenticateForm(_SecondStep, mfa.ReauthenticateForm):
    pass


class _CredentialField(forms.JSONField):
    """An object, not nested a thousandfold; never shown again, for it is good once."""

    def to_python(self, value: Any) -> Any:
        try:
            credential = super().to_python(value)
        except RecursionError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if credential is not None and not isinstance(credential, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return credential

    def bound_data(self, data: Any, initial: Any) -> Any:
        return None


class _Credential(forms.Form):
    """What a device sends is a stranger's bytes: whatever reading them raises, they are wrong."""

    refusal = _(
        "This passkey belongs to no account here, or was removed from it. Please use another way, and "
        "delete it from the device."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = _CredentialField(widget=Hidden)

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (ForumError, ImmediateHttpResponse, MemoryError):
            raise
        except Exception:  # parsers of CBOR, keys and signatures raise what they like
            self._refuse("credential")
        for field in ("credential", NON_FIELD_ERRORS):
            if any(
                error.code == "incorrect_code" for error in self.errors.as_data().get(field, ())
            ):
                self._refuse(field)

    def _refuse(self, field: str) -> None:
        """Say it of a passkey: allauth's words speak of a code, and there was none."""
        self.errors.pop(field, None)
        self.add_error(None if field == NON_FIELD_ERRORS else field, self.refusal)

    def clean_credential(self) -> Any:
        credential = self.cleaned_data["credential"]
        if "\\u0000" in json.dumps(credential, allow_nan=False):
            raise get_adapter().validation_error("incorrect_code")  # PostgreSQL cannot hold it
        parent = getattr(super(), "clean_credential", None)
        return parent() if parent else credential


class AddWebAuthnForm(_Credential, Plain, webauthn.AddWebAuthnForm):
    refusal = _("The device did not give us a passkey. Please try again.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_of_key(self)
        self.fields["passwordless"].initial = True  # what the page promises, and why one comes

    def clean(self) -> Any:
        _refuse_unconfirmed(self.user)
        passkeys = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        if passkeys.count() >= PASSKEYS:
            raise ValidationError(
                _("You have %(most)d passkeys, as many as one may have. Take one away first.")
                % {"most": PASSKEYS}
            )
        return super().clean()


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name_of_key(self)


class LoginWebAuthnForm(_Credential, webauthn.LoginWebAuthnForm):
    pass


class _CountedCredential(_Credential, _Counted):
    def clean_credential(self) -> Any:
        return self._counted(super().clean_credential)


class AuthenticateWebAuthnForm(_CountedCredential, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateWebAuthnForm(_CountedCredential, webauthn.ReauthenticateWebAuthnForm):
    pass


def _name_of_key(form: forms.Form) -> None:
    form.fields["name"] = forms.CharField(
        label=_("Name of the key"), max_length=60, required=form.fields["name"].required
    )
    form.order_fields(["name"])
