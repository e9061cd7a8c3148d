"""The worker is killed amid its messages: whoever goes on loses none, and doubles at most those on their way."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from forums.notifications.push.actions import AT_ONCE
from forums.notifications.push.models import PushDevice
from tests.devices import device_of
from tests.management.commands import killed_once
from tests.notifications.push.conftest import later, tell
from tests.push_service import certificate_of

PUSHES = """
import ssl, sys, django; django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from forums.notifications import registry
from forums.notifications.push import actions
from tests import push_service
push_service.certificate_of = lambda host: ("", sys.argv[3])
switch = registry.switch("hello", registry.Group.ME, "hello")
registry.notification("hello", switch)(lambda note, seen: registry.Sentence("hello", "/"))
push_service.leads_to(int(sys.argv[2]), setattr)
actions.push()
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_midst_it_loses_none(malee, service):
    """A real process, killed for real, twice; then one that ends by itself, when the leases of the dead are over."""
    browsers = [device_of(malee, str(number))[1] for number in range(10)]
    members = [malee]
    tell(*members)
    later()
    slow = 0.3
    for browser in browsers:
        service.mood[browser.path] = lambda call: (
            call.server.over.wait(slow),
            call.wfile.write(b"HTTP/1.1 201 Created\r\n\r\n"),
        )
    where = (str(service.server_address[1]), certificate_of("push.example.org")[1])
    kills = 2
    for enough in (1, 6):
        killed_once(lambda enough=enough: len(service.got) >= enough, PUSHES, *where)
        later()
    killed_once(lambda: False, PUSHES, *where)
    got = Counter(path for path, _headers, _body in service.got)
    assert set(got) == {browser.path for browser in browsers}
    assert sum(got.values()) <= len(browsers) + kills * AT_ONCE
    told = PushDevice.objects.filter(told_until__gt=timezone.now() - timedelta(minutes=9))
    assert told.count() == len(browsers)
