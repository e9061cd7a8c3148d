"""Where allauth asks us: who has which name, what a mail says, what counts as one person's tries."""

import logging
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import EmailValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import mailing
from accounts.actions import claim_email, end_oldest_sessions, keep_language
from accounts.bounces.return_path import come_back
from accounts.devices import describe, is_new_to, remember_device
from accounts.display import chosen_language, remember_language
from accounts.first_proof import gave_password, proved_another
from accounts.models import Member, password_forms
from accounts.registry import first_page_of, is_back
from accounts.tries import (
    TooManyTries,
    account_of,
    forget_passwords,
    hold_confirmation,
    hold_password,
    may_tell_of_device,
    reader_of,
)
from accounts.validators import valid_handle
from accounts.vault import SecretLost, vault
from forums.base.advisory_locks import Lock, hold
from forums.base.mail_bodies import with_html
from forums.text import dates

logger = logging.getLogger(__name__)
_TO_A_STRANGER = "account/email/unknown_account"
_IS_NOTICE = "is_notice"  # in a mail's context: it tells what happened
# To whatever address somebody typed as her own. Whether it has an account already must not show: counted alike.
_TO_AN_OWNER = "account/email/email_confirmation"
_TO_A_NEW_ADDRESS = {
    _TO_AN_OWNER,
    "account/email/email_confirmation_signup",
    "account/email/account_already_exists",
}
# What says that a letter was sent; and on a request, that it was not.
_SENT = {
    "account/messages/email_confirmation_sent.txt",
    "account/messages/login_code_sent.txt",
}
_STAYED = "letter_stayed"
_LONGEST_WAY = 2_000  # characters: an address of ours with a long search behind it
_IN_A_MAIL = 300  # characters added to a link: an address of ours has fewer, and nobody writes a letter there

TURNED_AWAY = "turned_away"  # in the session: who gave the right password, and is suspended


class AccountAdapter(DefaultAccountAdapter):
    """Members, addresses, mails."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_taken": _(
            "This handle is taken, or looks like one that is. Please choose another."
        ),
        # Said of a mailed code only: other tries are counted by `accounts.tries`.
        "too_many_login_attempts": _(
            "The code was wrong too many times, so it does not count any more. Have a new one sent."
        ),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """A handle that keeps the rules and is nobody's, also to the eye."""
        valid_handle(username)
        if not shallow and Member.objects.has_handle(username):
            raise self.validation_error("username_taken")
        return username

    def clean_password(self, password: str, user: Member | None = None) -> str:
        """A new password, judged and counted in the form it is kept in."""
        return super().clean_password(password_forms(password)[0], user)

    def clean_email(self, email: str) -> str:
        """An address the table can hold: forms take 320 characters, mail (RFC 5321) has room for 254."""
        if len(email) > 254:
            raise ValidationError(EmailValidator.message)
        return super().clean_email(email)

    def is_safe_url(self, url: str) -> bool:
        """Whether `next` leads to a page of ours. An address nobody can read (http://[) leads nowhere, nor does one
        longer than any of ours: a session remembers it, a stranger's too."""
        try:
            return len(url or "") <= _LONGEST_WAY and super().is_safe_url(url)
        except ValueError:
            return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before its work; allauth gives it back when the password was right."""
        self._login_failed_rl_usage = hold_password(request, credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Member | None:
        """Who has this password; the browser is remembered as one in which it was typed."""
        member: Member | None = super().authenticate(request, **credentials)
        if member is not None:
            gave_password(request, member)
        return member

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Only an address still waiting to be confirmed: an account without one cannot be reached."""
        return not (email_address.verified or email_address.primary)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address, unless another account was quicker with the same one.

        One that is to take the place of a proven one only in a browser that is signed in: else a stranger could
        change his address to hers, and she would prove his account by a press.
        """
        member = email_address.user
        elsewhere = request.user.pk != member.pk and not email_address.verified
        if elsewhere and proved_another(email_address):
            messages.error(
                request,
                _("Sign in first, in this browser, then open the link of the letter once more."),
            )
            return False
        if email_address.can_set_verified() and not claim_email(
            member=member, email=email_address.email
        ):
            self.add_message(
                request,
                messages.ERROR,
                "account/messages/email_confirmation_failed.txt",
                {"email": email_address.email},
            )
            return False
        return super().confirm_email(request, email_address)

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC
    ) -> str:
        """The link of the mail, with what she was on the way to: it is mostly opened in another browser."""
        url: str = super().get_email_confirmation_url(request, emailconfirmation)
        wish = get_next_redirect_url(request) or ""
        query = urlencode({REDIRECT_FIELD_NAME: wish})
        return f"{url}?{query}" if wish and len(query) <= _IN_A_MAIL else url

    def pre_login(self, request: HttpRequest, user: Member, **kwargs: Any) -> HttpResponse | None:
        """Somebody whose suspension has ended by itself is let in again."""
        if not user.is_active:
            user.is_active = is_back(user)
        return super().pre_login(request, user, **kwargs)

    def respond_user_inactive(self, request: HttpRequest, user: Member) -> HttpResponse:
        """Her password was right: the page says why she is not let in, and until when."""
        request.session[TURNED_AWAY] = user.pk
        return super().respond_user_inactive(request, user)

    def login(self, request: HttpRequest, user: Member) -> None:
        """Sign in, and keep in mind for `get_login_redirect_url` whether it is the first time."""
        user.first_time = user.last_login is None
        super().login(request, user)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where who was on the way to nothing else is led: the first time to her first page."""
        member = request.user
        first = first_page_of(member) if isinstance(member, Member) and member.first_time else ""
        return first or super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same, where the address was confirmed in the browser she signed up with."""
        return self.get_login_redirect_url(request)

    def post_login(self, request: HttpRequest, user: Member, **kwargs: Any) -> HttpResponse:
        """A new device speaks the language she chose; the language of this one is hers from now on,
        where she chose none. The device is known from now on; a letter tells her of a new one."""
        is_new = not user.first_time and is_new_to(request, user)
        response = super().post_login(request, user, **kwargs)
        end_oldest_sessions(member=user, but=request.session.session_key)
        remember_device(request, response, user)
        if is_new and may_tell_of_device(request, user):
            self.send_notification_mail("account/email/new_device", user)
        if user.language:
            remember_language(response, user.language, secure=request.is_secure())
        elif wish := chosen_language(request):
            keep_language(member=user, language=wish)
        return response

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """As every letter of the site: in its shell, no machine answers it ("I am on holiday"), and it says where it comes back to."""
        headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
        return come_back(with_html(super().render_mail(template_prefix, email, context, headers)))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail in the site's name, in its reader's language. A mail server that is away is told,
        not thrown: what was done is done, and whether a mail could go says nothing of who has an account.
        """
        if not self._has_room(template_prefix, email, context):
            return
        site = SimpleNamespace(name=settings.SITE_NAME, domain=settings.SITE_URL)
        context = {
            "request": current.request,
            "email": email,
            "current_site": site,
            "contact": settings.CONTACT_EMAIL,
        } | _ours(context)
        with translation.override(_language_of(email)):
            message = self.render_mail(template_prefix, email, context)
        waits = _IS_NOTICE not in context  # else nobody asked for it, and nobody is to ask again
        if not mailing.send(message, told=waits) and waits:
            self._stays(mailing.AWAY)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """Say what was done, but not that a letter is on its way when it stayed here: that was said."""
        if message_template in _SENT and self.stayed(request):
            return
        super().add_message(request, level, message_template, *args, **kwargs)

    def stayed(self, request: HttpRequest) -> bool:
        """Whether a letter of this request did not go; why was said."""
        return getattr(request, _STAYED, False)

    def _stays(self, why: str | Promise) -> None:
        """Say why no letter goes out."""
        setattr(current.request, _STAYED, True)
        messages.error(current.request, str(why))

    def _has_room(self, template_prefix: str, email: str, context: dict[str, Any]) -> bool:
        """Whether a letter still goes out, to an address that nobody has shown to be hers."""
        if template_prefix == _TO_A_STRANGER:
            return _one_more_stranger()
        asks = template_prefix in _TO_A_NEW_ADDRESS
        if not asks and _is_proven(email):
            return True
        if asks and not self._may_ask(template_prefix, email, context):
            return False
        if _one_more_new_address():
            return True
        if asks:  # else it would tell that somebody signed up with this address
            self._stays(
                _("No more letters to new addresses go out today. Please sign in tomorrow.")
            )
        return False

    def _may_ask(self, template_prefix: str, email: str, context: dict[str, Any]) -> bool:
        """Whether this address was not asked a moment ago whether it is somebody's own."""
        # Only who has given the account's password comes to this one, or who is in.
        owner = context["user"] if template_prefix == _TO_AN_OWNER else None
        try:
            hold_confirmation(current.request, email, owner=owner)
        except TooManyTries as error:
            self._stays(error.message)
            return False
        return True

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Member,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a member what changed in her account, from which device, at what time here."""
        agent = self.get_http_user_agent(self.request)
        with translation.override(user.reads):
            context = {
                "timestamp": dates.exactly(timezone.now()),
                "user_agent": describe(agent),
                _IS_NOTICE: True,
                **(context or {}),
            }
            super().send_notification_mail(template_prefix, user, context, email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Whose tries these are: the account's, by whichever name it was asked for.

        allauth counts by what was typed and by the Host header: another spelling of a handle, the
        address in its place, or another port would each begin a new count.
        """
        return account_of(credentials)[1]

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        forget_passwords(request, self._get_login_attempts_cache_key(request, **credentials))


def _ours(context: dict[str, Any]) -> dict[str, Any]:
    """The same with links at the site's own address: allauth makes them of the Host a request names, and any
    port of an allowed host may be named."""
    asked = current.request.build_absolute_uri("/")
    return {
        name: f"{settings.SITE_URL}/{value.removeprefix(asked)}"
        if isinstance(value, str) and value.startswith(asked)
        else value
        for name, value in context.items()
    }


def _is_proven(email: str) -> bool:
    """Whether the address is somebody's who has shown that it is hers."""
    return EmailAddress.objects.filter(email=email.lower(), verified=True).exists()


def _one_more_stranger() -> bool:
    """Whether today's letters to strangers still have room for one."""
    return _one_more("letters-to-strangers", settings.ACCOUNTS_LETTERS_TO_STRANGERS)


def _one_more_new_address() -> bool:
    """The same of letters that ask whether an address is one's own: apart, or strangers could keep people out."""
    return _one_more("letters-to-new-addresses", settings.ACCOUNTS_LETTERS_TO_NEW_ADDRESSES)


def _one_more(what: str, most: int) -> bool:
    """Counted in the cache all processes share."""
    key = f"{what}-{timezone.localdate()}"
    with transaction.atomic():
        hold(Lock.LETTERS_TO_STRANGERS, 0)  # or two at once would be counted as one
        written = cache.get(key, 0)
        if written >= most:
            return False
        cache.set(key, written + 1, 24 * 60 * 60)
    return True


def _language_of(email: str) -> str:
    """The language of whoever reads this address: the member's. A stranger's is unknown, and she is
    mostly who asked: then that of the page (or of the notification that is being sent).
    """
    reader = reader_of(email)
    return reader.reads if reader else get_language() or settings.LANGUAGE_CODE


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their names, and their secrets kept under a key."""

    def get_totp_label(self, user: Member) -> str:
        """The handle: a QR code is shown on screens, and an address is for its owner only."""
        return user.handle

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The site as a device lists it among its passkeys."""
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: Member) -> dict[str, Any]:
        """The member as her device lists her."""
        return super().get_public_key_credential_user_entity(user) | {
            "name": user.handle,
            "display_name": str(user),
        }

    def encrypt(self, text: str) -> str:
        """Secrets are stored encrypted: a copy of the database alone signs nobody in."""
        return vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; SECRET_KEY_FALLBACKS keep working after the key was changed. Raises SecretLost."""
        try:
            return vault().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            logger.error("A second step cannot be read: its key is not in SECRET_KEY_FALLBACKS")
            inside = current.request.user.is_authenticated
            raise SecretLost(inside=inside) from error
