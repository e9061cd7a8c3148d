"""What deploy/ ships: it fits the code, the settings and docs/operations.md. tests/drills/ tries it on a Debian of its own."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.drills.recipe import OPERATIONS, commands

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
NGINX = (DEPLOY / "nginx/roypalang.conf").read_text()
UNITS = {path.name: path.read_text() for path in sorted((DEPLOY / "systemd").iterdir())}
SCRIPTS = sorted(DEPLOY.glob("*.sh"))
PAGES = sorted((DEPLOY / "nginx/errors").iterdir())
SETTINGS = re.findall(r"^([A-Z_]+)=", (DEPLOY / "roypalang.env").read_text(), re.M)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_plain_shell_and_may_be_started(script):
    subprocess.run(["sh", "-n", script], check=True)  # noqa: S603, S607
    assert script.stat().st_mode & 0o111
    assert "set -eu\n" in script.read_text()


@pytest.mark.parametrize("name", ["roypalang.service", "roypalang-deliver.service"])
def test_a_service_is_no_root_and_writes_to_its_own_folder_only(name):
    unit = UNITS[name]
    for line in ("User=roypalang", "ProtectSystem=strict", "StateDirectory=roypalang"):
        assert f"\n{line}\n" in unit
    assert "EnvironmentFile=/etc/roypalang.env" in unit
    assert "\nRestart=always\n" in unit


def test_what_takes_over_in_an_update_is_the_same_unit_at_the_same_door(tmp_path):
    script = (DEPLOY / "upgrade.sh").read_text()
    beside = re.search(r"^beside\(\) \{.*?^\}", script, re.M | re.S)
    assert beside
    act = beside[0].replace("/run/systemd/system/", f"{tmp_path}/")
    told = f'systemctl() {{ echo "$*"; }}\n{act}\nbeside "{DEPLOY.parent}"'
    done = subprocess.run(["sh", "-euc", told], check=True, capture_output=True, text=True)  # noqa: S603, S607
    assert done.stdout.splitlines() == ["daemon-reload", "start roypalang-beside.service"]
    made = (tmp_path / "roypalang-beside.service").read_text()
    ours = UNITS["roypalang.service"].partition("\n[Install]")[0].splitlines()
    changed = [line for line in made.rstrip().splitlines() if line not in ours]
    assert [line.partition("=")[0] for line in changed] == ["Description", "Sockets", "Restart"]
    assert changed[1:] == ["Sockets=roypalang.socket", "Restart=no"]


@pytest.mark.parametrize("name", [name for name, unit in UNITS.items() if "ExecStart=" in unit])
def test_what_a_unit_starts_is_there(name):
    started = re.search(r"^ExecStart=/srv/roypalang/current/(\S+)(.*)$", UNITS[name], re.M)
    assert started
    ours = [started[1], *started[2].split()]
    files = [word for word in ours if re.search(r"\.(py|sh)$", word)]
    assert files
    for file in files:
        assert (DEPLOY.parent / file).is_file()


def test_every_setting_of_the_sample_is_explained():
    table = OPERATIONS.read_text()
    unexplained = [name for name in SETTINGS if f"`{name}`" not in table]
    assert not unexplained


def test_the_sample_holds_no_secret():
    sample = (DEPLOY / "roypalang.env").read_text()
    for name in ("SECRET_KEY", "SMTP_USER", "SMTP_PASSWORD"):
        assert f"\n{name}=\n" in sample


@pytest.mark.parametrize(
    ("address", "logged"),
    [
        ("/join/YtBgt8j8Kws_5PIZlepmUg/", "/join/…"),
        ("/calendar/abc123.ics", "/calendar/…"),
        ("/accounts/confirm-email/MQ:1abc:x-y_z/", "/accounts/confirm-email/…"),
        ("/accounts/password/reset/key/1-abc-def/", "/accounts/password/reset/key/…"),
        ("/accounts/2fa/lost/stop/abc/", "/accounts/2fa/lost/stop/…"),
        ("/mail/stop/12-told.abc/", "/mail/stop/…"),
        ("/t/27/คลอง/", "/t/27/คลอง/"),
        ("/n/คนรักคลอง/join/", "/n/คนรักคลอง/join/"),
        ("/accounts/confirm-email/", "/accounts/confirm-email/"),
    ],
)
def test_a_key_in_an_address_is_not_in_nginx_log(address, logged):
    rule = re.search(r'"~(\S+)" "\$\{door\}…";', NGINX)
    assert rule
    found = re.search(rule[1].replace("(?<", "(?P<"), address)
    assert (f"{found['door']}…" if found else address) == logged


def test_nginx_logs_neither_what_was_searched_for_nor_where_one_came_from():
    written = re.search(r"log_format quiet [^;]*;", NGINX)
    assert written
    assert not re.search(r"\$(request|request_uri|args|http_referer|uri)\b", written[0])
    assert "escape=json" in written[0]  # no line can be forged with %0A
    assert set(re.findall(r"error_log \S+ (\w+);", NGINX)) == {"crit"}


def test_after_a_rotation_nginx_writes_to_the_new_log():
    """By a reload: its workers cannot open what lies in a folder of root's (on USR1 they try to)."""
    rotation = (DEPLOY / "logrotate").read_text()
    assert "systemctl reload nginx.service" in rotation
    assert "--signal=USR1" not in rotation


def test_a_renewed_certificate_is_taken():
    got = next(line for line in commands(OPERATIONS.read_text()) if line.startswith("certbot"))
    assert "--deploy-hook 'systemctl reload nginx'" in got


def test_nginx_tells_off_who_asks_without_a_pause_but_not_for_the_look_of_a_page():
    style = NGINX.split("location ^~ /static/ {")[1].split("}")[0]
    pages = NGINX.rsplit("location / {", 1)[1].split("}")[0]
    assert {"zone=pages", "zone=forms"} <= {
        word for line in pages.splitlines() for word in line.split()
    }
    assert "limit_req" not in style
    assert "error_page 429 /errors/429.html;" in NGINX


def test_as_many_bytes_pass_nginx_as_the_page_says():
    megabytes = re.search(r"client_max_body_size (\d+)m;", NGINX)
    assert megabytes
    assert f"ไม่เกิน {megabytes[1]} เมกะไบต์" in (DEPLOY / "nginx/errors/413.html").read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_of_nginx_stands_alone_and_speaks_thai(page):
    html = page.read_text()
    assert '<html lang="th">' in html
    assert "src=" not in html
    assert "href=" not in html
    assert "url(" not in html
    assert f"/errors/{page.name};" in NGINX


def test_the_recipe_is_read_in_its_order_up_to_the_next_heading():
    text = "# A\n\n    no\n\n## B\n\nWords.\n\n    one\n    two\n\nMore.\n\n    three\n\n### C\n\n    no\n"
    assert commands(text, "## B") == ["one", "two", "three"]


def test_the_recipe_names_what_is_shipped():
    typed = "\n".join(commands(OPERATIONS.read_text()))
    for shipped in re.findall(r"/srv/roypalang/(?:source|current)/(deploy/\S+)", typed):
        assert (DEPLOY.parent / shipped).exists()
    assert "deploy/upgrade.sh" in typed
