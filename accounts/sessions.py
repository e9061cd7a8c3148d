"""When a session ends, what was noted of it (address of the net, browser, time) is deleted with it."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.actions import end_sessions, forget_session, keep_session
from accounts.models import Member
from roypalang.sessions import SessionStore


@receiver(user_logged_out, dispatch_uid="accounts.session_ended")
def session_ended(*, request: HttpRequest, **_kwargs: Any) -> None:
    """She signs out; the session itself is deleted by Django, right after this."""
    forget_session(session_key=request.session.session_key)


@receiver(password_changed, dispatch_uid="accounts.password_changed")
@receiver(password_reset, dispatch_uid="accounts.password_reset")
def password_changed_elsewhere(*, request: HttpRequest, user: Member, **_kwargs: Any) -> None:
    """Sessions of the old password open nothing any more: they go at once, and not when they expire."""
    came_with = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
    keep_session(member=user, before=came_with.session_key, now=request.session.session_key)
    end_sessions(member=user, but=request.session.session_key)
