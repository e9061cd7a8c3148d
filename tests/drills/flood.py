"""Connections that are held and say little: idle ones, and requests that are never sent whole.

A process of its own (`python -m tests.drills.flood PORT COUNT`), which says every second how many it holds and how many
were refused.
"""

import resource
import ssl
import subprocess
import sys
import threading
import time
from socket import create_connection, socket

REQUEST = b"GET / HTTP/1.1\r\nHost: roypalang.example\r\nX-Slow: "
THREADS = 20


class Flood:
    """`count` connections to a port, held by a process of its own."""

    def __init__(self, port: int, count: int) -> None:
        self.count, self.held, self.refused = count, 0, 0
        command = [sys.executable, "-m", "tests.drills.flood", str(port), str(count)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603

    def __enter__(self) -> "Flood":
        end = time.monotonic() + 90
        while self.held < self.count * 0.95 and time.monotonic() < end:
            self.look()
        return self

    def look(self) -> None:
        """How many are held now, and how many were refused so far."""
        assert self._process.stdout
        self.held, self.refused = map(int, self._process.stdout.readline().split())

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.wait()


class Holder:
    """Holds them, half silent, half with half a request; each is opened anew when it is closed."""

    def __init__(self, port: int, count: int) -> None:
        self.port, self.count = port, count
        self.held: list[list[socket]] = [[] for _each in range(THREADS)]
        self.refused = 0
        # Whose certificate it is does not matter here: it was made a minute ago, on this machine.
        self._context = ssl._create_unverified_context()  # noqa: S323
        for number in range(THREADS):
            threading.Thread(target=self._hold, args=[number], daemon=True).start()

    def _hold(self, number: int) -> None:
        ours = self.held[number]
        while True:
            for each in [each for each in ours if _is_closed(each)]:
                ours.remove(each)
                each.close()
            while len(ours) < self.count // THREADS:
                try:
                    ours.append(self._one(len(ours), at=f"127.77.{number}.{len(ours) % 250 + 1}"))
                except OSError:
                    self.refused += 1
                    time.sleep(0.1)
            time.sleep(1)

    def _one(self, number: int, at: str) -> socket:
        made = create_connection(("127.0.0.1", self.port), timeout=20, source_address=(at, 0))
        if number % 2:
            made = self._context.wrap_socket(made)
            made.sendall(REQUEST)
        return made


def _is_closed(held: socket) -> bool:
    """Whether the other side has hung up."""
    held.setblocking(False)
    try:
        return not held.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except OSError:
        return True


def main() -> None:
    """Until it is killed."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    holder = Holder(*map(int, sys.argv[1:]))
    while True:
        time.sleep(1)
        print(sum(map(len, holder.held)), holder.refused, flush=True)


if __name__ == "__main__":
    main()
