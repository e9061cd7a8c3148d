"""Whose password it is, and whose account elsewhere, when an address is proven for the first time.

Signing up takes no proof of the address. A stranger may have signed up with hers and a password of his own, or
with his account at LINE, and wait until she proves it: by the link in the letter, or by a mailed code. So each
counts on only where the browser that proves the address has come in by it before; else it is taken off.
"""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed, password_reset
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions import show_from_now_on, take_connections_off, take_password_off
from accounts.models import Member

# In the session: the member whose password was typed in this browser, whose account elsewhere was shown.
PROOFS = _GAVE, _CAME = "gave_password_of", "came_by_provider_of"


def gave_password(request: HttpRequest, member: Member) -> None:
    """Remember that this browser has just typed the member's password, signing up or in."""
    request.session[_GAVE] = member.pk


def came_by_provider(request: HttpRequest, member: Member) -> None:
    """Remember that this browser has just shown the member's account elsewhere, signing up or in."""
    request.session[_CAME] = member.pk


def proved_another(email_address: EmailAddress) -> bool:
    """Whether the account of this address has proven another one."""
    proven = EmailAddress.objects.filter(user=email_address.user, verified=True)
    return proven.exclude(pk=email_address.pk).exists()


@receiver(email_confirmed, dispatch_uid="accounts.first_proof")
def address_proven(*, request: HttpRequest, email_address: EmailAddress, **_kwargs: Any) -> None:
    """She is shown from now on. What opens the account is taken off where nothing says that whoever proves the
    address chose it."""
    member = email_address.user
    show_from_now_on(member=member)
    if proved_another(email_address):
        return
    if request.session.get(_CAME) != member.pk and take_connections_off(member=member):
        messages.warning(
            request,
            _(
                "Your address was proven in another browser than the one that signed up, so the account "
                "elsewhere that was chosen there does not count any more. You can connect yours under Settings."
            ),
        )
    if request.session.get(_GAVE) == member.pk or not member.has_usable_password():
        return
    take_password_off(member=member)
    messages.warning(
        request,
        _(
            "Your address was proven in another browser than the one that signed up, so the password "
            "chosen there does not count any more. Please set one."
        ),
    )


@receiver(password_reset, dispatch_uid="accounts.password_set_by_letter")
def password_set_by_letter(*, request: HttpRequest, user: Member, **_kwargs: Any) -> None:
    """A password set through a letter to the address is its reader's: proving the address keeps it."""
    gave_password(request, user)


def next_step(email_address: EmailAddress) -> str:
    """Where she sets the password that was taken off; '' where she has one, or has proven nothing, or comes in by
    an account elsewhere."""
    member = email_address.user
    if member.has_usable_password() or not email_address.verified:
        return ""
    if SocialAccount.objects.filter(user=member).exists():
        return ""
    key = default_token_generator.make_token(member)
    where = {"uidb36": user_pk_to_url_str(member), "key": key}
    return reverse("account_reset_password_from_key", kwargs=where)
