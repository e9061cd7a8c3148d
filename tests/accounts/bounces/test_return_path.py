"""accounts.bounces.return_path: whose mail it was, and that nobody else can say so."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.bounces.return_path import come_back, found_in


@pytest.fixture(autouse=True)
def _somebody_reads_them(settings):
    settings.BOUNCE_ADDRESS = "bounces@roypalang.example"


def mail_to(address: str) -> EmailMessage:
    return come_back(EmailMessage("hello", "text", "ร้อยพลัง <noreply@roypalang.example>", [address]))


@pytest.mark.django_db
def test_a_mail_comes_back_to_an_address_of_its_own_and_says_who_wrote_it(malee):
    message = mail_to("Malee@example.org")
    written = message.message()
    assert str(written["From"]).endswith("<noreply@roypalang.example>")
    assert written["Errors-To"] == message.from_email
    assert written["Return-Path"] is None  # whoever receives it writes it
    address = EmailAddress.objects.get(user=malee)
    found = found_in(f"<{message.from_email}>")
    assert found.address == address.pk
    assert abs((timezone.now() - found.at).total_seconds()) < 5


@pytest.mark.django_db
def test_it_fits_where_mail_has_room_and_survives_capitals(malee):
    path = mail_to("malee@example.org").from_email
    assert len(path.partition("@")[0]) <= 64
    assert path == path.lower()
    assert found_in(path.upper()) == found_in(path)


@pytest.mark.django_db
def test_a_mail_to_an_address_nobody_has_proven_comes_back_as_ever(malee):
    EmailAddress.objects.update(verified=False)
    assert mail_to("malee@example.org").from_email == "ร้อยพลัง <noreply@roypalang.example>"
    assert mail_to("stranger@example.org").extra_headers == {}


@pytest.mark.django_db
def test_where_nobody_reads_what_comes_back_nothing_changes(
    malee, settings, django_assert_num_queries
):
    settings.BOUNCE_ADDRESS = ""
    with django_assert_num_queries(0):
        assert mail_to("malee@example.org").extra_headers == {}


@pytest.mark.django_db
def test_a_path_somebody_made_or_changed_is_none(malee, somchai):
    path = mail_to("malee@example.org").from_email
    hers, his = (EmailAddress.objects.get(user=one).pk for one in (malee, somchai))
    assert found_in(path.replace(f"+{hers}-", f"+{his}-")) is None
    assert found_in(path[:-25] + "aaaa" + path[-21:]) is None
    local, _at, _host = path.partition("@")
    assert found_in(f"{local[:-1]}{'b' if local[-1] == 'a' else 'a'}@roypalang.example") is None
    assert found_in("bounces+1-2-aaaaaaaaaaaaaaaa@roypalang.example") is None
    assert found_in("") is None


@pytest.mark.django_db
def test_a_key_of_before_counts_on(malee, settings):
    path = mail_to("malee@example.org").from_email
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert found_in(path)
    settings.SECRET_KEY_FALLBACKS = []
    assert found_in(path) is None


@pytest.mark.django_db
def test_among_forged_ones_ours_is_found_and_a_million_are_not_read(malee):
    ours = mail_to("malee@example.org").from_email
    forged = "x+1-2-aaaaaaaaaaaaaaaa@example.org "
    assert found_in(forged * 5 + ours)
    assert found_in(forged * 50 + ours) is None


def test_times_nobody_can_write_down_are_no_trouble():
    assert found_in("a+999999999999999999-99999999999-aaaaaaaaaaaaaaaa@b") is None
    assert datetime.fromtimestamp(99999999999, UTC).year < 9999
