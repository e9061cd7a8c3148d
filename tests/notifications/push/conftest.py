"""A push service, devices, and a kind of notification that exists in tests only."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.notifications import registry
from forums.notifications.inbox.actions import spread
from forums.notifications.push.actions import push
from forums.notifications.push.models import PushDevice
from forums.notifications.registry import Group, Sentence
from forums.notifications.telling import tell_here
from tests.push_service import leads_to, push_service


@pytest.fixture
def service(monkeypatch):
    with push_service() as server:
        leads_to(server.server_address[1], monkeypatch.setattr)
        yield server


@pytest.fixture(autouse=True)
def hello(monkeypatch):
    """“hello” is seen by all, “secret” by whom `secret.seen_by` names."""
    for name in ("_KINDS", "_SWITCHES"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))
    switch = registry.switch("hello", Group.ME, "มีคนทักทาย")
    registry.notification("hello", switch)(lambda note, seen: Sentence("นงค์ว่า สวัสดี", "/"))
    seen_by = set()
    registry.notification("secret", switch)(
        lambda note, seen: Sentence("ความลับ", "/") if seen.member in seen_by else None
    )
    return seen_by


def tell(*members, key="a", kind="hello"):
    """They have a line more, and their devices wait for the worker."""
    tell_here(kind, key=key, members=[each.pk for each in members])
    spread()


def later():
    """What waits is due."""
    PushDevice.objects.exclude(due_at=None).update(due_at=timezone.now() - timedelta(seconds=1))


def push_now():
    later()
    return push()


def waits(device):
    """For how long it is left alone; None: until she is told something."""
    device.refresh_from_db()
    return device.due_at and device.due_at - timezone.now()
