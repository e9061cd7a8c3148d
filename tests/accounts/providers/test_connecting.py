"""Connecting an account elsewhere with one's own, and disconnecting it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client

from accounts.providers.actions import ConnectedElsewhere, LastWayIn, connect, disconnect
from accounts.providers.identity import Identity
from tests.accounts.conftest import PASSWORD
from tests.accounts.providers.conftest import who_is_in
from tests.codes import code_now
from tests.threads import in_threads

pytestmark = pytest.mark.django_db
PAGE = "/accounts/3rdparty/"


def connected(member, name="line", uid="U123") -> SocialAccount:
    return SocialAccount.objects.create(user=member, provider=name, uid=uid)


def test_it_is_connected_and_opens_the_account(name, provider, go, malee, sure):
    client = sure(malee)
    mail.outbox.clear()
    answer = go(name, client, process="connect")
    assert answer["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert "เลิกเชื่อม" in page
    assert SocialAccount.objects.get().user == malee
    [letter] = mail.outbox
    assert letter.to == ["malee@example.org"]
    assert "/accounts/3rdparty/" in letter.body

    other = Client()
    go(name, other)
    assert who_is_in(other) == malee


def test_the_password_is_asked_for_first(provider, malee, login):
    client = login(malee)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    assert client.get(PAGE)["Location"].startswith("/accounts/reauthenticate/")
    answer = client.post("/accounts/line/login/", {"process": "connect"})
    assert answer["Location"] == PAGE
    assert provider.asked == []
    account = connected(malee)
    answer = client.post(f"{PAGE}{account.pk}/disconnect/")
    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert SocialAccount.objects.exists()


def test_who_stayed_away_for_long_is_asked_again(provider, malee, sure):
    client = sure(malee)
    led = client.post("/accounts/line/login/", {"process": "connect"})["Location"]
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    assert client.get(provider.says_yes(led))["Location"] == PAGE
    assert not SocialAccount.objects.exists()


def test_one_that_opens_another_account_is_not_taken_from_it(provider, go, malee, somchai, sure):
    connected(somchai)
    client = sure(malee)
    go("line", client, process="connect")
    assert "ใช้เข้าอีกบัญชีหนึ่ง" in client.get(PAGE).content.decode()
    assert SocialAccount.objects.get().user == somchai
    assert who_is_in(client) == malee


def test_one_of_each_provider_is_enough(provider, go, malee, sure):
    connected(malee, uid="U999")
    client = sure(malee)
    go("line", client, process="connect")
    assert "เลิกเชื่อมบัญชีนั้นก่อน" in client.get(PAGE).content.decode()
    assert SocialAccount.objects.get().uid == "U999"


def test_the_same_twice_is_no_error(provider, go, malee, sure):
    connected(malee)
    client = sure(malee)
    mail.outbox.clear()
    go("line", client, process="connect")
    assert SocialAccount.objects.count() == 1
    assert mail.outbox == []


def test_a_visitor_connects_nothing(provider):
    client = Client()
    answer = client.post("/accounts/line/login/", {"process": "connect"})
    assert answer["Location"] == PAGE
    assert client.get(PAGE)["Location"].startswith("/accounts/login/")


def test_a_newcomer_who_is_signed_in_is_led_to_connecting(provider, go, malee, sure):
    client = sure(malee)
    assert go("line", client)["Location"] == PAGE
    assert who_is_in(client) == malee
    assert not SocialAccount.objects.exists()


def test_it_is_disconnected(provider, go, malee, sure):
    account = connected(malee)
    client = sure(malee)
    mail.outbox.clear()
    assert client.post(f"{PAGE}{account.pk}/disconnect/")["Location"] == PAGE
    assert not SocialAccount.objects.exists()
    assert "เลิกเชื่อม" in mail.outbox[0].body
    other = Client()
    assert go("line", other)["Location"] == "/accounts/3rdparty/signup/"


def test_somebody_elses_is_not_found(provider, malee, somchai, sure):
    account = connected(somchai)
    assert sure(malee).post(f"{PAGE}{account.pk}/disconnect/").status_code == 404
    assert SocialAccount.objects.exists()


def test_the_last_way_in_stays(provider, malee, sure):
    account = connected(malee)
    client = sure(malee)
    malee.set_unusable_password()
    malee.save()
    with pytest.raises(LastWayIn):
        disconnect(member=malee, account=account.pk)
    client.force_login(malee)
    answer = client.post(f"{PAGE}{account.pk}/disconnect/")
    assert answer.status_code == 409
    assert "/accounts/password/set/" in answer.content.decode()
    assert SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "other", ["another provider", "a passkey", "a key for the second step only"]
)
def test_what_is_left_must_open_the_account(malee, other):
    account = connected(malee)
    malee.set_unusable_password()
    malee.save()
    if other == "another provider":
        connected(malee, "google", "G1")
    else:
        data = {
            "credential": {"clientExtensionResults": {"credProps": {"rk": other == "a passkey"}}}
        }
        Authenticator.objects.create(user=malee, type=Authenticator.Type.WEBAUTHN, data=data)
    if other.startswith("a key"):
        with pytest.raises(LastWayIn):
            disconnect(member=malee, account=account.pk)
    else:
        assert disconnect(member=malee, account=account.pk)


# -- what else guards an account ----------------------------------------------------------------------


def test_the_second_step_is_asked_all_the_same(provider, go, malee):
    secret = generate_totp_secret()
    TOTP.activate(malee, secret)
    connected(malee)
    client = Client()
    assert go("line", client)["Location"].startswith("/accounts/2fa/authenticate/")
    assert who_is_in(client) is None
    client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert who_is_in(client) == malee


def test_a_moderator_needs_her_second_step_for_the_desk(provider, go, join, settings):
    settings.STAFF_SECOND_FACTOR = True
    moderator = join("nong", "nong@example.org", is_staff=True)
    connected(moderator)
    client = Client()
    go("line", client)
    assert who_is_in(client) == moderator
    assert client.get("/admin/")["Location"] == "/accounts/2fa/"


def test_a_suspended_member_reads_that_she_is(provider, go, malee):
    malee.is_active = False
    malee.save()
    connected(malee)
    client = Client()
    assert go("line", client)["Location"] == "/accounts/inactive/"
    assert who_is_in(client) is None


def test_her_session_stands_in_the_list_and_can_be_ended(provider, go, malee, sure):
    connected(malee)
    client = Client()
    go("line", client)
    assert "known" in client.cookies  # her own browser: nobody's wrong passwords shut her out of it
    session = UserSession.objects.get(user=malee)
    other = sure(malee)
    other.post(f"/accounts/sessions/{session.pk}/end/")
    assert client.get("/settings/").status_code == 302


def test_the_password_goes_on_opening_the_account(provider, go, malee, login):
    connected(malee)
    assert who_is_in(login(malee)) == malee


def test_an_address_at_the_provider_changes_nothing_here(provider, go, malee):
    connected(malee, "google")
    provider.email = "malee@gmail.com"
    go("google", Client())
    malee.refresh_from_db()
    assert malee.email == "malee@example.org"
    assert malee.check_password(PASSWORD)


def test_no_address_leads_off_the_site(provider, go, malee):
    connected(malee)
    for there in ("https://elsewhere.example/", "//elsewhere.example", "http://["):
        assert go("line", Client(), next=there)["Location"] in ("/", "/welcome/")


def test_when_it_was_used_stands_on_the_page(
    provider, go, malee, sure, django_assert_max_num_queries
):
    connected(malee)
    client = sure(malee)
    with django_assert_max_num_queries(12):
        page = client.get(PAGE).content.decode()
    assert "เชื่อมเมื่อ" in page
    assert "U123" not in page  # its number for her


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_one_leaves_the_last_way_in(malee):
    malee.set_unusable_password()
    malee.save()
    accounts = [connected(malee, name, name).pk for name in ("line", "google")]
    came = in_threads(lambda account: disconnect(member=malee, account=account), accounts)
    assert SocialAccount.objects.count() == 1
    assert any(isinstance(one, LastWayIn) for one in came)


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_one_connects(malee, somchai):
    """Two accounts here, one elsewhere, at the same moment."""
    who = Identity(provider="line", uid="U123")
    came = in_threads(lambda member: connect(member=member, who=who), [malee, somchai])
    assert SocialAccount.objects.count() == 1
    assert True in came
    assert any(isinstance(one, ConnectedElsewhere) for one in came)
