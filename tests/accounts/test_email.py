"""Changing one's address: the password first, then a link to the new one."""

import smtplib

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import Member
from tests.accounts.conftest import PASSWORD, link_in


def addresses(member: Member) -> list[tuple[str, bool, bool]]:
    rows = EmailAddress.objects.filter(user=member).order_by("pk")
    return [(row.email, row.primary, row.verified) for row in rows]


@pytest.mark.django_db
def test_the_password_is_asked_for_first_and_then_the_change_goes_on(malee, login):
    client = login(malee)
    answer = client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    assert answer.url == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    assert addresses(malee) == [("malee@example.org", True, True)]
    client.post(answer.url, {"password": PASSWORD})
    assert addresses(malee)[1] == ("new@example.org", False, False)


@pytest.mark.django_db
def test_the_new_address_counts_once_its_link_is_opened(malee, sure):
    client = sure(malee)
    client.post("/accounts/email/", {"action_add": "1", "email": "New@Example.org"})
    [message] = mail.outbox
    assert message.to == ["new@example.org"]
    assert Member.objects.get(pk=malee.pk).email == "malee@example.org"

    client.post(link_in(message))
    assert addresses(malee) == [("new@example.org", True, True)]
    assert Member.objects.get(pk=malee.pk).email == "new@example.org"
    notice = mail.outbox[-1]
    assert notice.to == ["malee@example.org"]  # the old one hears of it
    assert "เป็น new@example.org แล้ว" in notice.body
    assert " 25" in notice.body  # the year as people here count it


@pytest.mark.django_db
def test_taking_another_members_address_fails_without_saying_whose_it_is(malee, somchai, sure):
    client = sure(malee)
    free = client.post("/accounts/email/", {"action_add": "1", "email": "free@example.org"})
    taken = client.post("/accounts/email/", {"action_add": "1", "email": "somchai@example.org"})
    assert (free.status_code, free.url) == (taken.status_code, taken.url)
    assert [message.to for message in mail.outbox] == [
        ["free@example.org"],
        ["somchai@example.org"],
    ]
    Client().post(link_in(mail.outbox[-1]))  # somchai clicks without thinking
    assert Member.objects.get(pk=malee.pk).email == "malee@example.org"
    assert Member.objects.get(pk=somchai.pk).email == "somchai@example.org"


@pytest.mark.django_db
def test_an_address_someone_else_waits_to_confirm_goes_to_none_by_error(malee, join, sure):
    waiting = join("สมหญิง", "both@example.org", verified=False)
    client = sure(malee)
    client.post("/accounts/email/", {"action_add": "1", "email": "both@example.org"})
    page = client.post(link_in(mail.outbox[-1]), follow=True)
    assert page.status_code == 200
    assert "เป็นของบัญชีอื่นอยู่แล้ว" in page.content.decode()
    assert Member.objects.get(pk=malee.pk).email == "malee@example.org"
    assert addresses(malee)[0] == ("malee@example.org", True, True)
    assert addresses(waiting) == [("both@example.org", True, False)]


@pytest.mark.django_db
def test_the_only_address_cannot_be_removed(malee, sure):
    client = sure(malee)
    client.post("/accounts/email/", {"action_remove": "1", "email": malee.email})
    assert addresses(malee) == [("malee@example.org", True, True)]
    assert Member.objects.get(pk=malee.pk).email == "malee@example.org"


@pytest.mark.django_db
def test_a_change_not_yet_confirmed_can_be_dropped(malee, sure):
    client = sure(malee)
    client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    client.post("/accounts/email/", {"action_remove": "1", "email": "new@example.org"})
    assert addresses(malee) == [("malee@example.org", True, True)]


@pytest.mark.django_db
def test_anothers_address_in_the_form_is_nothing(malee, somchai, sure):
    client = sure(malee)
    for action in ["action_remove", "action_primary", "action_send"]:
        client.post("/accounts/email/", {action: "1", "email": somchai.email})
    assert addresses(somchai) == [("somchai@example.org", True, True)]
    assert not mail.outbox


@pytest.mark.django_db
@pytest.mark.parametrize(
    "email", ["", "x", "a" * 300 + "@example.org", "a\0@example.org", "malee@example.org"]
)
def test_a_bad_address_is_told(malee, sure, email):
    answer = sure(malee).post("/accounts/email/", {"action_add": "1", "email": email})
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["someone@ไทย.ไทย", "a@xn--o3cw4h.example", "o'neil+x@example.org"]
)
def test_rare_addresses_are_no_error(client, address):
    answer = client.post("/accounts/password/reset/", {"email": address})
    assert answer.status_code in {200, 302}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected(), TimeoutError()]
)
def test_a_mail_server_that_is_away_is_told_not_thrown(client, malee, monkeypatch, error):
    def fail(self, *args, **kwargs):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)
    page = client.post("/accounts/password/reset/", {"email": malee.email}, follow=True)
    assert page.status_code == 200
    assert "ตอนนี้ยังส่งอีเมลไม่ได้" in page.content.decode()
