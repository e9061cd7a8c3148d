"""Who comes from LINE, Google or Facebook for the first time."""

import time

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from accounts.models import Consent, Member
from forums.moderation.watched.actions import watch
from forums.moderation.watched.models import NewAccount
from tests.accounts.conftest import code_in, link_in
from tests.accounts.providers.conftest import who_is_in

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/3rdparty/signup/"


def test_a_newcomer_chooses_a_handle_and_agrees_then_confirms_her_address(name, provider, go):
    provider.email = "dao@example.org"
    client = Client()
    answer = go(name, client)
    assert answer["Location"] == SIGNUP
    page = client.get(SIGNUP).content.decode()
    assert 'value="dao@example.org"' in page
    assert not Member.objects.exists()

    answer = client.post(
        SIGNUP,
        {"username": "ดาว", "email": "dao@example.org", "age": "on", "consent": "on"},
        follow=True,
    )
    member = Member.objects.get(handle="ดาว")
    assert member.pending_since
    assert not member.has_usable_password()
    assert Consent.objects.filter(member=member).exists()
    assert SocialAccount.objects.get(user=member).uid == "U123"
    assert who_is_in(client) is None

    assert client.post(link_in(mail.outbox[-1])).status_code == 302
    assert who_is_in(client) == member
    member.refresh_from_db()
    assert member.pending_since is None
    assert SocialAccount.objects.filter(user=member).exists()


def test_who_has_been_here_before_is_signed_in(name, provider, go, malee):
    SocialAccount.objects.create(user=malee, provider=name, uid="U123")
    client = Client()
    answer = go(name, client, next="/boards/")
    assert answer["Location"] == "/boards/"
    assert who_is_in(client) == malee


def test_an_address_whose_mailbox_google_keeps_needs_no_letter(provider, go):
    provider.email = "dao@gmail.com"
    client = Client()
    go("google", client)
    assert "ไม่ต้องยืนยัน" in client.get(SIGNUP).content.decode()
    client.post(SIGNUP, {"username": "ดาว", "email": "Dao@gmail.com", "age": "on", "consent": "on"})
    member = Member.objects.get()
    assert who_is_in(client) == member
    assert member.pending_since is None
    assert EmailAddress.objects.get(user=member).verified
    assert mail.outbox == []


def test_another_address_than_the_proven_one_is_confirmed_by_letter(provider, go):
    provider.email = "dao@gmail.com"
    client = Client()
    go("google", client)
    client.post(
        SIGNUP, {"username": "ดาว", "email": "other@example.org", "age": "on", "consent": "on"}
    )
    assert who_is_in(client) is None
    assert mail.outbox[-1].to == ["other@example.org"]
    assert not EmailAddress.objects.filter(verified=True).exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "dao@example.org"},
        {"email": "dao@gmail.com", "email_verified": False},
        {"email": "dao@gmail.com", "email_verified": "true"},
        {"email": "dao@gmail.com.example.org"},
    ],
    ids=str,
)
def test_an_address_google_does_not_keep_is_confirmed_by_letter(provider, go, claims):
    provider.email, provider.claims = "x@example.org", claims
    client = Client()
    go("google", client)
    client.post(SIGNUP, {"username": "ดาว", "email": claims["email"], "age": "on", "consent": "on"})
    assert who_is_in(client) is None
    assert mail.outbox[-1].to == [claims["email"]]


def test_without_an_address_one_is_asked_for(provider, go):
    client = Client()
    go("line", client)
    answer = client.post(SIGNUP, {"username": "ดาว", "age": "on", "consent": "on"})
    assert answer.status_code == 400
    assert 'value="ดาว"' in answer.content.decode()
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"username": "ดาว"}, "ตกลง"),
        ({"username": "ผู้ดูแลเว็บ", "age": "on", "consent": "on"}, "ชื่อ"),
        ({"username": "malee", "age": "on", "consent": "on"}, "มีคนใช้แล้ว"),
        ({"username": "mаlee", "age": "on", "consent": "on"}, "ชื่อ"),
        ({"username": "", "age": "on", "consent": "on"}, "เว้นว่างไม่ได้"),
    ],
    ids=["no consent", "staff", "taken", "looks alike", "empty"],
)
def test_the_rules_of_signing_up_hold(provider, go, malee, form, said):
    client = Client()
    go("line", client)
    answer = client.post(SIGNUP, {"email": "dao@example.org", **form})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert Member.objects.count() == 1
    # She may go on from there.
    form = {"email": "dao@example.org", "username": "ดาว", "age": "on", "consent": "on"}
    assert client.post(SIGNUP, form).status_code == 302


def test_signing_up_is_counted_with_all_sign_ups(provider, go, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup_from": "2/d/ip"}
    client = Client()
    go("line", client)
    form = {"email": "dao@example.org", "username": "ดาว"}
    assert client.post(SIGNUP, form).status_code == 400
    assert client.post("/accounts/signup/", form).status_code == 200
    assert client.post(SIGNUP, form).status_code == 429


def test_an_address_that_has_an_account_is_told_by_letter_only(provider, go, malee):
    """As signing up does: the page says the same as for an address nobody has."""
    provider.email = "malee@example.org"
    client = Client()
    go("line", client)
    form = {"email": "malee@example.org", "username": "ดาว", "age": "on", "consent": "on"}
    answer = client.post(SIGNUP, form)
    assert answer["Location"] == "/accounts/confirm-email/"
    assert Member.objects.count() == 1
    assert not SocialAccount.objects.exists()
    assert mail.outbox[-1].to == ["malee@example.org"]
    assert link_in(mail.outbox[-1]).startswith("/accounts/password/reset/")
    assert "/accounts/3rdparty/" in mail.outbox[-1].body  # sign in, then connect


def test_whose_mailbox_google_keeps_is_told_to_sign_in_and_connect(provider, go, join, login):
    member = join("malee", "malee@gmail.com")
    provider.email = "malee@gmail.com"
    client = Client()
    answer = go("google", client)
    assert answer["Location"] == "/accounts/login/?next=%2Faccounts%2F3rdparty%2F"
    page = client.get(answer["Location"]).content.decode()
    assert "malee@gmail.com" in page
    assert "Google" in page
    assert who_is_in(client) is None
    assert not SocialAccount.objects.exists()
    assert Member.objects.get() == member


def test_an_account_waiting_for_the_same_address_is_not_joined(provider, go, join):
    """A stranger has signed up with her address: Google's word does not put her into his account."""
    stranger = join("คนอื่น", "dao@gmail.com", verified=False)
    provider.email = "dao@gmail.com"
    client = Client()
    assert go("google", client)["Location"].startswith("/accounts/login/")
    assert who_is_in(client) is None
    assert stranger.has_usable_password()


def test_tokens_are_kept_nowhere(name, provider, newcomer):
    newcomer(name, "ดาว", "dao@example.org")
    assert not SocialToken.objects.exists()
    assert not SocialApp.objects.exists()
    assert SocialAccount.objects.get().extra_data == {}
    for session in Session.objects.all():
        said = str(session.get_decoded())
        assert "for-nobody-to-keep" not in said
        assert "nor-this" not in said
        assert "eyJ" not in said  # how an id_token begins


def test_who_waits_too_long_begins_again(provider, go, monkeypatch):
    client = Client()
    go("line", client)
    later = time.time() + 31 * 60
    monkeypatch.setattr("accounts.providers.identity.time.time", lambda: later)
    answer = client.post(
        SIGNUP, {"username": "ดาว", "email": "d@example.org", "age": "on", "consent": "on"}
    )
    assert answer["Location"] == "/accounts/login/"
    assert not Member.objects.exists()


def test_twice_in_two_windows_makes_one_account(provider, go):
    one, other = Client(), Client()
    go("line", one)
    go("line", other)
    form = {"email": "dao@example.org", "username": "ดาว", "age": "on", "consent": "on"}
    assert one.post(SIGNUP, form).status_code == 302
    answer = other.post(SIGNUP, {**form, "username": "เดือน", "email": "d@example.org"})
    assert answer.status_code == 409
    assert Member.objects.count() == 1


# -- whose account elsewhere it is -----------------------------------------------------------------


def test_an_address_proven_elsewhere_ends_a_strangers_connection(provider, newcomer):
    """He signs up by his LINE with her address; she opens the letter."""
    newcomer("line", "คนอื่น", "dao@example.org")
    hers = Client()
    answer = hers.post(link_in(mail.outbox[-1]))
    assert not SocialAccount.objects.exists()
    assert "/password/reset/key/" in answer["Location"]  # she sets a password, and is in


def test_a_password_set_by_letter_does_not_keep_a_strangers_connection(provider, newcomer):
    newcomer("line", "คนอื่น", "dao@example.org")
    hers = Client()
    hers.post("/accounts/password/reset/", {"email": "dao@example.org"})
    there = hers.get(link_in(mail.outbox[-1]))["Location"]
    word = "มะม่วงสุกใต้ต้น 7 ลูก"
    hers.post(there, {"password1": word, "password2": word})
    hers.post(link_in(mail.outbox[0]))  # the letter that confirms the address
    member = Member.objects.get()
    assert EmailAddress.objects.get().verified
    assert member.has_usable_password()
    assert not SocialAccount.objects.exists()


def test_a_mailed_code_ends_a_strangers_connection(provider, newcomer):
    newcomer("line", "คนอื่น", "dao@example.org")
    hers = Client()
    hers.post("/accounts/login/code/", {"email": "dao@example.org"})
    hers.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])})
    assert who_is_in(hers) == Member.objects.get()
    assert not SocialAccount.objects.exists()


def test_who_came_by_line_in_this_browser_again_keeps_it(provider, newcomer, go):
    """She signed up in LINE's own browser, came by LINE in another one, and opens the letter there."""
    newcomer("line", "ดาว", "dao@example.org")
    other = Client()
    go("line", other)
    assert who_is_in(other) is None
    other.post(link_in(mail.outbox[0]))
    assert SocialAccount.objects.exists()
    assert who_is_in(other) == Member.objects.get()


def test_what_the_lists_refuse_is_refused_here_too(provider, go, moderator):
    watch(moderator=moderator, kind="mail", text="throwaway.example", follows="refuse")
    client = Client()
    go("line", client)
    form = {"email": "dao@throwaway.example", "username": "ดาว", "age": "on", "consent": "on"}
    answer = client.post(SIGNUP, form)
    assert answer.status_code == 400
    assert "throwaway.example" in answer.content.decode()
    assert not Member.objects.has_handle("ดาว")
    assert client.post(SIGNUP, form | {"email": "dao@example.org"}).status_code == 302


def test_it_is_kept_whether_her_first_texts_wait_and_she_is_not_counted(
    provider, newcomer, moderator
):
    watch(moderator=moderator, kind="net", text="127.0.0.0/8", follows="hold")
    newcomer("line", "ดาว", "dao@example.org")
    kept = NewAccount.objects.get()
    assert (kept.is_held, kept.net) == (True, "")
