"""The two doors of the embedded PostgreSQL: its command, and Django."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

from roypalang.embedded_postgres.server import Server
from tests.roypalang.embedded_postgres.servers import CHECKOUT, by_hand, starts_logged


def test_the_command_starts_tells_and_stops(server: Server, var: Path) -> None:
    def say(verb: str) -> tuple[int, str]:
        process = by_hand(verb, var=var)
        return process.wait(), process.communicate()[0]

    assert say("status")[0] == 3
    assert say("start")[0] == 0
    code, status = say("status")
    assert (code, f"process {server.pid()}" in status) == (0, True)
    assert say("url") == (0, f"{server.url}\n")
    assert say("stop")[0] == 0
    assert say("stop") == (0, "PostgreSQL was not running.\n")


def test_django_connects_from_many_threads_and_again_after_a_kill(
    server: Server, var: Path
) -> None:
    script = """
        import os, signal, threading
        from django.conf import settings
        database = {"ENGINE": "roypalang.embedded_postgres", "NAME": "roypalang"}
        absent = {"ENGINE": "roypalang.embedded_postgres", "NAME": "no_such_database"}
        settings.configure(DATABASES={"default": database, "absent": absent})
        import django; django.setup()
        from django.db import OperationalError, connection, connections

        def ask():
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_database()")
                return cursor.fetchone()[0]

        names = []
        threads = [threading.Thread(target=lambda: names.append(ask())) for _ in range(8)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        assert names == ["roypalang"] * 8, names

        ask()
        os.kill(connection.server.pid(), signal.SIGKILL)
        try:
            while True:  # the process behind this connection may outlive its server a moment
                ask()
        except OperationalError:
            connection.close()  # what the next request does
        assert ask() == "roypalang"

        try:
            connections["absent"].ensure_connection()
        except OperationalError as error:
            assert 'database "no_such_database" does not exist' in str(error), error
        else:
            raise AssertionError
        print(connection.settings_dict["HOST"])
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=CHECKOUT,
        env={**os.environ, "ROYPALANG_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout == f"{server.socket_directory}\n"
    assert starts_logged(server) == 2
