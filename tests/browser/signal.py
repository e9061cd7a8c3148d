"""A telephone's signal: what stands between a browser and the live server, and can be away, weak or lose an answer."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

CHUNK = 65536
SLOW = 6  # seconds


class Signal:
    """Passes on what a browser and the server say to each other, on an address of its own."""

    def __init__(self, server: str) -> None:
        self._server = ("localhost", int(urlsplit(server).port or 80))
        self._state = "good"
        self.received = 0  # bytes that came from the server
        self._open: set[socket.socket] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        threading.Thread(target=self._take, daemon=True).start()

    def good(self) -> None:
        self._change("good")

    def away(self) -> None:
        """Nothing gets through, and one knows at once."""
        self._change("away")

    def weak(self) -> None:
        """What is asked gets nowhere, and no error says so."""
        self._change("weak")

    def slow(self) -> None:
        """An answer takes longer than a page with a copy is waited for."""
        self._change("slow")

    def loses_answers(self) -> None:
        """What is sent arrives at the server; the connection breaks when it answers."""
        self._change("loses answers")

    def close(self) -> None:
        self._change("away")
        self._door.close()

    def _change(self, state: str) -> None:
        self._state = state
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                browser, _address = self._door.accept()
                threading.Thread(target=self._pass_on, args=(browser,), daemon=True).start()

    def _pass_on(self, browser: socket.socket) -> None:
        self._open.add(browser)
        if self._state == "away":
            browser.close()
            return
        if self._state == "weak":
            return  # held open, and never read from
        try:
            server = socket.create_connection(self._server)
        except OSError:
            browser.close()
            return
        self._open.add(server)
        threading.Thread(target=self._copy, args=(browser, server), daemon=True).start()
        self._copy(server, browser)

    def _copy(self, source: socket.socket, to: socket.socket) -> None:
        answers = source.getpeername()[1] == self._server[1]
        passed = 0.0  # when something last went through
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if answers and self._state == "loses answers":
                    break
                self.received += len(data) if answers else 0
                if answers and self._state == "slow" and time.monotonic() - passed > 1:
                    time.sleep(SLOW)  # the rest of an answer comes with its beginning
                to.sendall(data)
                passed = time.monotonic()
        for each in (source, to):
            self._open.discard(each)
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


@pytest.fixture
def signal(live_server: Any) -> Iterator[Signal]:
    found = Signal(live_server.url)
    yield found
    found.close()
