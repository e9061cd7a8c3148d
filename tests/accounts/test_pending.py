"""Who has signed up and proven no address: seen by nobody, and forgotten after some days."""

from datetime import timedelta
from importlib import import_module

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Consent, Member
from forums.moderation.sanctions import actions as sanctions
from forums.notifications.actions import remind
from forums.notifications.outbox import write_emails
from tests.accounts.conftest import code_in, link_in
from tests.accounts.test_signup import form
from tests.make import make_member

pytestmark = pytest.mark.django_db
FILLED = import_module("accounts.migrations.0008_pending_filled")


@pytest.fixture
def pending() -> Member:
    """Signed up as people do, with Thai letters; the letter lies unread."""
    Client().post("/accounts/signup/", form())
    return Member.objects.get(handle="มาลี.คำหล้า")


@pytest.fixture
def boss() -> Member:
    return make_member("boss", is_staff=True, is_superuser=True)


def seen(member: Member, client: Client, *, moderator: Client | None = None) -> set[str]:
    """Where somebody meets her."""
    found = set()
    if client.get(member.get_absolute_url()).status_code == 200:
        found.add("page")
    if f'href="{member.get_absolute_url()}"' in client.get("/search/?q=มาลี").content.decode():
        found.add("search")
    if moderator and member.handle in str(moderator.get("/suggest/members/?q=มาลี").json()):
        found.add("suggestions")
    return found


def test_nobody_meets_her_before_she_has_proven_an_address(client, pending, boss, as_):
    client_of_boss = as_(boss)
    assert seen(pending, client, moderator=client_of_boss) == set()
    assert seen(pending, client_of_boss) == set()
    client.post(link_in(mail.outbox[0]))
    assert seen(pending, Client(), moderator=client_of_boss) == {"page", "search", "suggestions"}


def test_a_mailed_code_proves_it_too(pending):
    client = Client()
    client.post("/accounts/login/code/", {"email": "malee@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert seen(pending, Client()) == {"page", "search"}
    later(days=8)
    assert Member.objects.filter(pk=pending.pk).exists()


def test_moderators_see_at_their_desk_what_is_the_matter(pending, boss, as_):
    desk = as_(boss).get("/admin/accounts/member/?q=มาลี").content.decode()
    assert "ยังไม่ยืนยันอีเมล" in desk
    page = as_(boss).get(f"/admin/accounts/member/{pending.pk}/change/").content.decode()
    assert pending.get_absolute_url() not in page


def test_nobody_appoints_or_asks_for_her_by_name(pending, as_, boss):
    from forums.moderation.forms import HandleField
    from forums.search.query.lookups import find_authors

    with pytest.raises(Exception, match="หน้าของสมาชิก"):
        HandleField().clean(pending.handle)
    assert find_authors({pending.handle}, boss) == {pending.handle: set()}


def later(**ago: float) -> None:
    """So much time passes, then the house forgets what it should."""
    for waiting in Member.objects.exclude(pending_since=None):
        waiting.pending_since -= timedelta(**ago)
        waiting.save(update_fields=["pending_since"])
    assert remind() == []


def test_after_seven_days_she_is_forgotten_and_her_handle_is_free(pending, join):
    other = join("สมชาย", "somchai@example.org")
    later(days=6.9)
    assert Member.objects.filter(pk=pending.pk).exists()
    later(days=0.2)
    assert not Member.objects.filter(pk=pending.pk).exists()
    assert not EmailAddress.objects.filter(email="malee@example.org").exists()
    assert not Consent.objects.filter(member_id=pending.pk).exists()
    assert Member.objects.filter(pk=other.pk).exists()
    link = link_in(mail.outbox[0])
    Client().post("/accounts/signup/", form())
    assert Member.objects.get(handle=pending.handle).pk != pending.pk
    assert Client().post(link).status_code in {200, 302, 404}  # the old letter proves nothing
    assert Client().get(pending.get_absolute_url()).status_code == 404


def test_who_was_ever_in_or_was_suspended_is_not_dropped(pending, boss):
    suspended = make_member("scam", pending_since=timezone.now())
    sanctions.suspend(moderator=boss, member=suspended, reason="ชื่อหลอกลวง")
    Member.objects.filter(pk=pending.pk).update(last_login=timezone.now())
    later(days=30)
    assert Member.objects.filter(pk__in=[pending.pk, suspended.pk]).count() == 2


def test_what_a_decision_speaks_of_stays_and_holds_up_nobody(boss):
    told = make_member("told", pending_since=timezone.now())
    waits = make_member("waits", pending_since=timezone.now())
    write_emails("welcome", key="welcome", members=[waits.pk])
    for act in (sanctions.suspend, sanctions.restore):
        act(moderator=boss, member=told, reason="ผิดคน")
    later(days=8)
    assert not Member.objects.filter(pk=waits.pk).exists()
    told.refresh_from_db()
    assert told.pending_since > timezone.now() - timedelta(hours=1)


def test_the_house_forgets_so_many_at_once(monkeypatch):
    monkeypatch.setattr("accounts.actions.AT_ONCE", 2)
    for n in range(3):
        make_member(f"waits{n}", pending_since=timezone.now())
    later(days=8)
    assert Member.objects.exclude(pending_since=None).count() == 1


def test_who_signed_up_before_there_was_such_a_thing_is_pending_since_then(join):
    waits = join("malee", "malee@example.org", verified=False)
    join("somchai", "somchai@example.org")
    join("sao", "sao@example.org", verified=False, is_staff=True)
    join("was.in", "was@example.org", verified=False, last_login=timezone.now())
    make_member("imported")
    FILLED.fill(apps, None)
    pending = Member.objects.exclude(pending_since=None)
    assert [member.pk for member in pending] == [waits.pk]
    assert pending[0].pending_since == pending[0].created_at
