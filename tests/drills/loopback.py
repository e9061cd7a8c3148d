"""The site as it is served, on ports of this machine: a PostgreSQL of its own, gunicorn, the letters, nginx before them.

Where `debian.py` is a whole machine with systemd on it, this is the same processes without one: whoever kills one starts
it again, as systemd would. All of it lies in one folder, and is gone afterwards.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from roypalang.embedded_postgres.server import Server
from tests.drills import nginx
from tests.drills.community import PEOPLE, People
from tests.drills.mail import Relay
from tests.drills.people import Person

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAMS = {"nginx": "nginx", "openssl": "openssl"}
CONFIG = ("--config", "roypalang/gunicorn.py")
STARTS_WITHIN = 300.0  # seconds, on a machine that is busy with other things
# Python's own words after the number of a socket, which it finds where systemd would have put it.
AT_THE_DOOR = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""


class Loopback:
    """The site, from `start` to `close`. `code` is where it is served from: a link, where it is to be changed."""

    def __init__(self, folder: Path, *, behind_nginx: bool = True, code: Path = CHECKOUT) -> None:
        self.folder, self.code, self.behind_nginx = folder, code, behind_nginx
        self.media = folder / "media"
        self.media.mkdir(mode=0o755)
        self.relay = Relay()
        self.database = Server(folder / "postgres")
        self.port, plain_port, site_port = (free_port() for _each in range(3))
        self._ports = {"port": self.port, "plain_port": plain_port, "site_port": site_port}
        self.told = os.environ | {
            "DATABASE_URL": self.database.url,
            "DJANGO_SETTINGS_MODULE": "roypalang.settings",
            "ROYPALANG_VAR": str(folder / "var"),
            "MEDIA_ROOT": str(self.media),
            "SECRET_KEY": secrets.token_urlsafe(64),
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.relay.port),
            "SMTP_TLS": "0",
            "MAIL_FROM": f"noreply@{nginx.NAME}",
            "CONTACT_EMAIL": f"contact@{nginx.NAME}",
        }
        # Compiled code is kept, as where the site is installed: else each process compiles all of it as it starts.
        self.told.pop("PYTHONDONTWRITEBYTECODE", None)
        self.told.setdefault("PYTHONPYCACHEPREFIX", str(CHECKOUT / ".venv/bytecode"))
        if behind_nginx:
            self.site = f"https://{nginx.NAME}:{self.port}"
            self.told |= {
                "ROYPALANG_ENV": "production",
                "ALLOWED_HOSTS": nginx.NAME,
                "TRUSTED_PROXY_COUNT": "1",
                "ROYPALANG_ACCEL": "/protected-media",
            }
        else:
            self.site = f"http://127.0.0.1:{site_port}"
        self.told["SITE_URL"] = self.site
        self._log = (folder / "log").open("ab")
        self._door = socket.create_server(("127.0.0.1", site_port), backlog=512)
        self.web: subprocess.Popen[bytes] | None = None
        self.deliver: subprocess.Popen[bytes] | None = None
        self.nginx: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Loopback":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # -- Starting and ending ---------------------------------------------------------------------

    def start(self, *, like: str = "") -> None:
        """From an empty database, or one that is `like` another, to a site that answers."""
        self.start_database()
        if like:
            self._copy(like)
        else:
            self.manage("migrate", "--verbosity", "0")
        self.manage("createcachetable")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.start_web()
        if self.behind_nginx:
            self.nginx = nginx.start(self.folder, **self._ports)
        self.until_it_answers()

    def _copy(self, like: str) -> None:
        """The tables of another database and their rows."""
        read = ["pg_dump", "--no-owner", "--no-privileges", like]
        with subprocess.Popen(_ours(read), stdout=subprocess.PIPE) as reading:  # noqa: S603
            write = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, self.database.url]
            subprocess.run(_ours(write), stdin=reading.stdout, check=True)  # noqa: S603

    def close(self) -> None:
        """End all of it."""
        for process in (self.nginx, self.deliver, self.web):
            if process and process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=40)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
        self.relay.close()
        self._door.close()
        self._log.close()
        self.database.stop()

    # -- What is started, killed and started again -----------------------------------------------

    def start_database(self) -> None:
        """Start it, or wait until it answers."""
        self.database.ensure()

    def kill_database(self) -> None:
        """As the kernel does when there is no memory left."""
        pid = self.database.pid()
        assert pid, "no PostgreSQL to kill"
        os.kill(pid, signal.SIGKILL)

    def start_web(self) -> None:
        """Gunicorn as systemd starts it: at a door that is held open, and there when it says so."""
        door = str(self._door.fileno())
        command = [sys.executable, "-c", AT_THE_DOOR, door, "-m", "gunicorn", *CONFIG]
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.bind(notify := str(self.folder / f"notify-{time.monotonic_ns()}"))
            systemd.settimeout(STARTS_WITHIN)
            self.web = self._started(command, self._door.fileno(), NOTIFY_SOCKET=notify)
            assert systemd.recv(100).startswith(b"READY=1")

    def load_anew(self) -> None:
        """As upgrade.sh does: a second gunicorn beside the first, which ends what it has begun once the other is there."""
        old = self.web
        assert old
        try:
            self.start_web()
        finally:
            old.terminate()
            old.wait(timeout=60)

    def new_processes(self) -> None:
        """Of the same code, by HUP."""
        assert self.web
        self.web.send_signal(signal.SIGHUP)

    def web_processes(self) -> list[int]:
        """Those that answer."""
        assert self.web
        found = Path(f"/proc/{self.web.pid}/task/{self.web.pid}/children").read_text().split()
        return [int(pid) for pid in found]

    def served_from(self) -> str:
        """The folder whose code answers."""
        (folder,) = {str(Path(f"/proc/{pid}/cwd").resolve()) for pid in self.web_processes()}
        return folder

    def sizes(self) -> dict[int, float]:
        """Megabytes of each of them, and of what sends the letters."""
        ours = self.web_processes() + ([self.deliver.pid] if self.deliver else [])
        found = {}
        for pid in ours:
            status = Path(f"/proc/{pid}/status").read_text()
            found[pid] = int(status.split("VmRSS:")[1].split()[0]) / 1024
        return found

    def kill_web_process(self) -> None:
        """One of them, the oldest."""
        os.kill(self.web_processes()[0], signal.SIGKILL)

    def start_deliver(self) -> None:
        """What sends the letters."""
        self.deliver = self._started([sys.executable, "manage.py", "deliver", "--forever"])

    def kill_deliver(self) -> None:
        """Whatever it is doing."""
        assert self.deliver
        self.deliver.kill()
        self.deliver.wait()

    def _started(self, command: list[str], *doors: int, **told: str) -> subprocess.Popen[bytes]:
        # gunicorn goes by PWD, and so through a link.
        told = self.told | {"PWD": str(self.code)} | told
        return subprocess.Popen(  # noqa: S603
            command, cwd=self.code, env=told, stdout=self._log, stderr=self._log, pass_fds=doors
        )

    # -- Asking it -------------------------------------------------------------------------------

    def until_it_answers(self, patience: float = 60) -> None:
        """Raises TimeoutError."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            try:
                if Person(self.site).get("/readyz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise TimeoutError(f"The site does not answer: {self.log()[-4000:]}")

    def manage(self, *command: str, typed: str = "", code: Path | None = None) -> str:
        """What a command of manage.py printed."""
        done = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", *command],
            input=typed,
            env=self.told,
            cwd=code or self.code,
            text=True,
            capture_output=True,
        )
        if done.returncode:
            raise OSError(f"manage.py {' '.join(command)}: {done.stderr[-4000:]}")
        return done.stdout

    def typed(self, code: str) -> dict[str, object]:
        """What somebody at `manage.py shell` was told, who typed one of community.py's."""
        printed = self.manage("shell", typed=code)
        return dict(json.loads(printed.split("SAID ")[1].splitlines()[0]))

    def people(self, count: int) -> People:
        """So many, with open sessions."""
        return People(**self.typed(PEOPLE.format(count=count)))  # type: ignore[arg-type]

    def sql(self, statement: str) -> str:
        """What the database answers, a row a line."""
        with psycopg.connect(self.database.url, autocommit=True) as talk:
            answer = talk.execute(statement)
            rows = answer.fetchall() if answer.description else []
        return "\n".join("|".join(map(str, row)) for row in rows)

    def log(self) -> str:
        """What gunicorn and the letters said."""
        return (self.folder / "log").read_text(errors="replace")


def missing() -> str:
    """What is to be installed first, as a sentence; '' where nothing is."""
    packages = sorted({PROGRAMS[name] for name in PROGRAMS if not shutil.which(name)})
    return f"Missing here: apt install {' '.join(packages)}" if packages else ""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ours(command: list[str]) -> list[str]:
    from roypalang.embedded_postgres.programs import where_is

    return [where_is(command[0]) or command[0], *command[1:]]
