"""What a member reads of mails that came back, and what she does about it."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.bounces import actions
from accounts.bounces.return_path import SentMail, found_in
from accounts.models import BounceScore, Why

pytestmark = pytest.mark.django_db
BAR = "เราหยุดส่งการแจ้งเตือนไปที่ malee@example.org แล้ว"
AGAIN = "/accounts/email/again/"


def stop(member, why: Why = Why.HARD) -> None:
    pk = EmailAddress.objects.get(user=member).pk
    actions.count(mailed=SentMail(pk, timezone.now()), why=Why.COMPLAINT)
    BounceScore.objects.filter(pk=pk).update(why=why)


def page(client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_bar_on_her_pages_says_so_and_leads_to_where_she_reads_why(malee, login):
    client = login(malee)
    assert BAR not in page(client, "/")
    stop(malee)
    for address in ("/", "/notifications/", "/settings/", "/t/0/"):
        assert BAR in page(client, address)
    assert "หยุดส่งการแจ้งเตือนไปที่นี่อยู่" in page(client, "/settings/")
    why = page(client, "/accounts/email/")
    assert BAR not in why  # it is said in full there
    assert "ตีกลับหลายครั้ง" in why
    assert f'action="{AGAIN}"' in why


def test_who_called_them_junk_is_not_pressed_but_can_read_so_where_she_sets_it(malee, login):
    client = login(malee)
    stop(malee, Why.COMPLAINT)
    assert BAR not in page(client, "/")
    assert BAR in page(client, "/settings/notifications/")
    assert "จดหมายขยะ" in page(client, "/accounts/email/")


def test_nobody_else_learns_of_it(malee, somchai, login, client):
    stop(malee)
    for reader in (client, login(somchai)):
        for address in ("/", "/u/malee/"):
            assert "malee@example.org" not in page(reader, address)
            assert "mail-stopped" not in page(reader, address)


def test_she_asks_to_be_written_to_again_and_gets_a_mail_that_tries_it(malee, login, settings):
    settings.BOUNCE_ADDRESS = "bounces@roypalang.example"
    client = login(malee)
    stop(malee)
    answer = client.post(AGAIN)
    assert (answer.status_code, answer.url) == (302, "/accounts/email/")
    said = page(client, "/accounts/email/")
    assert "เพิ่งส่งฉบับหนึ่งไปลองดูแล้ว" in said
    assert "ตีกลับหลายครั้ง" not in said
    [message] = mail.outbox
    assert (message.to, message.subject) == ([malee.email], "[ร้อยพลัง] อีเมลส่งถึงท่านได้แล้ว")
    assert "อ่านฉบับนี้ได้" in message.body
    assert found_in(message.from_email)  # should it come back, she is told at once


def test_pressed_twice_one_mail_goes(malee, login):
    client = login(malee)
    stop(malee)
    for _time in range(2):
        assert client.post(AGAIN).status_code == 302
    assert len(mail.outbox) == 1


def test_a_visitor_is_asked_who_she_is_and_a_link_does_nothing(malee, client, login):
    stop(malee)
    assert client.post(AGAIN).status_code == 403
    assert login(malee).get(AGAIN).status_code == 405
    assert BounceScore.objects.get().stopped_at


def test_codes_go_to_an_address_that_takes_no_notifications(malee, client):
    stop(malee)
    client.post("/accounts/login/code/", {"email": malee.email})
    assert [message.to for message in mail.outbox] == [[malee.email]]


def test_the_bar_costs_no_query(malee, login):
    client = login(malee)
    client.get("/notifications/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/notifications/")
        return len(found)

    before = queries()
    stop(malee)
    assert queries() == before
