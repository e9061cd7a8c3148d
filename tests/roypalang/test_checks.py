"""What is said before the public comes: each thing nobody has set, and a database that cannot hold Thai."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from roypalang import checks
from tests.drills.cluster import free_port
from tests.needs import CHECKOUT
from tests.served import database_url

GIVEN = {
    "SECRET_KEY": "x7-" * 30 + "abcdefghijklmnop",
    "ROYPALANG_ENV": "production",
    "SITE_URL": "https://roypalang.example",
    "ALLOWED_HOSTS": "roypalang.example",
}


def manage(*command: str, **told: str) -> subprocess.CompletedProcess:
    environment = {
        name: value for name, value in os.environ.items() if name not in checks.ASKED_FOR
    }
    # Of this run and its browsers, not of the site.
    for name in ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=CHECKOUT, env=environment | told, capture_output=True, text=True,
    )  # fmt: skip


def test_each_missing_variable_is_named(tmp_path):
    said = manage("check", "--deploy", **GIVEN).stderr
    for name in checks.ASKED_FOR:
        assert f"{name} is not set" in said
    assert "ROYPALANG_ACCEL" in said


def test_with_all_of_them_nothing_is_said(tmp_path):
    told = GIVEN | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1/none",
        "SMTP_HOST": "mail.roypalang.example",
        "MAIL_FROM": "noreply@roypalang.example",
        "TRUSTED_PROXY_COUNT": "1",
        "CONTACT_EMAIL": "contact@roypalang.example",
        "MEDIA_ROOT": str(tmp_path / "media"),
        "ROYPALANG_ACCEL": "/protected-media",
    }
    ran = manage("check", "--deploy", "--fail-level", "INFO", **told)
    assert ran.returncode == 0, ran.stderr


def test_the_samples_mail_server_is_none(monkeypatch):
    monkeypatch.setenv("SMTP_HOST", "smtp.example")
    assert "roypalang.W012" in [each.id for each in checks.deployed()]


@pytest.mark.parametrize("given", ["bounces", "bounces@", "a+b@roypalang.example", "<a@b.example>"])
def test_mails_come_back_to_a_plain_address_only(given, settings):
    settings.BOUNCE_ADDRESS = given
    assert "roypalang.W013" in [each.id for each in checks.deployed()]


@pytest.mark.parametrize("given", ["", "bounces@roypalang.example"])
def test_a_plain_address_or_none_is_taken(given, settings):
    settings.BOUNCE_ADDRESS = given
    assert "roypalang.W013" not in [each.id for each in checks.deployed()]


def test_a_bucket_that_does_not_answer_is_an_error_and_its_key_is_not_said(settings, monkeypatch):
    pytest.importorskip("obstore")
    monkeypatch.delenv("MEDIA_ROOT", raising=False)
    settings.MEDIA_BUCKET = f"http://key:secret@127.0.0.1:{free_port()}/pictures"
    found = {each.id: each.msg for each in checks.deployed()}
    assert found["roypalang.E002"].startswith("No picture can be kept: ")
    assert "secret" not in found["roypalang.E002"]
    assert not [so for so in found.values() if so.startswith("MEDIA_ROOT")]


def test_a_place_for_pictures_that_is_none_is_an_error(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert "roypalang.E002" in [each.id for each in checks.deployed()]


@pytest.mark.django_db
def test_our_own_database_is_taken():
    assert checks.readable(databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("how", "returned", "words"),
    [
        ("ENCODING 'SQL_ASCII'", 1, "which cannot hold Thai"),
        ("ENCODING 'UTF8'", 0, "LC_CTYPE is C"),
    ],
)
def test_migrate_asks_first_whether_it_can_hold_thai(how, returned, words):
    name = f"{connection.settings_dict['NAME']}_letters"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(
            f"CREATE DATABASE \"{name}\" {how} LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'"
            " TEMPLATE template0"
        )
        try:
            # The tables of one small app: what is asked first is asked for all.
            told = {"DATABASE_URL": database_url(name), "DJANGO_SETTINGS_MODULE": "tests.settings"}
            ran = manage("migrate", "contenttypes", **told)
        finally:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    assert ran.returncode == returned, ran.stderr
    assert words in ran.stderr
    assert (
        f"createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 --owner=… {name}"
        in ran.stderr
    )
