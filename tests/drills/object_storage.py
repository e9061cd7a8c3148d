"""Object storage that speaks S3: OpenStack Swift, its four servers on ports of this machine, with one copy of each object."""

import getpass
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from tests.drills.cluster import free_port, until

# What is not of the checkout: command and package of Debian.
NEEDED = {
    "swift-account-server": "swift-account",
    "swift-container-server": "swift-container",
    "swift-object-server": "swift-object",
    "swift-proxy-server": "swift-proxy",
}
BUCKET, _KEY, _SECRET = "pictures", "drill:pictures", "a+secret/of=the-drill"
_COMMON = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
swift_dir = {folder}
devices = {folder}/disks
mount_check = false
workers = 0
user = {user}
log_address = {folder}/nowhere
"""
_STORING = """
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
recon_cache_path = {folder}
"""
_FRONT = f"""
[pipeline:main]
pipeline = catch_errors proxy-logging cache s3api tempauth slo proxy-logging proxy-server
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_{_KEY.replace(":", "_")} = {_SECRET} .admin
[filter:slo]
use = egg:swift#slo
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
"""
_NAMES = """
[swift-hash]
swift_hash_path_prefix = drill
[storage-policy:0]
name = one
default = yes
"""
# What `swift-ring-builder` does in three commands for each of three servers, each of a second.
_RINGS = """
import sys
from swift.common.ring import RingBuilder

for kind, port in (said.split(":") for said in sys.argv[2:]):
    ring = RingBuilder(4, 1, 0)
    ring.add_dev({"region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port), "device": "one", "weight": 1})
    ring.rebalance()
    ring.get_ring().save(f"{sys.argv[1]}/{kind}.ring.gz")
"""


def why_not() -> str:
    """What is missing here for it; '' for nothing."""
    if packages := [package for command, package in NEEDED.items() if not shutil.which(command)]:
        return f"apt install {' '.join(packages)}"
    with tempfile.NamedTemporaryFile() as file:
        try:
            os.setxattr(file.name, "user.drill", b"x")
        except OSError as error:
            return f"a file system that keeps attributes of users in {tempfile.gettempdir()} ({error.strerror})"
    return ""


class ObjectStorage:
    """One that is started, killed and started again, and has then what it had."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="roypalang-swift-"))
        self._ports = {kind: free_port() for kind in ("account", "container", "object", "proxy")}
        self.place = f"127.0.0.1:{self._ports['proxy']}"
        self.url = (
            f"http://{_KEY.replace(':', '%3A')}:{quote(_SECRET, safe='')}@{self.place}/{BUCKET}"
        )
        self._servers: list[subprocess.Popen[bytes]] = []
        (self.folder / "disks" / "one").mkdir(parents=True)
        (self.folder / "swift.conf").write_text(_NAMES)
        for kind, port in self._ports.items():
            told = {"kind": kind, "port": port, "folder": self.folder, "user": getpass.getuser()}
            how = _FRONT if kind == "proxy" else _STORING.format(**told)
            (self.folder / f"{kind}.conf").write_text(_COMMON.format(**told) + how)
        # Swift is Debian's, so it is Debian's Python that knows it.
        storing = [f"{kind}:{port}" for kind, port in self._ports.items() if kind != "proxy"]
        rings = ["/usr/bin/python3", "-c", _RINGS, str(self.folder), *storing]
        subprocess.run(rings, check=True, capture_output=True)

    def start(self) -> None:
        with (self.folder / "said.log").open("ab") as log:
            for kind in self._ports:
                command = [f"swift-{kind}-server", str(self.folder / f"{kind}.conf"), "--verbose"]
                self._servers.append(
                    subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
                )
        until(self._is_made)

    def _is_made(self) -> bool:
        """The bucket, now or before."""
        import obstore
        from obstore.store import S3Store

        there = S3Store(
            BUCKET,
            endpoint=f"http://{self.place}",
            access_key_id=_KEY,
            secret_access_key=_SECRET,
            region="us-east-1",
            client_options={"allow_http": True},
        )
        asked = Request(
            obstore.sign(there, "PUT", "", timedelta(minutes=1)), data=b"", method="PUT"
        )
        try:
            with urlopen(asked, timeout=10):
                return True
        except HTTPError as error:
            return error.code == 409  # it is there already
        except OSError:
            return False

    def stop(self) -> None:
        for server in self._servers:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        self._servers.clear()

    def freeze(self, *, frozen: bool) -> None:
        """It takes connections and says nothing; or goes on."""
        for server in self._servers:
            os.killpg(server.pid, signal.SIGSTOP if frozen else signal.SIGCONT)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def object_storage() -> Iterator[ObjectStorage]:
    storage = ObjectStorage()
    try:
        storage.start()
        yield storage
    finally:
        storage.close()
