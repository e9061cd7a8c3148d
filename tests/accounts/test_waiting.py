"""An address somebody wants to change to and never proves: it waits some days, then it is forgotten."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts.actions import drop_waiting_addresses
from accounts.models import Member, WaitingAddress
from forums.notifications.actions import remind
from forums.text import dates
from tests.accounts.conftest import link_in

pytestmark = pytest.mark.django_db


def change_to(client, email: str = "new@example.org"):
    return client.post("/accounts/email/", {"action_add": "1", "email": email})


def later(**ago: float) -> None:
    """So much time passes, then the house forgets what it should."""
    for waiting in WaitingAddress.objects.all():
        waiting.since -= timedelta(**ago)
        waiting.save(update_fields=["since"])
    assert remind() == []


def emails(member: Member) -> list[str]:
    found = EmailAddress.objects.filter(user=member).order_by("pk")
    return list(found.values_list("email", flat=True))


def test_after_seven_days_it_is_forgotten_and_hers_stays(malee, sure):
    client = sure(malee)
    change_to(client)
    later(days=6.9)
    assert emails(malee) == ["malee@example.org", "new@example.org"]
    later(days=0.2)
    assert emails(malee) == ["malee@example.org"]
    assert not WaitingAddress.objects.exists()
    link = link_in(mail.outbox[0])
    assert client.post(link).status_code in {200, 302, 404}  # the old letter proves nothing
    assert emails(malee) == ["malee@example.org"]
    assert change_to(client).status_code == 302  # she may type it again


def test_while_it_waits_the_page_says_until_when(malee, sure):
    client = sure(malee)
    assert "รอถึงวันที่" not in client.get("/accounts/email/").content.decode()
    change_to(client)
    page = client.get("/accounts/email/").content.decode()
    assert "รอถึงวันที่" in page
    assert dates.day(timezone.now() + timedelta(days=7)) in page


def test_another_one_waits_its_own_days(malee, sure):
    client = sure(malee)
    change_to(client)
    later(days=6)
    change_to(client, "other@example.org")
    later(days=2)
    assert emails(malee) == ["malee@example.org", "other@example.org"]


def test_what_was_proven_in_time_stays(malee, sure):
    client = sure(malee)
    change_to(client)
    client.post(link_in(mail.outbox[0]))
    later(days=8)
    assert emails(malee) == ["new@example.org"]
    assert not WaitingAddress.objects.exists()


def test_an_accounts_only_address_and_her_first_one_are_never_forgotten(join):
    first = join("malee", "malee@example.org", verified=False)
    second = join("nong", "nong@example.org", verified=False)
    EmailAddress.objects.create(user=second, email="other@example.org")
    for _ in range(2):
        later(days=30)
    assert emails(first) == ["malee@example.org"]
    assert emails(second) == ["nong@example.org", "other@example.org"]


def test_one_from_before_there_were_notes_waits_from_now_on(malee):
    EmailAddress.objects.create(user=malee, email="old@example.org")
    later()
    assert emails(malee) == ["malee@example.org", "old@example.org"]
    later(days=8)
    assert emails(malee) == ["malee@example.org"]


def test_the_house_forgets_so_many_at_once(malee, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("accounts.actions.AT_ONCE", 2)
    for n in range(5):
        EmailAddress.objects.create(user=malee, email=f"old{n}@example.org")
    now = timezone.now()
    drop_waiting_addresses(now)
    assert WaitingAddress.objects.count() == 2
    with django_assert_max_num_queries(12):
        drop_waiting_addresses(now + timedelta(days=8))
    assert len(emails(malee)) == 4
