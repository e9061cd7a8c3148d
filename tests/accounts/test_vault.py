"""A key that was turned over locks nobody out; one that was lost is said in words that lead on."""

import os
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import enrol, still  # noqa: F401
from tests.codes import code_now
from tests.needs import CHECKOUT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def secret(malee, sure, still) -> str:  # noqa: F811
    """Of Malee's app, which asks for its codes from now on."""
    found = enrol(sure(malee))
    still(31)
    return found


def second_step(code: str):
    """What is answered to a code after the right password; and the browser."""
    client = Client(raise_request_exception=False)
    client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    return client.post("/accounts/2fa/authenticate/", {"code": code}), client


def recovery_code(member) -> str:
    codes = Authenticator.objects.get(user=member, type=Authenticator.Type.RECOVERY_CODES)
    return codes.wrap().get_unused_codes()[0]


def test_a_turned_key_works_as_long_as_it_is_a_fallback(secret, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["tests"]
    answer, client = second_step(code_now(secret))
    assert answer.status_code == 302
    assert client.get("/settings/").status_code == 200


def test_who_is_signed_in_stays_so_under_a_turned_key(malee, login, settings):
    client = login(malee)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["tests"]
    assert client.get("/settings/").status_code == 200


@pytest.mark.parametrize("kind", ["app", "recovery", "wrong"])
def test_a_lost_key_is_said_with_the_way_back(malee, secret, settings, kind):
    code = {"app": code_now(secret), "recovery": recovery_code(malee), "wrong": "000000"}[kind]
    settings.SECRET_KEY = "another"
    answer, client = second_step(code)
    assert answer.status_code == 409
    assert "ไม่ใช่ความผิดของท่าน" in answer.text
    assert 'href="/accounts/2fa/lost/"' in answer.text
    assert client.get("/accounts/2fa/lost/").status_code == 200
    assert client.get("/settings/").status_code == 302  # not in


def test_codes_made_under_the_new_key_work_beside_an_app_that_cannot_be_read(
    malee, secret, settings
):
    settings.SECRET_KEY = "another"
    Authenticator.objects.filter(user=malee, type=Authenticator.Type.RECOVERY_CODES).delete()
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    RecoveryCodes.activate(malee)
    answer, client = second_step(recovery_code(malee))
    assert answer.status_code == 302
    assert client.get("/settings/").status_code == 200


def test_who_is_in_is_led_to_set_it_up_anew(malee, sure, settings, still):  # noqa: F811
    client = sure(malee)
    enrol(client)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    Authenticator.objects.filter(user=malee, type="recovery_codes").update(
        data={"seed": "gAAAAABunreadable", "used_mask": 0}
    )
    settings.SECRET_KEY = "tests"
    client.raise_request_exception = False
    answer = client.get("/accounts/2fa/recovery-codes/")
    assert answer.status_code == 409
    assert 'href="/accounts/2fa/"' in answer.text
    assert client.get("/accounts/2fa/").status_code == 200


def test_rekey_lets_the_old_key_go(malee, secret, settings, capsys):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", ["tests"]
    call_command("rekey")
    settings.SECRET_KEY_FALLBACKS = []
    assert second_step(code_now(secret))[0].status_code == 302
    settings.SECRET_KEY = "another"
    with pytest.raises(CommandError, match="2 could not be read"):
        call_command("rekey")


def test_the_environment_names_them():
    told = {"SECRET_KEY_FALLBACKS": "one, two three", "SECRET_KEY": "x"}
    program = "from roypalang import settings; print(settings.SECRET_KEY_FALLBACKS)"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=CHECKOUT, env=os.environ | told, capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout.strip() == "['one', 'two', 'three']", ran.stderr
