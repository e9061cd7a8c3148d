"""The forums that are compared: fetched, filled with the same texts, and served by one process of gunicorn each."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from roypalang.embedded_postgres.server import USER, Server
from tests.benchmarks.peers import texts
from tests.drills.loopback import CHECKOUT, free_port
from tests.drills.people import Form, Person

HERE = Path(__file__).resolve().parent
MEMBERS = 24  # sign in everywhere, and reply in turns: no forum's pace is met
SEED = "--posts 20000 --members 400 --long-topic 50"


@dataclass
class Site:
    """One forum. `told` is the environment of all its processes; `said` what filling it answered: addresses, cookies."""

    name: str
    application: str
    python: str
    folder: Path
    told: dict[str, str]
    database: str
    process: subprocess.Popen[bytes] | None = None
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "said.json").read_text()))

    @property
    def is_filled(self) -> bool:
        return (self.folder / "said.json").exists()

    def visitor(self) -> Person:
        return Person(self.url)

    def member(self, number: int) -> Person:
        return Person(self.url, cookies=self.said["cookies"][number])

    def run(self, *command: str, typed: str = "") -> str:
        """What a program of it printed. Raises OSError with its last words."""
        done = subprocess.run(
            [self.python, *command], input=typed, env=self.told, cwd=CHECKOUT, text=True, capture_output=True
        )  # fmt: skip
        if done.returncode:
            raise OSError(f"{self.name}, {' '.join(command)}: {done.stderr[-3000:]}")
        return done.stdout

    def serve(self) -> None:
        """One process, one thread: what it costs is then what one request costs."""
        command = ["-m", "gunicorn", "--timeout", "600", "--bind", f"127.0.0.1:{self.port}"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.python, *command, self.application],
                env=self.told,
                cwd=CHECKOUT,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + 300
        while time.monotonic() < end:
            try:
                if self.visitor().get("/").status == 200:
                    return
            except OSError:
                time.sleep(0.2)
        raise TimeoutError(f"{self.name} does not answer: {self.folder / 'log'} says why.")

    def close(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=40)

    def processes(self) -> list[int]:
        """Those that answer."""
        assert self.process
        pid = self.process.pid
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def form(self, person: Person) -> Form:
        """What a reply to its topic is sent with."""
        page, said = person.get(self.said["topic"]), self.said
        if "reply" in said:  # sent by its scripts
            return Form(said["reply"], {"csrfmiddlewaretoken": person.cookies["csrftoken"]})
        return page.form(self.field)

    @property
    def field(self) -> str:
        return {"Misago": "post", "Spirit": "comment"}.get(self.name, "body")


@dataclass
class Peer:
    """What is fetched from the registry, for which Python."""

    name: str
    packages: tuple[str, ...]
    python: str
    application: str
    settings: str
    project: str = ""  # where its packages have what a new site is made from

    def fetched(self, place: Path, server: Server) -> Site:
        """Installed where it is not yet, with an empty database unless it is filled."""
        folder = place / self.name.lower()
        python = folder / "env/bin/python"
        wanted = " ".join(self.packages)
        if not (folder / "fetched").exists() or (folder / "fetched").read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            print(f"Fetching {wanted}", flush=True)
            uv("venv", "--quiet", "--no-project", "--python", self.python, str(folder / "env"))
            uv("pip", "install", "--quiet", "--python", str(python), "gunicorn", *self.packages)
            if self.project:
                template = next(folder.glob(f"env/lib/python*/site-packages/{self.project}"))
                make = ["-m", "django", "startproject", "--template", str(template)]
                subprocess.run(
                    [str(python), *make, f"{self.name.lower()}_project", str(folder)], check=True
                )
            (folder / "fetched").write_text(wanted)
        told = _plain() | {
            "PYTHONPATH": f"{HERE}:{folder}",
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PEER_FOLDER": str(folder),
            "PEER_SOCKETS": str(server.socket_directory),
            "PEER_DATABASE": self.name.lower(),
            "PEER_USER": USER,
        }
        return Site(self.name, self.application, str(python), folder, told, self.name.lower())


PEERS = (
    Peer("Misago", ("misago==0.39.6",), "3.12", "devproject.wsgi", "misago_settings"),
    Peer(
        "Spirit", ("django-spirit==0.14.3", "psycopg2-binary"), "3.13", "spirit_project.wsgi", "spirit_settings",
        project="spirit/extra/project_template",
    ),
)  # fmt: skip


def ours(place: Path, server: Server, *, kept: bool) -> Site:
    """This checkout with the settings of our own benchmark; `kept`: visitors' pages as they are kept, as in earnest."""
    folder = place / "ours"
    folder.mkdir(exist_ok=True)
    told = _plain() | {
        "DATABASE_URL": _named(server, "ours"),
        "BENCHMARK_DATABASE": "ours",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "ROYPALANG_VAR": str(folder),
        "KEPT_PAGES": "1" if kept else "",
    }
    name = "roypalang, kept" if kept else "roypalang"
    return Site(name, "roypalang.wsgi", sys.executable, folder, told, "ours")


def fill_ours(site: Site, server: Server) -> None:
    """Made-up posts, the same each time, and with them a file for the others."""
    make_database(server, site.database)
    site.run("manage.py", "migrate", "--verbosity", "0")
    site.run("manage.py", "createcachetable")
    site.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    site.run("manage.py", "seed_load", *SEED.split())
    told = f"PLACE = {str(site.folder / 'texts')!r}\n{texts.WRITTEN}\n"
    site.run("manage.py", "shell", "--command", told)
    answer = site.run("manage.py", "shell", "--command", f"COUNT = {MEMBERS}\n{texts.OURS}")
    (site.folder / "said.json").write_text(answer.split("SAID ")[1].splitlines()[0])


def fill(site: Site, written: Path, server: Server) -> None:
    """Another forum, with what ours wrote."""
    make_database(server, site.database)
    script = HERE / f"fill_{site.name.lower()}.py"
    said = site.folder / "said.json"
    site.run(str(script), str(written), str(MEMBERS), str(said.with_suffix(".new")))
    analyse(server, site.database)
    said.with_suffix(".new").rename(said)


def make_database(server: Server, name: str) -> None:
    """Empty, whatever was there."""
    with psycopg.connect(server.url, autocommit=True) as talk:
        talk.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        talk.execute(f'CREATE DATABASE "{name}"')


def analyse(server: Server, name: str) -> None:
    with psycopg.connect(_named(server, name), autocommit=True) as talk:
        talk.execute("VACUUM (ANALYZE)")


def _named(server: Server, name: str) -> str:
    return server.url.replace("@/roypalang?", f"@/{name}?")


def _plain() -> dict[str, str]:
    """The environment without what says which site this is."""
    ours = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "ROYPALANG_", "PYTHONPATH", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def uv(*command: str) -> None:
    """The one that made our own environment."""
    program = shutil.which("uv") or str(CHECKOUT / ".tools/bin/uv")
    # Other versions of Python, where pyenv has them; else uv fetches one.
    told = os.environ | {"UV_SYSTEM_CERTS": "1", "PYENV_VERSION": "3.12:3.13"}
    subprocess.run([program, *command], check=True, env=told)
