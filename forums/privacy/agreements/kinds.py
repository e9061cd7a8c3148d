"""Which wording is in force; what she is told when she signs in; what is held of a person here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.agreeing import AGE_WORDS, TERMS_WORDS, InForce, has_agreed, wording_is
from accounts.models import Member
from accounts.silence import stays_open
from forums.base.personal import moderated
from forums.privacy.agreements.models import Wording
from forums.privacy.agreements.wordings import newest

stays_open("agree", "profile_take_back")
moderated(Wording, "by")


@wording_is
def in_force() -> InForce | None:
    """The newest that was published."""
    found = newest()
    if found is None:
        return None
    return InForce(found.version, found.age or AGE_WORDS, found.terms or TERMS_WORDS)


@receiver(user_logged_in, dispatch_uid="agreements.asked_again")
def asked_again(*, request: HttpRequest, user: Member, **_kwargs: Any) -> None:
    """She may read on; before she writes she agrees."""
    if not has_agreed(user):
        said = _(
            "Our terms have changed. Before you write, read what changed: Settings, “My data”."
        )
        messages.info(request, said, fail_silently=True)
