"""Who may try how often: passwords, codes of the second step, letters that are asked for.

Whoever is in, and a browser known to the account (`accounts.devices`), has counts of her own: nobody else's tries shut
her out. Everybody else is counted by the address of the net and by the account, apart. What is counted, and what
is said, is alike for an account that is there and one that is not. The numbers stand in ACCOUNT_RATE_LIMITS.
"""

import math
import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import passthrough_next_redirect_url
from allauth.core.internal import ratelimit
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.devices import known_as
from accounts.models import Member
from forums.base.errors import TooFast
from forums.text.handles import handle_key

_APP = "allauth.account"


class TooManyTries(TooFast):
    """Whoever is in: she tried too often herself."""

    message = _("That was tried too many times. Please wait %(wait)s, then try again.")
    # What still works: a label, and the name of its page.
    on_by: tuple[str | Promise, str] | None = None
    at_least = 1  # seconds

    def __init__(self, request: HttpRequest, *, wait: int) -> None:
        super().__init__(wait=max(wait, self.at_least))
        if self.on_by:
            label, page = self.on_by
            on_the_way = passthrough_next_redirect_url(request, reverse(page), REDIRECT_FIELD_NAME)
            self.way = (label, on_the_way)


class TooManyPasswords(TooManyTries):
    """Wrong passwords from where nobody has signed in to the account before."""

    message = _(
        "Too many passwords were tried here, or for this account: perhaps by somebody else. Wait %(wait)s, "
        "or have a code sent to your e-mail: it lets you in now."
    )
    on_by = (_("Send me a code by e-mail"), "account_request_login_code")
    at_least = 5 * 60  # as long as wrong ones count, whichever count was full first


class TooManySecondSteps(TooManyTries):
    """Wrong codes of the second step: whoever tries them knows the password, or reads the mail."""

    message = _(
        "Too many codes were tried for this account. Wait %(wait)s, then try again; a passkey lets you in now. If "
        "it was not you who tried, somebody knows your password: change it once you are in."
    )
    on_by = (_("Log in with a passkey"), "account_login")


class TooManyCodes(TooManyTries):
    """Letters with a code for signing in."""

    message = _(
        "Codes were asked for many times, here or for this address: perhaps by somebody else. The next one can be "
        "sent in %(wait)s. Your password or a passkey lets you in now; a code, too, in another browser in which "
        "you signed in before."
    )
    on_by = (_("Log in"), "account_login")


class TooManyResets(TooManyTries):
    """Letters with a link for a new password."""

    message = _(
        "Links were asked for many times, here or for this address: perhaps by somebody else. The link in the "
        "newest letter still works; the next one can be sent in %(wait)s. A code by e-mail or a passkey lets you "
        "in now."
    )
    on_by = (_("Send me a code by e-mail"), "account_request_login_code")


class TooManyConfirmations(TooManyTries):
    """Letters that ask whether an address is one's own."""

    message = _(
        "A letter went to this address a short while ago, so none goes out now: the link in it works. Look into "
        "the folder for junk mail, too. The next letter can be sent in %(wait)s."
    )


class TooManySignUps(TooManyTries):
    """People who sign up from one address of the net."""

    message = _(
        "Many people have signed up from where you are: a whole village may share one address of the net. Wait "
        "%(wait)s, or use another connection, a telephone's for example."
    )


def account_of(credentials: dict[str, Any]) -> tuple[Member | None, str]:
    """Who is asked for, and the name her tries are counted by; who is nobody is counted by what was typed."""
    if email := credentials.get("email"):
        typed = email.strip().lower()
        member = reader_of(typed)
    else:
        typed = handle_key(credentials.get("username") or "")
        member = Member.objects.filter(handle_key=typed).first()
    return member, f"member:{member.pk}" if member else f"typed:{typed}"


def reader_of(email: str) -> Member | None:
    """Whose address this is: first who has proven it."""
    found = EmailAddress.objects.filter(email=email.lower()).order_by("-verified", "pk")
    address = found.select_related("user").first()
    return address.user if address else None


def hold_password(request: HttpRequest, credentials: dict[str, Any]) -> ratelimit.RateLimitUsage:
    """Count a try with a password; it is given back when it was right. Raises TooManyTries."""
    member, account = account_of(credentials)
    if own := _own(request, member):
        if not request.user.is_authenticated:  # there, allauth counts how often she is asked again
            _hold(request, "login_known", f"{account}:{own}", TooManyPasswords)
        account = f"{account}:{own}"
    else:
        _hold(request, "login_unknown", account, TooManyPasswords)
    error = TooManyTries if request.user.is_authenticated else TooManyPasswords
    return _hold(request, "wrong_password", account, error)


def forget_passwords(request: HttpRequest, account: str) -> None:
    """Somebody set a new password through a letter to her address: wrong ones count no more."""
    ratelimit.clear(request, app=_APP, action="wrong_password", key=account)


def hold_second_step(request: HttpRequest, member: Member) -> ratelimit.RateLimitUsage:
    """Count a try with a code or a passkey of the second step; it is given back when it was right."""
    key = f"second-step:{member.pk}:{_own(request, member)}"
    error = TooManyTries if request.user.is_authenticated else TooManySecondSteps
    return _hold(request, "wrong_code", key, error)


def hold_code(request: HttpRequest, email: str) -> None:
    """Count a code that is asked for. Raises TooManyCodes."""
    _hold_letter(request, "code", email, _own(request, reader_of(email)), TooManyCodes)


def hold_reset(request: HttpRequest, email: str) -> None:
    """Count a link for a new password that is asked for. Raises TooManyResets."""
    _hold_letter(request, "reset", email, _own(request, reader_of(email)), TooManyResets)


def hold_sign_up(request: HttpRequest) -> None:
    """Count somebody who signs up. Raises TooManySignUps."""
    _hold(request, "signup_from", "", TooManySignUps)


def hold_change_of_email(request: HttpRequest) -> None:
    """Count what a member does about her address. Raises TooManyTries."""
    _hold(request, "change_email", "", TooManyTries)


def hold_confirmation(request: HttpRequest, email: str, *, owner: Member | None) -> None:
    """Count a letter that asks whether an address is one's own. Raises TooManyConfirmations.

    `owner` has shown that the account is hers, by its password; for who signs up it is None.
    """
    own = f"member:{owner.pk}" if owner else ""
    _hold_letter(request, "confirm", email, own, TooManyConfirmations)


def may_tell_of_device(request: HttpRequest, member: Member) -> bool:
    """Whether a letter still tells her of a new device today: who comes in again and again writes her no flood."""
    key = f"member:{member.pk}"
    return bool(ratelimit.consume(request, app=_APP, action="new_device", key=key, limit_get=True))


def _own(request: HttpRequest, member: Member | None) -> str:
    """What this reader's tries are counted by apart from everybody else's; '' for a stranger."""
    if member is None:
        return ""
    if request.user.is_authenticated and request.user.pk == member.pk:
        return "inside"
    return known_as(request, member)


def _hold_letter(
    request: HttpRequest, what: str, email: str, own: str, error: type[TooManyTries]
) -> None:
    email = email.strip().lower()
    if own:
        _hold(request, f"{what}_known", f"{email}:{own}", error)
        return
    # Who asks from one address of the net alone never uses up what an account has.
    _hold(request, f"{what}_from", f"{email}:{ratelimit.get_ip(request)}", error)
    _hold(request, f"{what}_to", email, error)


def _hold(
    request: HttpRequest, action: str, key: str, error: type[TooManyTries]
) -> ratelimit.RateLimitUsage:
    usage = ratelimit.consume(request, app=_APP, action=action, key=key, limit_get=True)
    if usage is None:
        raise error(request, wait=_wait(request, action, key))
    return usage


def _wait(request: HttpRequest, action: str, key: str) -> int:
    """Seconds until every rate of this action has room again."""
    now, waits = time.time(), [0]
    for rate in ratelimit.get_rates(app=_APP, action=action):
        where = ratelimit.get_cache_key(request, app=_APP, action=action, rate=rate, key=key)
        times = [each for each in cache.get(where, ()) if each > now - rate.duration]
        if len(times) >= rate.amount:  # the newest stands first
            waits.append(math.ceil(times[rate.amount - 1] + rate.duration - now))
    return max(waits)
