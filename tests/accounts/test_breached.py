"""Passwords known from breaches are refused wherever one is chosen; others are not, and nobody is asked."""

import random
import socket

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.breached import _FILE, is_breached
from accounts.models import Member
from tests.accounts.conftest import PASSWORD


@pytest.mark.parametrize(
    "password",
    ["1234567890", "qwertyuiop", "Password123", "ILOVEYOU123", "1q2w3e4r5t", "manchester"],
)
def test_what_was_stolen_elsewhere_is_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_breached" in [error.code for error in refused.value.error_list]


def test_the_same_keys_on_a_thai_keyboard_are_refused_too():
    assert is_breached("ๆไำพะัีรนย")  # qwertyuiop
    assert is_breached("ๅ/-ภถุึคตจ")  # 1234567890


@pytest.mark.parametrize("password", [PASSWORD, "แมวดำนอนใต้เปลข้างบ่อ", "correct horse battery, ten"])
def test_others_are_taken(password):
    validate_password(password)


def test_of_a_million_passwords_made_by_chance_hardly_one_is_taken_for_one_of_them():
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    made = ("".join(chance.choices(letters, k=12)) for _n in range(20_000))
    assert sum(map(is_breached, made)) == 0


def test_the_list_is_sorted_and_holds_each_once():
    kept = _FILE.read_bytes()
    rows = [kept[at : at + 5] for at in range(0, len(kept), 5)]
    assert len(rows) == 112_625
    assert all(before < after for before, after in zip(rows, rows[1:], strict=False))


def test_nobody_is_asked(monkeypatch):
    def connect(*_args, **_kwargs):
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", connect)
    assert is_breached("qwertyuiop")


@pytest.mark.django_db
def test_who_chooses_one_is_told_why_and_changes_nothing(malee, login):
    told = {"oldpassword": PASSWORD, "password1": "qwertyuiop1", "password2": "qwertyuiop1"}
    answer = login(malee).post("/accounts/password/change/", told)
    assert "ถูกขโมย" in answer.content.decode()
    assert Member.objects.get(pk=malee.pk).check_password(PASSWORD)
