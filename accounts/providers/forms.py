"""What who comes from a provider adds: a handle, her consent, and an address if none came."""

from functools import partial
from typing import Any

from allauth.account.forms import BaseSignupForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.agreeing import wording
from accounts.display import chosen_language
from accounts.first_proof import came_by_provider
from accounts.forms import SignupFields
from accounts.models import Member
from accounts.providers.actions import sign_up_with
from accounts.providers.identity import Identity
from accounts.registry import signed_up


class ProviderSignupForm(SignupFields, BaseSignupForm):
    """As signing up with a password, without one. Another address than the provider's is hers to choose."""

    def __init__(self, *args: Any, who: Identity, **kwargs: Any) -> None:
        super().__init__(*args, initial={"email": who.email}, **kwargs)
        self.who = who
        if who.proven:
            self.fields["email"].help_text = _(
                "Only you see it. As it stands we need no letter to confirm it."
            )

    def save(self, request: HttpRequest) -> Member:
        member = sign_up_with(
            who=self.who,
            handle=self.cleaned_data["username"],
            email=self.cleaned_data["email"],
            consent=wording(),
            language=chosen_language(request),
            then=partial(signed_up, request, by_provider=True),
        )
        came_by_provider(request, member)
        return member
