"""`python -m tests.migrations.record`: records what the last version with a number says to its database.

Run once when a number was given, together with `BEFORE` in `newer.py`; with `--version` an older one is recorded. Its code
is taken out of git into a folder of its own, and runs there on a database as it left it (`recording.py`).
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
RECORD = Path(__file__).parent / "statements.jsonl.gz"
NUMBER = r"^[0-9]+\.[0-9]+\.[0-9]+$"  # of a commit that gives a version its number


def released(version: str = "") -> str:
    """The commit that gave the newest number, or this one. Raises LookupError, for instance in a shallow clone."""
    asked = rf"^{version.replace('.', r'\.')}$" if version else NUMBER
    command = ["git", "log", "-1", "--format=%H", "--extended-regexp", f"--grep={asked}"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)  # noqa: S603
    if not done.stdout.strip():
        raise LookupError("Its commit is not in this clone: git fetch --unshallow")
    return done.stdout.strip()


def take_out(commit: str, folder: Path) -> None:
    """The files of a commit."""
    folder.mkdir(parents=True)
    archive = subprocess.Popen(["git", "archive", commit], cwd=CHECKOUT, stdout=subprocess.PIPE)  # noqa: S603, S607
    subprocess.run(["tar", "--extract", "-C", str(folder)], stdin=archive.stdout, check=True)  # noqa: S603, S607


def main() -> None:
    """Record it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--version", default="", help="the newest that has a number")
    commit = released(parser.parse_args().version)
    from roypalang.embedded_postgres.server import Server

    with tempfile.TemporaryDirectory(prefix="roypalang-record-") as folder:
        code, database = Path(folder) / "code", Server(Path(folder) / "postgres")
        take_out(commit, code)
        told = os.environ | {
            "PYTHONPATH": str(code),
            "DATABASE_URL": database.url,
            "DJANGO_SETTINGS_MODULE": "roypalang.settings",
            "ROYPALANG_VAR": str(Path(folder) / "var"),
        }
        database.ensure()
        try:
            for program in (["manage.py", "migrate", "--verbosity", "0"], [str(Path(__file__).with_name("recording.py")), str(RECORD)]):  # fmt: skip
                subprocess.run([sys.executable, *program], cwd=code, env=told, check=True)  # noqa: S603
        finally:
            database.stop()


if __name__ == "__main__":
    main()
