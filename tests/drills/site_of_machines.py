"""A site as it stands on several machines, on ports of this one: each host has a folder of its own, as if it were alone.

PostgreSQL with two replicas, PgBouncer before it for one of the two hosts of gunicorn (the other finds the server that may
be written to by itself), Redis, nginx before both, two workers, a relay for mail, object storage for pictures.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

from tests.drills.cluster import USER, PostgresCluster, free_port, until
from tests.drills.mail import Relay
from tests.drills.object_storage import BUCKET, ObjectStorage
from tests.drills.redis_server import RedisServer

CHECKOUT = Path(__file__).resolve().parents[2]
# What is not of the checkout: command and package of Debian.
NEEDED = {
    "nginx": "nginx-light",
    "openssl": "openssl",
    "pgbouncer": "pgbouncer",
    "redis-server": "redis-server",
}
TOKEN = "a-token-of-whoever-keeps-the-machines"
# Before version 1.21 PgBouncer forgets which connection has which prepared statement, and takes no `options`: so each client
# keeps its connection, and what the site says in `options` is said of the role (docs/operations.md).
_ROLE = f"""
CREATE ROLE web LOGIN IN ROLE {USER};
ALTER ROLE web SET role = {USER};
ALTER ROLE web SET plan_cache_mode = force_generic_plan;
ALTER ROLE web SET statement_timeout = '10s';
ALTER ROLE web SET lock_timeout = '5s';
ALTER ROLE web SET idle_in_transaction_session_timeout = '30s';
"""
_BOUNCER = """
[databases]
{user} = host=127.0.0.1 port={to} user=web
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = session
default_pool_size = 40
ignore_startup_parameters = options
server_connect_timeout = 2
server_login_retry = 1
"""
_NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-1; uwsgi_temp_path {folder}/nginx-2; scgi_temp_path {folder}/nginx-3;
    upstream roypalang {{
        server 127.0.0.1:{one} fail_timeout=2s;
        server 127.0.0.1:{other} fail_timeout=2s;
        keepalive 16;
    }}
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/own.pem;
        ssl_certificate_key {folder}/own.key;
        client_max_body_size 16m;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        {pictures}
        location / {{ proxy_pass http://roypalang; proxy_read_timeout 60s; proxy_connect_timeout 2s; }}
    }}
}}
"""


def missing() -> str:
    """What to do first; '' for nothing."""
    packages = sorted(package for command, package in NEEDED.items() if not shutil.which(command))
    return f"apt install {' '.join(packages)}" if packages else ""


class Machines:
    """The whole: `with Machines() as machines: …`; nothing of it is left behind. `like` is the address of a migrated database:
    to copy that is quicker than to migrate. Pictures lie in one folder, or `in_a_bucket` of object storage."""

    def __init__(self, programs_in: str = "", like: str = "", *, in_a_bucket: bool = False) -> None:
        self._like = like
        self.storage = ObjectStorage() if in_a_bucket else None
        self.folder = Path(tempfile.mkdtemp(prefix="roypalang-machines-"))
        self.folder.chmod(0o755)
        self.cluster = PostgresCluster(2, programs_in)
        self.redis = RedisServer()
        self.port, self._bouncer_port = free_port(), free_port()
        self.site = f"https://localhost:{self.port}"
        self.hosts: dict[str, subprocess.Popen[bytes]] = {}
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self._ports = {"one": free_port(), "other": free_port()}
        self._bouncer: subprocess.Popen[bytes] | None = None
        self._end = ExitStack()

    def __enter__(self) -> "Machines":
        end = self._end
        end.callback(shutil.rmtree, self.folder, ignore_errors=True)
        try:
            end.enter_context(self.cluster)
            end.callback(self.redis.close)
            self.redis.start()
            self.relay = Relay()
            end.callback(self.relay.close)
            (self.folder / "media").mkdir()
            (self.folder / "tmp").mkdir()
            if self.storage:
                end.callback(self.storage.close)
                self.storage.start()
            self._all = {
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.drills.machine_settings",
                "ROYPALANG_ENV": "production",
                "SECRET_KEY": secrets.token_urlsafe(64),
                "SITE_URL": self.site,
                "ALLOWED_HOSTS": "localhost",
                "TRUSTED_PROXY_COUNT": "1",
                "MEDIA_ROOT": str(self.folder / "media"),
                "MEDIA_BUCKET": self.storage.url if self.storage else "",
                "ROYPALANG_ACCEL": "/protected-media",
                "TMPDIR": str(self.folder / "tmp"),  # what is killed leaves files there
                "REDIS_URL": self.redis.url,
                "METRICS_TOKEN": TOKEN,
                "SMTP_HOST": "127.0.0.1",
                "SMTP_PORT": str(self.relay.port),
                "SMTP_TLS": "0",
                "MAIL_FROM": "site@localhost",
                "WEB_CONCURRENCY": "1",
                "WEB_THREADS": "6",
            }
            self._fill()
            self.cluster.wait_for_one()
            end.callback(self._stop)
            self._bounce()
            for name in self._ports:
                self.start_host(name)
                self.start_worker(name)
            self._front()
            until(lambda: self.status() == 200)
        except BaseException:
            end.close()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._end.close()

    # -- parts -----------------------------------------------------------------------------------

    def environment(self, name: str) -> dict[str, str]:
        """Of the first host, which goes by PgBouncer, or the other, which knows all servers."""
        servers = [self.cluster.primary, *self.cluster.replicas]
        database = f"127.0.0.1:{self._bouncer_port}"
        if name == "other":
            database = ",".join(f"127.0.0.1:{each.port}" for each in servers)
        return {
            **self._all,
            "ROYPALANG_VAR": str(self.folder / name),
            "DATABASE_URL": f"postgresql://{USER}@{database}/{USER}",
            "DATABASE_REPLICAS": " ".join(each.url() for each in self.cluster.replicas),
            "WEB_BIND": f"127.0.0.1:{self._ports[name]}",
        }

    def start_host(self, name: str) -> None:
        self.hosts[name] = self._start(
            name, [sys.executable, "-m", "gunicorn", "--config", "roypalang/gunicorn.py"]
        )

    def start_worker(self, name: str) -> None:
        self.workers[name] = self._start(
            name, [sys.executable, "manage.py", "deliver", "--forever"]
        )

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """With all that it started, as when the power goes."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def fail_over(self) -> None:
        """What an operator does: one replica is promoted, the other follows it, PgBouncer leads there."""
        self.cluster.fail_over()
        self._write_bouncer()
        assert self._bouncer
        self._bouncer.send_signal(signal.SIGHUP)

    def manage(self, *words: str, typed: str = "") -> str:
        """A command of manage.py, on the other host."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=CHECKOUT,
            env=self.environment("other"),
            input=typed,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def typed(self, code: str) -> dict[str, Any]:
        """What code in `manage.py shell` says of itself."""
        said = self.manage("shell", typed=code).split("SAID ")[1].splitlines()[0]
        return dict(json.loads(said))

    def status(self, path: str = "/boards/") -> int:
        """Of a page, for a visitor; 0 where nothing answers."""
        door = HTTPSConnection(
            "127.0.0.1", self.port, timeout=20, context=ssl._create_unverified_context()
        )
        with suppress(OSError):
            door.request("GET", path, headers={"Host": f"localhost:{self.port}"})
            return door.getresponse().status
        return 0

    def ready(self, name: str) -> list[str]:
        """What one host says to whoever keeps it."""
        from http.client import HTTPConnection

        door = HTTPConnection("127.0.0.1", self._ports[name], timeout=20)
        asked = {
            "Host": "localhost",
            "Authorization": f"Bearer {TOKEN}",
            "X-Forwarded-For": "127.0.0.9",
        }
        door.request("GET", "/readyz", headers=asked)
        return door.getresponse().read().decode().splitlines()

    def logs(self) -> Iterator[str]:
        """All lines of hosts and workers."""
        for path in sorted(self.folder.glob("*.log")):
            for line in path.read_text(errors="replace").splitlines():
                yield f"{path.stem}: {line}"

    # -- how they are made -----------------------------------------------------------------------

    def _fill(self) -> None:
        if self._like:
            self.cluster.primary.copy(self._like)
        self.manage("migrate", "--verbosity=0")
        self.manage("createcachetable")
        for statement in filter(str.strip, _ROLE.split(";")):
            self.cluster.primary.ask(statement)

    def _bounce(self) -> None:
        self._write_bouncer()
        command = ["pgbouncer", str(self.folder / "pgbouncer.ini")]
        if os.geteuid() == 0:
            command[1:1] = ["-u", "nobody"]
        self._bouncer = self._start("pgbouncer-said", command)
        until(lambda: _listens(self._bouncer_port))

    def _write_bouncer(self) -> None:
        told = {"user": USER, "to": self.cluster.primary.port, "port": self._bouncer_port}
        (self.folder / "pgbouncer.ini").write_text(_BOUNCER.format(**told))

    def _front(self) -> None:
        certificate = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {self.folder}/own.key"
        subprocess.run(
            [*certificate.split(), "-out", f"{self.folder}/own.pem"],
            check=True,
            capture_output=True,
        )
        told = {
            "folder": self.folder,
            "port": self.port,
            "pictures": self._pictures(),
            **self._ports,
        }
        (self.folder / "nginx.conf").write_text(_NGINX.format(**told))
        self._nginx = self._start("nginx-said", ["nginx", "-c", str(self.folder / "nginx.conf")])

    def _pictures(self) -> str:
        """How nginx finds them: of a bucket as it is written down for whoever has one, but for its name."""
        if not self.storage:
            return f"location /protected-media/ {{ internal; alias {self.folder}/media/; }}"
        said = (CHECKOUT / "deploy/several/bucket.conf").read_text()
        ours = said.replace(
            "https://s3.example/roypalang-pictures/", f"http://{self.storage.place}/{BUCKET}/"
        )
        return ours.replace("Host s3.example;", f"Host {self.storage.place};")

    def _start(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        environment = self.environment(name) if name in self._ports else dict(os.environ)
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env=environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _stop(self) -> None:
        nginx = getattr(self, "_nginx", None)
        for process in (nginx, *self.hosts.values(), *self.workers.values(), self._bouncer):
            if process is not None:
                self.kill(process)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
