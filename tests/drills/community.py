"""Typed into `manage.py shell` on the machine: people with open sessions, a topic to write in,
a network with money, and letters to send."""

from typing import NamedTuple

from tests.drills.people import Person


class People(NamedTuple):
    """Who writes in the drills, and where: what `PEOPLE` said."""

    sessions: list[str]
    readers: list[int]  # whose each session is
    cookie: str
    topic: str

    def person(self, site: str, number: int) -> Person:
        """A browser in which one of them is signed in."""
        return Person(site, cookies={self.cookie: self.sessions[number]})

    def rotated(self, count: int) -> "People":
        """The same, those first who have not written for a while."""
        return self._replace(
            sessions=self.sessions[count:] + self.sessions[:count],
            readers=self.readers[count:] + self.readers[:count],
        )


_OPENED = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import Member


def opened(member):
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    return session.session_key
"""

PEOPLE = (
    _OPENED
    + """
from allauth.account.models import EmailAddress
from forums.discussions.boards.models import Access, Board
from forums.discussions.openings.actions import start_topic
from forums.text.thai import sort_key

people, readers = [], []
for number in range({count}):
    member = Member.objects.create_user(f"คนซ้อม{{number}}", f"drill{{number}}@example.org", trust_level=2)
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    people.append(opened(member))
    readers.append(member.pk)
board = Board.objects.create(
    name="ห้องซ้อม", sort_key=sort_key("ห้องซ้อม"), slug="drill", read_level=Access.EVERYONE, write_level=Access.MEMBERS
)
topic = start_topic(author=member, board=board, title="ซ้อมเขียนพร้อมกัน", body="เริ่มซ้อม", kind="conversation")
print("SAID " + json.dumps({{
    "sessions": people, "readers": readers, "cookie": settings.SESSION_COOKIE_NAME, "topic": topic.get_absolute_url(),
}}))
"""
)

NETWORK = (
    _OPENED
    + """
from forums.groups.profiles.actions import register_network

member = Member.objects.create_user("ผู้คุมบัญชี", "money@example.org", trust_level=2)
network = register_network(founder=member, name="บัญชีซ้อม", aim="ซ้อม")
print("SAID " + json.dumps({"network": network.get_absolute_url(), "session": opened(member)}))
"""
)

LETTERS_ABOUT = "เครือข่ายซ้อม"  # stands in their subjects
LETTERS = """
from accounts.models import Member
from forums.groups.networks.models import Network
from forums.groups.profiles.actions import register_network
from forums.notifications.outbox import write_emails

people = list(Member.objects.filter(email__startswith="drill").order_by("pk")[:{count}])
founder = Member.objects.create_user("ผู้ก่อตั้ง", "founder@example.org", trust_level=2)
network = register_network(founder=founder, name="เครือข่ายซ้อม", aim="ซ้อมส่งอีเมล")
write_emails(
    "member_removed", key="drill", members=[member.pk for member in people],
    data={{"network": network.pk, "reason": "ซ้อม"}},
)
print("SAID {{}}")
"""

# What was being tried as a worker was killed is tried again ten minutes later: said how many wait so, and their time has come.
LATER = """
import json
from datetime import timedelta
from django.utils import timezone
from forums.notifications.models import Email

now = timezone.now()
tried = Email.objects.filter(
    key__startswith="drill:", sent_at=None, dropped_at=None, tries=1, due_at__lte=now + timedelta(minutes=10)
)
print("SAID", json.dumps({"waiting": tried.update(due_at=now)}))
"""
