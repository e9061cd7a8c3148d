"""Every write about accounts elsewhere that open an account here."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.actions import sign_up
from accounts.models import Member
from accounts.providers.identity import Identity
from forums.base.errors import ForumError


class ConnectedElsewhere(ForumError):
    """This account elsewhere opens another account here."""

    status = 409
    message = _(
        "That %(provider)s account opens another account here. Sign in with it to go there; it can be connected "
        "here when it is disconnected there."
    )

    def __init__(self, provider: str) -> None:
        super().__init__(str(self.message) % {"provider": provider})


class ConnectedAlready(ForumError):
    """One account of each provider is enough."""

    status = 409
    message = _(
        "Your account is connected with another %(provider)s account already. Disconnect that one first."
    )

    def __init__(self, provider: str) -> None:
        super().__init__(str(self.message) % {"provider": provider})


class LastWayIn(ForumError):
    """Without it only letters would open the account, and an address is lost sooner than one thinks."""

    status = 409
    message = _(
        "This is the only way into your account, beside letters to your e-mail. Set a password or add a passkey "
        "first; then you can disconnect it."
    )

    def __init__(self) -> None:
        super().__init__(way=(_("Set a password"), str(reverse_lazy("account_set_password"))))


@transaction.atomic
def sign_up_with(
    *,
    who: Identity,
    handle: str,
    email: str,
    consent: str,
    language: str = "",
    then: Callable[[Member], None] | None = None,
) -> Member:
    """Insert a member who comes in by an account elsewhere; her address is proven where the provider keeps it.

    Raises HandleTaken, EmailTaken, or ConnectedElsewhere when she has just done so in another window.
    """
    member = sign_up(
        handle=handle,
        email=email,
        password=None,
        consent=consent,
        language=language,
        proven=who.proven and email == who.email,
        then=then,
    )
    _insert(member, who)
    return member


@transaction.atomic
def connect(*, member: Member, who: Identity) -> bool:
    """Let an account elsewhere open this one from now on; False when it does already.

    Raises ConnectedElsewhere or ConnectedAlready.
    """
    _hold(member)
    found = SocialAccount.objects.filter(user=member, provider=who.provider)
    if uids := list(found.values_list("uid", flat=True)):
        if who.uid in uids:
            return False
        raise ConnectedAlready(who.name)
    _insert(member, who)
    return True


@transaction.atomic
def disconnect(*, member: Member, account: int) -> SocialAccount | None:
    """Let it open this account no more; None when she has no such. Raises LastWayIn."""
    _hold(member)
    found = SocialAccount.objects.filter(user=member, pk=account).first()
    if found is None:
        return None
    others = SocialAccount.objects.filter(user=member).exclude(pk=account)
    if not (others.exists() or member.has_usable_password() or _has_passkey(member)):
        raise LastWayIn
    found.delete()
    return found


def _hold(member: Member) -> None:
    """Of two windows, the second waits, and sees what the first has done."""
    Member.objects.select_for_update().only("pk").get(pk=member.pk)


def _has_passkey(member: Member) -> bool:
    keys = Authenticator.objects.filter(user=member, type=Authenticator.Type.WEBAUTHN)
    return any(key.wrap().is_passwordless for key in keys)


def _insert(member: Member, who: Identity) -> None:
    try:
        with transaction.atomic():
            SocialAccount.objects.create(user=member, provider=who.provider, uid=who.uid)
    except IntegrityError as error:
        raise ConnectedElsewhere(who.name) from error
