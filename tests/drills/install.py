"""`python -m tests.drills.install`: from an empty Debian to the first member, by docs/operations.md, word for word.

As root, on a machine with debootstrap and systemd-container, whose ports 80, 443 and 8000 are free. What cannot be as on
the net is said in LOOPBACK: who signs the certificate, where the code comes from, and the mail relay. The version put into service
is the last commit of this checkout.
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.drills.debian import Debian
from tests.drills.mail import Relay
from tests.drills.people import Answer, Person
from tests.drills.recipe import OPERATIONS, commands

CHECKOUT = Path(__file__).resolve().parents[2]
SITE = "https://roypalang.example"
PASSWORD = "มะม่วงสุกใต้ต้น 7 ลูก"  # noqa: S105
FOLDER = "/etc/letsencrypt/live/roypalang.example"
CERTIFICATE = (
    f"mkdir -p {FOLDER} && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=roypalang.example"
    f" -addext subjectAltName=DNS:roypalang.example -keyout {FOLDER}/privkey.pem -out {FOLDER}/fullchain.pem"
    f" && cp {FOLDER}/fullchain.pem /usr/local/share/ca-certificates/own.crt && update-ca-certificates"
)
QUICKEST = 3  # seconds from opening the page to signing up (accounts/forms.py)
# What somebody types when she is asked.
ASKED = {"createsuperuser": ["ผู้ดูแล", "admin@example.org", PASSWORD, PASSWORD]}


class Site:
    """The machine with the site on it, and its relay."""

    def __init__(self, base: Path, trusted: Path | None = None) -> None:
        self.relay = Relay()
        self.machine = Debian(base, trusted)
        code = self.machine.root.parent / "code.git"
        subprocess.run(  # noqa: S603
            ["git", "clone", "--quiet", "--bare", CHECKOUT, code],  # noqa: S607
            check=True,
        )
        head = _git(CHECKOUT, "rev-parse", "HEAD")
        for name in ("refs/heads/main", "refs/tags/drill-2"):
            _git(code, "update-ref", name, head)
        _git(code, "symbolic-ref", "HEAD", "refs/heads/main")
        self.machine.start({code: "/mnt/code.git"})
        self._on_loopback()

    def _on_loopback(self) -> None:
        self.machine.run("echo '127.0.0.1 localhost roypalang.example' > /etc/hosts")
        self.machine.run(
            'printf \'[url "/mnt/code.git"]\\n insteadOf = https://git.example/roypalang.git\\n'
            "[safe]\\n directory = *\\n' > /etc/gitconfig"
        )

    def typed(self, line: str) -> list[tuple[str, str]]:
        """Type one line of the recipe; each command that was run, and what it printed."""
        if line.startswith("certbot"):
            return [(CERTIFICATE, self.machine.run(CERTIFICATE))]
        done = [(line, self.machine.run(f"cd {self.folder}; {line}", typed=self._answers(line)))]
        if line.startswith("sed") and "SECRET_KEY" in line:
            relay = (
                "sed -i 's/^SMTP_HOST=.*/SMTP_HOST=127.0.0.1/; s/^SMTP_PORT=.*/SMTP_PORT="
                f"{self.relay.port}/; s/^SMTP_TLS=.*/SMTP_TLS=0/' /etc/roypalang.env"
            )
            done.append((relay, self.machine.run(relay)))
        return done

    folder = "/var/tmp"  # noqa: S108

    def _answers(self, line: str) -> list[str]:
        return next((lines for word, lines in ASKED.items() if word in line), [])

    def close(self) -> None:
        """Take all of it away."""
        self.relay.close()
        self.machine.stop()


def first_member(relay: Relay) -> Answer:
    """Somebody signs up and follows the letter's link: the page she comes to."""
    who = Person(SITE)
    page = who.get("/accounts/signup/")
    time.sleep(QUICKEST + 1)  # whoever is quicker is taken for a machine
    sent = who.send(
        page,
        page.form("email", "username"),
        email="malee@example.org",
        username="มาลี",
        password1=PASSWORD,
        consent="on",
        age="on",
    )
    assert sent.status == 302, (sent.status, sent.text[:2000])
    link = relay.link_to("malee@example.org", "confirm-email")
    page = who.get(link)
    led = who.send(page, page.forms()[0])
    assert led.status == 302, (led.status, led.text[:2000])
    return who.get(led.location)


def main() -> None:
    """Type the recipe; print each line with the time it took."""
    options = arguments(__doc__ or "").parse_args()
    site = Site(options.base, options.trusted)
    try:
        install(site)
        if options.stay:
            print(f"It runs at {SITE} (127.0.0.1), mail at port {site.relay.port}. Enter ends it.")
            sys.stdin.readline()
    finally:
        site.close()


def install(site: Site) -> None:
    """From the empty machine to the first member. Raises Failed, AssertionError."""
    began = time.monotonic()
    steps = 0
    for line in commands(OPERATIONS.read_text()):
        if line.startswith("cd "):
            site.folder = line.removeprefix("cd ")
            continue
        start = time.monotonic()
        for command, _printed in site.typed(line):
            steps += 1
            print(f"{time.monotonic() - start:6.1f} s  {command[:150]}", flush=True)
    page = first_member(site.relay)
    assert page.status == 200, (page.status, page.address)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.S)
    print(f"The first member is on {page.address}: {heading[1].strip() if heading else ''}")
    print(f"{steps} commands, {time.monotonic() - began:.0f} s")


def arguments(about: str) -> argparse.ArgumentParser:
    """What every drill may be told."""
    parser = argparse.ArgumentParser(description=about.partition("\n")[0])
    kept = Path("/var/tmp/roypalang-debian")  # noqa: S108
    parser.add_argument("--base", type=Path, default=kept, help="where an empty Debian is kept")
    parser.add_argument("--trusted", type=Path, help="a file of certificates to trust as well")
    parser.add_argument(
        "--stay", action="store_true", help="leave it running until Enter is pressed"
    )
    return parser


def _git(where: Path, *words: str) -> str:
    return subprocess.run(  # noqa: S603
        ["git", *words],  # noqa: S607
        cwd=where,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


if __name__ == "__main__":
    main()
