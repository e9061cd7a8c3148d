"""`python -m roypalang.embedded_postgres {start,stop,status,url}`: the server, by hand."""

import argparse
import sys

from roypalang.embedded_postgres.programs import ServerError
from roypalang.embedded_postgres.server import Server

NOT_RUNNING = 3  # what init scripts answer


def main() -> int:
    """Does what was asked; 0 if it is so, 1 with a plain line if it cannot be, 3 if not running."""
    parser = argparse.ArgumentParser(
        prog="python -m roypalang.embedded_postgres", description=__doc__
    )
    parser.add_argument("verb", choices=["start", "stop", "status", "url"])
    verb = parser.parse_args().verb
    server = Server()
    try:
        if verb == "start":
            server.ensure()
        elif verb == "stop":
            stopped = server.stop()
            print("PostgreSQL is stopped." if stopped else "PostgreSQL was not running.")
            return 0
        elif verb == "url":
            print(server.url)
            return 0
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    pid = server.pid()
    if pid is None:
        print(f"PostgreSQL is not running; its data: {server.data}")
        return NOT_RUNNING
    print(f"PostgreSQL is running (process {pid}); its data: {server.data}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
