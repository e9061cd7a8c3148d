"""An empty Debian that starts its services by systemd, in a folder of this machine."""

import os
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

RELEASE = "trixie"
NEEDED = ("ca-certificates", "dbus", "systemd", "systemd-sysv")


class Failed(Exception):
    """A command ended with an error: what it printed."""


class Debian:
    """One machine: shares the network of this one, and nothing else but what is said.

    `base` keeps the empty Debian between drills (made by debootstrap where it is not there); `trusted` is a file of certificates
    to trust beside Debian's own, for networks that read what passes.
    """

    def __init__(self, base: Path, trusted: Path | None = None) -> None:
        if not (base / "etc/debian_version").exists():
            packages = f"--include={','.join(NEEDED)}"
            _run(["debootstrap", "--variant=minbase", packages, RELEASE, str(base)])
        self.root = Path(tempfile.mkdtemp(prefix="roypalang-drill-")) / "debian"
        _run(["cp", "--archive", "--reflink=auto", str(base), str(self.root)])
        if trusted:
            added = self.root / "usr/local/share/ca-certificates"
            for number, certificate in enumerate(_certificates(trusted.read_text())):
                (added / f"trusted-{number}.crt").write_text(certificate)
            _run(["chroot", str(self.root), "update-ca-certificates"])
        (self.root / "etc/machine-id").write_text("")
        # Packages are fetched once, and installed each time.
        self._packages = base.with_name(f"{base.name}-packages")
        (self._packages / "partial").mkdir(parents=True, exist_ok=True)
        keep = 'Binary::apt::APT::Keep-Downloaded-Packages "true";\n'
        (self.root / "etc/apt/apt.conf.d/99keep").write_text(keep)
        self._nspawn: subprocess.Popen[bytes] | None = None
        self._leader = 0

    def start(self, read_only: dict[Path, str] | None = None) -> None:
        """Boot it; `read_only` are folders of this machine, and where they are seen there."""
        binds = [f"--bind-ro={here}:{there}" for here, there in (read_only or {}).items()]
        self._nspawn = subprocess.Popen(  # noqa: S603
            [  # noqa: S607
                "systemd-nspawn",
                "--quiet",
                f"--directory={self.root}",
                "--boot",
                "--register=no",
                "--keep-unit",
                "--resolv-conf=copy-host",
                "--console=read-only",
                f"--bind={self._packages}:/var/cache/apt/archives",
                *binds,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        for _each in range(120):
            time.sleep(0.5)
            if self._leader or self._find_leader():
                said = self.run("systemctl is-system-running || true").strip()
                if said in {"running", "degraded"}:
                    return
        raise Failed("It did not start within a minute.")

    def _find_leader(self) -> bool:
        """The first process in it, whose name is systemd."""
        assert self._nspawn
        for pid in _children(self._nspawn.pid):
            if Path(f"/proc/{pid}/comm").read_text().strip() == "systemd":
                self._leader = pid
        return bool(self._leader)

    def run(self, command: str, *, typed: Sequence[str] = (), patience: float = 900) -> str:
        """Run a command line in it, as root; what it printed. `typed` are lines for who asks.

        Raises Failed.
        """
        inside = [
            "nsenter",
            f"--target={self._leader}",
            *("--mount", "--uts", "--ipc", "--pid", "--root", "--wd"),
            "/usr/bin/env",
            "-i",
            "HOME=/var/tmp",
            "LANG=C.UTF-8",
            "TERM=dumb",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND=noninteractive",
        ]
        if typed:  # who asks for a password wants a terminal
            inside += ["script", "--quiet", "--return", "--echo", "never"]
            inside += ["--command", command, "/dev/null"]
        else:
            inside += ["/bin/bash", "-c", f"cd /var/tmp; {command}"]
        asked = subprocess.Popen(  # noqa: S603
            inside, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        printed = _conversation(asked, list(typed), time.monotonic() + patience)
        if asked.returncode:
            raise Failed(f"{command}\nended with {asked.returncode}:\n{printed[-4000:]}")
        return printed

    def stop(self) -> None:
        """End it and take it away."""
        if self._nspawn and self._nspawn.poll() is None:
            if self._leader:
                os.kill(self._leader, signal.SIGRTMIN + 4)  # systemd's word for: power off
            try:
                self._nspawn.wait(40)
            except subprocess.TimeoutExpired:
                self._nspawn.kill()
                self._nspawn.wait()
        shutil.rmtree(self.root.parent, ignore_errors=True)


def _conversation(asked: subprocess.Popen[bytes], lines: list[str], end: float) -> str:
    """Answer each question (what ends with a colon) with the next line; all that was printed."""
    assert asked.stdin
    assert asked.stdout
    printed, answered = b"", 0
    while time.monotonic() < end:
        if select.select([asked.stdout], [], [], 1)[0]:
            if not (more := asked.stdout.read1(65536)):  # type: ignore[attr-defined]
                asked.wait()
                return printed.decode(errors="replace")
            printed += more
            if lines and printed[answered:].rstrip().endswith(b":"):
                answered = len(printed.rstrip()) + 1  # a question may come in two pieces
                asked.stdin.write(f"{lines.pop(0)}\n".encode())
                asked.stdin.flush()
    asked.kill()
    raise Failed(f"It did not end: {printed[-2000:].decode(errors='replace')}")


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def _certificates(text: str) -> list[str]:
    end = "-----END CERTIFICATE-----\n"
    return [
        part[part.index("-----BEGIN") :] + end for part in text.split(end) if "-----BEGIN" in part
    ]


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Failed(f"{' '.join(command)}: {done.stderr[-2000:]}")
