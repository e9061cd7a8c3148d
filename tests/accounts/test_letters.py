"""Letters about an account: in their reader's language, with what their reader can do."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.adapter import _one_more_stranger
from accounts.models import Member
from tests.accounts.conftest import PASSWORD, link_in
from tests.answers import text_of
from tests.threads import in_threads


def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "subject"),
    [("", "รหัสเข้าสู่ระบบ"), ("th", "รหัสเข้าสู่ระบบ"), ("en", "Your code for logging in")],
)
def test_a_letter_is_in_its_readers_language_whoever_asked(chosen, subject, malee):
    Member.objects.filter(pk=malee.pk).update(language=chosen)
    for asker in (english(), Client()):
        asker.post("/accounts/login/code/", {"email": malee.email})
        assert mail.outbox.pop().subject == f"[ร้อยพลัง] {subject}"


@pytest.mark.django_db
def test_a_stranger_gets_the_language_she_asked_in(db):
    english().post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert mail.outbox[-1].subject == "[ร้อยพลัง] There is no account with this e-mail"
    Client().post("/accounts/password/reset/", {"email": "noone@example.org"})
    assert "account" not in mail.outbox[-1].subject


@pytest.mark.django_db
def test_the_language_is_kept_with_the_account_and_comes_to_a_new_device(malee, login):
    client = login(malee)
    client.post("/settings/display/", {"language": "en", "theme": "", "text_size": ""})
    assert Member.objects.get(pk=malee.pk).language == "en"
    other = login(malee)
    assert other.cookies["django_language"].value == "en"


@pytest.mark.django_db
def test_what_a_device_was_set_to_becomes_hers_where_she_chose_none(malee, login):
    login(malee, english())
    assert Member.objects.get(pk=malee.pk).language == "en"


@pytest.mark.django_db
def test_every_account_letter_says_that_a_machine_wrote_it(malee):
    Client().post("/accounts/login/code/", {"email": malee.email})
    assert mail.outbox[-1].extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_the_letter_to_the_old_address_says_what_its_reader_can_do(malee, sure, settings):
    client = sure(malee)
    client.post("/accounts/email/", {"action_add": "1", "email": "new@example.org"})
    client.post(link_in(mail.outbox[-1]))
    letter = mail.outbox[-1]
    assert letter.to == ["malee@example.org"]
    assert settings.CONTACT_EMAIL in letter.body
    assert "/accounts/password/reset/" not in letter.body  # nothing would come of it
    assert not EmailAddress.objects.filter(email="malee@example.org").exists()


@pytest.mark.django_db
def test_a_reset_asked_and_a_reset_done_have_two_subjects(malee):
    client = Client()
    client.post("/accounts/password/reset/", {"email": malee.email})
    asked = mail.outbox[-1]
    page = client.get(link_in(asked), follow=True)
    new = PASSWORD + "ก"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    done = mail.outbox[-1]
    assert done is not asked
    assert done.subject != asked.subject
    assert "/accounts/password/reset/" in done.body  # a link that works for her


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost:99", "LOCALHOST."])
def test_a_letters_links_are_the_sites_own_whatever_host_was_asked_for(malee, settings, host):
    settings.SITE_URL = "https://roypalang.example"
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
    Client(headers={"host": host}).post("/accounts/password/reset/", {"email": malee.email})
    assert "https://roypalang.example/accounts/password/reset/key/" in mail.outbox[-1].body
    assert host.lower().rstrip(".") not in mail.outbox[-1].body.lower()


@pytest.mark.django_db
def test_letters_to_addresses_nobody_has_come_to_an_end_each_day(malee, settings):
    settings.ACCOUNTS_LETTERS_TO_STRANGERS = 2
    client = Client()
    for n in range(4):
        answer = client.post("/accounts/password/reset/", {"email": f"nobody{n}@example.org"})
        assert answer.status_code == 302  # nobody learns from it who has an account
    assert len(mail.outbox) == 2
    client.post("/accounts/password/reset/", {"email": malee.email})
    assert len(mail.outbox) == 3


def sign_up(n: int):
    form = {"email": f"new{n}@example.org", "username": f"new{n}", "password1": "คลองของเรา-สะอาด",
            "age": "on", "consent": "on"}  # fmt: skip
    return Client().post("/accounts/signup/", form, follow=True)


@pytest.mark.django_db
def test_letters_to_new_addresses_come_to_an_end_each_day_whether_they_are_somebodys(
    malee, settings
):
    settings.ACCOUNTS_LETTERS_TO_NEW_ADDRESSES = 2
    settings.ACCOUNTS_LETTERS_TO_STRANGERS = 0  # what strangers ask for keeps nobody out
    for n in range(2):
        sign_up(n)
    assert len(mail.outbox) == 2
    new = sign_up(2)
    form = {
        "email": malee.email,
        "username": "new3",
        "password1": "คลองของเรา-สะอาด",
        "age": "on",
        "consent": "on",
    }
    known = Client().post("/accounts/signup/", form, follow=True)
    assert len(mail.outbox) == 2
    for answer in (new, known):
        assert "พรุ่งนี้" in text_of(answer)
    assert new.redirect_chain == known.redirect_chain


@pytest.mark.django_db
def test_an_address_a_member_types_as_hers_is_within_the_same_end(malee, sure, settings):
    settings.ACCOUNTS_LETTERS_TO_NEW_ADDRESSES = 1
    browser = sure(malee)
    for n in range(3):
        browser.post("/accounts/email/", {"email": f"a{n}@example.org", "action_add": ""})
    assert [sent.to for sent in mail.outbox] == [["a0@example.org"]]


@pytest.mark.django_db
@pytest.mark.parametrize("ask", ["/accounts/password/reset/", "/accounts/login/code/"])
def test_so_is_what_is_asked_for_an_address_that_was_never_proven(join, settings, ask):
    settings.ACCOUNTS_LETTERS_TO_NEW_ADDRESSES = 1
    for n in range(2):
        join(f"new{n}", f"new{n}@example.org", verified=False)
    first, new, nobody = (
        text_of(Client().post(ask, {"email": f"{who}@example.org"}, follow=True)).replace(who, "")
        for who in ("new0", "new1", "nobody")
    )
    assert sum(sent.to[0].startswith("new") for sent in mail.outbox) <= 1
    assert new == nobody == first


@pytest.mark.django_db
def test_a_member_changes_her_address_twenty_times_a_day_and_no_more(malee, sure, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"manage_email": "2/d/user"}
    browser = sure(malee)
    answers = [
        browser.post("/accounts/email/", {"email": f"a{n}@example.org", "action_add": ""})
        for n in range(3)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 429]


@pytest.mark.django_db(transaction=True)
def test_letters_to_strangers_are_counted_one_by_one_and_for_a_whole_day(settings):
    settings.ACCOUNTS_LETTERS_TO_STRANGERS = 3
    cache.clear()
    assert sorted(in_threads(lambda _n: _one_more_stranger(), range(5))) == [
        False,
        False,
        True,
        True,
        True,
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(expires) - now() > interval '23 hours' FROM cache")
        assert cursor.fetchone() == (True,)
