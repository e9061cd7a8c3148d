"""What the environment says becomes settings; what it must not say is refused."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from roypalang import environment
from tests.needs import CHECKOUT


@pytest.mark.parametrize(
    ("told", "port", "starttls", "tls"),
    [
        ({}, 587, True, False),
        ({"SMTP_TLS": "ssl"}, 465, False, True),
        ({"SMTP_TLS": "0", "SMTP_PORT": "25"}, 25, False, False),
        ({"SMTP_TLS": "ssl", "SMTP_PORT": "4465"}, 4465, False, True),
    ],
)
def test_how_mail_is_sent(monkeypatch, told, port, starttls, tls):
    for name in ("SMTP_TLS", "SMTP_PORT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"SMTP_HOST": "mail.example", **told}.items():
        monkeypatch.setenv(name, value)
    options = environment.mailers()["default"]["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, starttls, tls)


def test_a_way_nobody_knows_is_refused(monkeypatch):
    monkeypatch.setenv("SMTP_HOST", "mail.example")
    monkeypatch.setenv("SMTP_TLS", "yes")
    with pytest.raises(ImproperlyConfigured, match="0, 1 or ssl"):
        environment.mailers()


def test_without_a_mail_server_there_is_a_file_a_mail(monkeypatch):
    monkeypatch.delenv("SMTP_HOST", raising=False)
    assert "filebased" in environment.mailers()["default"]["BACKEND"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({}, "31536000 False False"),
        ({"HSTS_SECONDS": "300"}, "300 False False"),
        ({"HSTS_SUBDOMAINS": "1", "HSTS_PRELOAD": "1"}, "31536000 True True"),
    ],
)
def test_https_binds_other_names_only_where_somebody_says_so(told, said):
    program = """
from roypalang import settings as s
print(s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD)"""
    given = {"ROYPALANG_ENV": "production", "SECRET_KEY": "x", "SITE_URL": "https://x.example"}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=CHECKOUT, env=os.environ | given | {"ALLOWED_HOSTS": "x"} | told,
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.stdout.strip() == said, ran.stderr


def test_keys_of_providers_are_taken_whole_or_not_at_all(monkeypatch):
    for name in ("LINE", "GOOGLE", "FACEBOOK"):
        for what in ("ID", "SECRET"):
            monkeypatch.delenv(f"{name}_CLIENT_{what}", raising=False)
    assert environment.providers() == {}
    monkeypatch.setenv("LINE_CLIENT_ID", "1")
    with pytest.raises(ImproperlyConfigured, match="LINE_CLIENT_SECRET is not"):
        environment.providers()
    monkeypatch.setenv("LINE_CLIENT_SECRET", "  two ")
    assert environment.providers() == {"line": {"APP": {"client_id": "1", "secret": "two"}}}
    monkeypatch.delenv("LINE_CLIENT_ID")
    with pytest.raises(ImproperlyConfigured, match="LINE_CLIENT_SECRET is set and LINE_CLIENT_ID"):
        environment.providers()


def test_the_key_to_push_with_is_made_once_and_given_in_production(monkeypatch, tmp_path):
    monkeypatch.delenv("VAPID_PRIVATE_KEY", raising=False)
    monkeypatch.setattr(environment, "VAR_DIR", tmp_path / "var")
    made = environment.vapid_key()
    assert environment.vapid_key() == made == (tmp_path / "var/vapid_key").read_text()
    assert (tmp_path / "var/vapid_key").stat().st_mode & 0o77 == 0
    monkeypatch.setattr(environment, "PRODUCTION", True)
    assert environment.vapid_key() == ""
    monkeypatch.setenv("VAPID_PRIVATE_KEY", f" {made}= ")
    assert environment.vapid_key() == made


@pytest.mark.parametrize("key", ["x", "A" * 43, "_" * 43, "ก" * 43, "A" * 86])
def test_a_key_to_push_with_that_is_none_is_refused(monkeypatch, key):
    monkeypatch.setenv("VAPID_PRIVATE_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="VAPID_PRIVATE_KEY"):
        environment.vapid_key()


@pytest.mark.parametrize("token", ["short", "x" * 19, "ก" * 30])
def test_a_token_that_could_be_guessed_or_not_be_sent_is_refused(monkeypatch, token):
    monkeypatch.setenv("METRICS_TOKEN", token)
    with pytest.raises(ImproperlyConfigured, match="20 letters"):
        environment.metrics_token()


def test_a_token_is_taken_without_the_spaces_around_it(monkeypatch):
    monkeypatch.setenv("METRICS_TOKEN", f" {'x' * 20}\n")
    assert environment.metrics_token() == "x" * 20
    monkeypatch.delenv("METRICS_TOKEN")
    assert environment.metrics_token() == ""


@pytest.mark.parametrize(
    ("started", "role"),
    [
        (["/srv/x/.venv/bin/gunicorn", "--config", "x.py"], "web"),
        (["/x/gunicorn/__main__.py"], "web"),
        (["manage.py", "deliver", "--forever"], "deliver"),
        (["/srv/manage.py"], "manage.py"),
        ([""], ""),
    ],
)
def test_what_a_process_is_stands_in_how_it_was_started(monkeypatch, started, role):
    monkeypatch.setattr(sys, "argv", started)
    assert environment.role() == role
