"""Every write about a member: what it does, what it refuses, and what is left when it fails."""

import contextlib
import io
import threading

import pytest
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from accounts import actions
from accounts.models import PICTURE_SIZES, Consent, Member
from forums.base.errors import BadPicture, TooManyPictures
from tests.accounts.test_views import picture
from tests.make import make_member


def sign_up(**fields: str) -> Member:
    return actions.sign_up(
        **(
            {"handle": "มาลี", "email": "Malee@Example.org", "password": "x", "consent": "1"}
            | fields
        )
    )


@pytest.mark.django_db
def test_signing_up_makes_all_that_belongs_to_a_member():
    member = sign_up()
    assert (member.email, member.display_name) == ("malee@example.org", "มาลี")
    assert member.check_password("x")
    assert member.emailaddress_set.get().primary
    assert not member.emailaddress_set.get().verified
    assert {each.version for each in member.consents.all()} == {"1"}
    assert Member.objects.get_by_natural_key("มาลี\u200b") == member


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"email": "other@example.org"}, actions.HandleTaken),
        ({"handle": "มาลี\u200b", "email": "other@example.org"}, actions.HandleTaken),
        ({"handle": "somchai"}, actions.EmailTaken),
        ({"handle": "somchai", "email": "MALEE@example.ORG"}, actions.EmailTaken),
    ],
)
def test_what_is_taken_is_refused_and_nothing_is_left(fields, refusal):
    sign_up()
    with pytest.raises(refusal):
        sign_up(**fields)
    assert Member.objects.count() == 1
    assert Consent.objects.count() == 3


@pytest.mark.django_db
def test_the_table_itself_holds_one_of_each(malee):
    for fields in [{"handle": "MALEE"}, {"email": malee.email.upper()}]:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_member(**({"handle": "somchai"} | fields))


@pytest.mark.django_db
def test_an_address_is_claimed_by_one(malee, somchai):
    assert actions.claim_email(member=malee, email="New@example.org")
    assert not actions.claim_email(member=somchai, email="new@EXAMPLE.org")
    assert Member.objects.get(pk=malee.pk).email == "new@example.org"
    assert Member.objects.get(pk=somchai.pk).email == "somchai@example.org"


@pytest.mark.django_db
def test_a_profile_keeps_five_links_each_once(malee):
    links = [f"https://example.org/{n}" for n in (1, 1, 2, 3, 4, 5, 6)] + [""]
    actions.save_profile(member=malee, display_name="", bio="", province="", links=links)
    member = Member.objects.get(pk=malee.pk)
    assert member.links == [f"https://example.org/{n}" for n in (1, 2, 3, 4, 5)]
    assert member.display_name == "malee"


@pytest.mark.django_db
def test_a_name_nobody_can_see_is_refused(malee):
    with pytest.raises(ValidationError):
        actions.save_profile(member=malee, display_name="\u200b", bio="x", province="", links=[])
    assert Member.objects.get(pk=malee.pk).bio == ""


@pytest.mark.django_db
def test_members_are_sorted_as_in_a_dictionary(malee, somchai):
    for member, name in [(malee, "เก่ง"), (somchai, "ขวัญ")]:
        actions.save_profile(member=member, display_name=name, bio="", province="", links=[])
    assert list(Member.objects.order_by("sort_key")) == [
        malee,
        somchai,
    ]  # ก before ข, though เ is last


# -- Pictures -----------------------------------------------------------------------------------


def files() -> set[str]:
    try:
        return set(default_storage.listdir("members")[0])
    except FileNotFoundError:
        return set()


@pytest.mark.django_db
def test_no_file_stays_when_the_row_cannot_be_written(malee, monkeypatch):
    before = files()

    def fail(*_args: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(actions, "_swap_picture", fail)
    with pytest.raises(IntegrityError):
        actions.set_picture(member=malee, file=picture())
    assert files() == before


@pytest.mark.django_db
def test_no_row_changes_when_the_file_is_no_picture(malee):
    with pytest.raises(BadPicture):
        actions.set_picture(member=malee, file=io.BytesIO(b"not a picture"))
    assert Member.objects.get(pk=malee.pk).picture is None


@pytest.mark.django_db(transaction=True)
def test_of_two_pictures_at_once_one_is_left_with_its_files(malee):
    before = files()

    def send() -> None:
        try:
            with contextlib.suppress(TooManyPictures):  # one at work for each member
                actions.set_picture(member=malee, file=picture((90, 90)))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    shown = Member.objects.get(pk=malee.pk).picture
    assert files() - before == {str(shown)}
    assert all(default_storage.exists(actions.picture_path(shown, size)) for size in PICTURE_SIZES)


@pytest.mark.django_db
def test_a_members_sessions_all_end(malee, somchai, login):
    one, two, other = login(malee), login(malee), login(somchai)
    actions.end_sessions(member=malee)
    assert [c.get("/settings/").status_code for c in (one, two, other)] == [302, 302, 200]
    assert set(UserSession.objects.values_list("user", flat=True)) == {somchai.pk}
