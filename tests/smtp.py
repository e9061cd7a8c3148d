"""Mail servers for tests: one that takes letters, one that takes the call and says nothing."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, *, silent: bool = False, hangs_up_after: int = 0, slow: float = 0) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.silent, self.hangs_up_after, self.slow = silent, hangs_up_after, slow
        self.calls, self.letters = 0, []
        self.over = threading.Event()

    def settings(self, timeout: float = 10) -> dict:
        """MAILERS that lead here."""
        backend = "django.core.mail.backends.smtp.EmailBackend"
        where = {"host": "127.0.0.1", "port": self.server_address[1], "timeout": timeout}
        return {"default": {"BACKEND": backend, "OPTIONS": where}}


class _Call(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        with suppress(ConnectionError):  # whoever sends may be killed, in some drills
            self._converse()

    def _converse(self) -> None:
        self.server.calls += 1
        if self.server.silent:
            self.server.over.wait(60)
            return
        self._say("220 here")
        taken = 0
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"DATA":
                self._say("354 go on")
                text = b""
                while (line := self.rfile.readline()) not in (b".\r\n", b""):
                    text += line[1:] if line.startswith(b"..") else line
                time.sleep(self.server.slow)
                self.server.letters.append(text)
                self._say("250 taken")
                taken += 1
                if taken == self.server.hangs_up_after:
                    return
            else:
                self._say("250 yes")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(**how: object) -> Iterator[Server]:
    """A server on a free port, as long as the block lasts."""
    with Server(**how) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
