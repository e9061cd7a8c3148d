"""Brings what is built, database and static files up to date, fills an empty site, says where it will be.

Used by run.sh, in one process because loading Django costs more than the steps. Each step leaves
alone what is already done. Takes the port; exits with 1 and a plain line where something is amiss.
"""

import hashlib
import os
import socket
import sys
import time
from pathlib import Path
from typing import NoReturn

CHECKOUT = Path(__file__).resolve().parent.parent

KILLED_SITE_SECONDS = 10
"""Longer than workers of a killed gunicorn take to notice (seen: 4)."""


def main(port: str) -> None:
    """Checks the port, then does the steps in order."""
    require_free(port)
    sys.path.insert(0, str(CHECKOUT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "roypalang.settings")

    from roypalang.building import build

    build()

    import django
    from django.core.management import CommandError, call_command
    from django.db import OperationalError, connection

    print("เตรียมฐานข้อมูล / Preparing the database", flush=True)
    try:
        django.setup()
        connection.ensure_connection()
    except OperationalError as error:
        if os.environ.get("DATABASE_URL"):
            fail(
                f"ต่อฐานข้อมูลตาม DATABASE_URL ไม่ได้: {first_line(error)}",
                f"Cannot reach the database DATABASE_URL names: {first_line(error)}",
            )
        fail(str(error))
    try:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        collect_static_files()
        call_command("demo", verbosity=0)
    except CommandError as error:
        fail(str(error))
    index_texts()

    address = os.environ["SITE_URL"]
    print(f"\nเว็บพร้อมแล้วที่ / The site is at   {address}\n")
    call_command("demo", logins=True)
    print("\nหยุดเว็บ: กด Ctrl-C   หยุดฐานข้อมูลด้วย: make stop")
    print("To stop the site: Ctrl-C   The database too: make stop\n", flush=True)


def require_free(port: str) -> None:
    """Ends the program where the port is no number, or somebody listens there."""
    deadline = time.monotonic() + (KILLED_SITE_SECONDS if was_killed(port) else 0)
    while True:
        try:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", int(port)))
                return
        except (OSError, ValueError, OverflowError):
            if time.monotonic() > deadline:
                fail(
                    f"ใช้พอร์ต {port} ไม่ได้ (อาจเปิดเว็บนี้อยู่แล้ว) ลองพอร์ตอื่น: PORT=8001 make run",
                    f"Port {port} is not free (is the site running already?): "
                    "try PORT=8001 make run",
                )
        time.sleep(0.2)


def was_killed(port: str) -> bool:
    """Whether the site that ran here last is gone; if killed, its workers may hold the port yet."""
    var = Path(os.environ.get("ROYPALANG_VAR") or CHECKOUT / "var")
    try:
        os.kill(int((var / f"site-{port}.pid").read_text()), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        pass
    return False


def collect_static_files() -> None:
    """Runs collectstatic, which hashes and compresses, only if a file changed since last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            seen.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    mark = Path(settings.STATIC_ROOT) / ".collected"
    if mark.exists() and mark.read_text() == seen.hexdigest():
        return
    mark.unlink(missing_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(seen.hexdigest())


def index_texts() -> None:
    """Runs reindex, which has nothing to do but after an update; a text it cannot take stops nothing."""
    from django.core.management import CommandError, call_command

    try:
        call_command("reindex", verbosity=0)
    except CommandError as error:
        print(error, flush=True)


def first_line(error: Exception) -> str:
    """An error's own first words."""
    return str(error).strip().split("\n")[0]


def fail(*lines: str) -> NoReturn:
    """Says why, and ends the program."""
    sys.exit("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1])
