"""A password that is drawn alike is the same one, whichever keyboard wrote its marks in which order."""

import json
import unicodedata

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import Member
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_password import ask
from tests.make import make_member
from tests.needs import needs_shared

pytestmark = pytest.mark.django_db

WATER = "น้ำใจไมตรีงามๆ๑๒"
ALIKE = [
    (WATER, "นำ้ใจไมตรีงามๆ๑๒"),
    (WATER, "นํ้าใจไมตรีงามๆ๑๒"),
    (WATER, "น้ํ\u200bาใจไมตรีงามๆ๑๒"),
    ("ที่นี่มีปู่ย่าตายาย", "ท่ีน่ีมีปู่ย่าตายาย"),
    ("แมวเหมียวตัวน้อย", "เเมวเหมียวตัวน้อย"),
    ("Café-à-la-carte", unicodedata.normalize("NFD", "Café-à-la-carte")),
]
OTHERS = [
    (WATER, "น้ำใจไมตรีงามๆ12"),
    (WATER, "นำใจไมตรีงามๆ๑๒"),
    (WATER, " น้ำใจไมตรีงามๆ๑๒"),
    ("Malee-Somchai-9", "malee-somchai-9"),
    ("full-width-9999", "ｆｕｌｌ-width-9999"),
]


def signs_in(member: Member, password: str) -> bool:
    answer = Client().post("/accounts/login/", {"login": member.handle, "password": password})
    return answer.status_code == 302


def both_ways(pairs):
    return [*pairs, *((b, a) for a, b in pairs)]


def test_the_cases_of_the_shared_file():
    for case in json.loads(needs_shared("data", "cases", "passwords.json").read_text()):
        member = make_member(password=case["set"])
        assert signs_in(member, case["typed"]) == case["right"].startswith("signed in"), case


@pytest.mark.parametrize(("kept", "typed"), both_ways(ALIKE))
def test_what_is_drawn_alike_signs_in(kept, typed):
    member = make_member(password=kept)
    assert signs_in(member, typed)


@pytest.mark.parametrize(("kept", "typed"), both_ways(OTHERS))
def test_what_is_drawn_otherwise_does_not(kept, typed):
    member = make_member(password=kept)
    assert not signs_in(member, typed)


@pytest.mark.parametrize("typed", [WATER, *(other for _form, other in ALIKE), "\u200b" * 12])
def test_a_password_kept_as_typed_before_goes_on_working(typed):
    member = make_member()
    Member.objects.filter(pk=member.pk).update(password=make_password(typed))
    assert signs_in(member, typed)


def test_changing_takes_it_in_either_form(malee, login):
    here = login(malee)
    _kept, other = ALIKE[0]
    typed = {"oldpassword": PASSWORD, "password1": WATER, "password2": other}
    assert here.post("/accounts/password/change/", typed).status_code == 302
    assert signs_in(malee, WATER)
    assert signs_in(malee, other)
    again = {"oldpassword": ALIKE[1][1], "password1": PASSWORD, "password2": PASSWORD}
    assert here.post("/accounts/password/change/", again).status_code == 302


def test_sure_again_takes_it_in_either_form(malee):
    malee.set_password(WATER)
    malee.save()
    client = Client()
    client.post("/accounts/login/", {"login": "malee", "password": WATER})
    for typed, status in [(OTHERS[0][1], 200), (ALIKE[0][1], 302)]:
        answer = client.post("/accounts/reauthenticate/", {"password": typed})
        assert answer.status_code == status


def test_a_mailed_link_takes_it_in_either_form(client, malee):
    place = client.get(ask(client, malee.email), follow=True).redirect_chain[-1][0]
    client.post(place, {"password1": ALIKE[0][1], "password2": WATER})
    malee.refresh_from_db()
    assert signs_in(malee, WATER)


def test_signing_up_keeps_it_in_the_one_form(client):
    form = {"email": "new@example.org", "username": "ใหม่", "age": "on", "consent": "on"}
    client.post("/accounts/signup/", form | {"password1": ALIKE[0][1]})
    member = Member.objects.get(handle="ใหม่")
    assert AbstractBaseUser.check_password(member, WATER)


def test_a_short_password_is_not_made_long_by_the_way_it_is_written(client):
    form = {"email": "new@example.org", "username": "ใหม่", "age": "on", "consent": "on"}
    client.post("/accounts/signup/", form | {"password1": "นํ้าคํ้าจํ้าดี"})  # 14 as typed, 11 as kept
    assert Member.objects.filter(handle="ใหม่").exists()
    client.post("/accounts/signup/", form | {"username": "สั้น", "password1": "นํ้าจํ้า" + "\u200b" * 9})
    assert not Member.objects.filter(handle="สั้น").exists()


def test_an_unknown_name_costs_as_many_looks_as_a_known_one(malee, monkeypatch):
    """Else its slowness would say that there is such an account."""
    counted = []
    real = AbstractBaseUser.set_password

    def slow(member, raw):
        counted.append(raw)
        return real(member, raw)

    monkeypatch.setattr(AbstractBaseUser, "set_password", slow)
    for typed, looks in [(WATER, 1), (ALIKE[0][1], 2)]:
        counted.clear()
        Client().post("/accounts/login/", {"login": "nobody-here", "password": typed})
        assert len(counted) == looks
