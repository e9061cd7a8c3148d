"""The nginx of deploy/, on ports of this machine."""

import os
import re
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
NAME = "roypalang.example"
CONNECTIONS = 20_000
AROUND = """
daemon off;
user {user};
pid {folder}/nginx.pid;
error_log {folder}/nginx-errors.log;
worker_processes 2;
worker_rlimit_nofile {files};
events {{ worker_connections {connections}; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi;
    scgi_temp_path {folder}/nginx-scgi;
    include {folder}/roypalang.conf;
}}
"""


def start(folder: Path, *, port: int, plain_port: int, site_port: int) -> subprocess.Popen[bytes]:
    """Start it with a certificate made a moment ago; it reads pictures from `media` in that folder."""
    _run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj".split()
        + [f"/CN={NAME}", "-keyout", str(folder / "privkey.pem")]
        + ["-out", str(folder / "fullchain.pem")]
    )
    ours = (CHECKOUT / "deploy/nginx/roypalang.conf").read_text()
    for there, here in {
        f"/etc/letsencrypt/live/{NAME}": str(folder),
        "/var/log/roypalang": str(folder),
        "/srv/roypalang/current": str(CHECKOUT),
        "/var/lib/roypalang/media": str(folder / "media"),
        "127.0.0.1:8000": f"127.0.0.1:{site_port}",
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{plain_port}",
    }.items():
        assert there in ours, there
        ours = ours.replace(there, here)
    ours = re.sub(r"\n *listen \[::\][^\n]*", "", ours)
    if _version() < (1, 25, 1):
        ours = ours.replace("http2 on;", "").replace(" ssl;", " ssl http2;")  # as older ones say it
    (folder / "roypalang.conf").write_text(ours)
    files = min(2 * CONNECTIONS, os.sysconf("SC_OPEN_MAX"))
    around = AROUND.format(
        folder=folder,
        files=files,
        connections=min(CONNECTIONS, files),
        user="root" if os.geteuid() == 0 else "nobody",
    )
    (folder / "nginx.conf").write_text(around)
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    _run([*command, "-t"])
    return subprocess.Popen(command)  # noqa: S603


def _version() -> tuple[int, ...]:
    said = subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=True)  # noqa: S607
    found = re.search(r"nginx/([\d.]+)", said.stderr)
    assert found, said.stderr
    return tuple(int(part) for part in found[1].split("."))


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise OSError(f"{' '.join(command)}: {done.stderr[-2000:]}")
