"""Devices that notifications are turned on at."""

from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forums.notifications.push.actions import turn_on
from forums.notifications.push.models import PushDevice
from tests.clients import signed_in
from tests.push_service import PushBrowser

CHROME = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"


def browser_of(member: Member) -> Client:
    """A browser in which she is signed in, which is noted."""
    client = signed_in(member)
    noted(member, client.session.session_key)
    return client


def noted(member: Member, session_key: str | None) -> UserSession:
    """What signing in notes of a session."""
    return UserSession.objects.create(
        user=member, session_key=session_key, ip="127.0.0.1", user_agent=CHROME
    )


def device_of(
    member: Member, name: str = "1", *, tried: bool = True, **fields: Any
) -> tuple[PushDevice, PushBrowser]:
    """A device she turned it on at some time ago, never quiet unless `fields` say so; and what reads there."""
    browser = PushBrowser(name)
    device = turn_on(
        member=member,
        session_key=browser_of(member).session.session_key,
        endpoint=browser.endpoint,
        p256dh=browser.p256dh,
        auth=browser.auth,
    )
    if tried:
        long_ago = timezone.now() - timedelta(hours=1)
        fields = {"trial": False, "due_at": None, "told_until": long_ago, **fields}
    fields = {"quiet_from": None, "quiet_until": None, **fields}
    PushDevice.objects.filter(pk=device.pk).update(**fields)
    device.refresh_from_db()
    return device, browser
