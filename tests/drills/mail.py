"""A mail relay on loopback that takes every letter and keeps it."""

import email
import email.policy
import re
import socketserver
import threading
import time
from contextlib import suppress
from email.message import EmailMessage


class Relay:
    """Speaks as much SMTP as a client needs that neither signs in nor encrypts."""

    def __init__(self, port: int = 0) -> None:
        self.letters: list[EmailMessage] = []
        self.connections = 0
        self.slow = 0.0  # seconds that each letter takes
        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def link_to(self, address: str, part: str, patience: float = 60) -> str:
        """The newest link with `part` in it that was sent to somebody. Raises TimeoutError."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            for letter in reversed(self.letters):
                if address in str(letter["To"]):
                    plain = letter.get_body(("plain",))
                    links = re.findall(r"https?://\S+", plain.get_content() if plain else "")
                    if found := [link for link in links if part in link]:
                        return str(found[0])
            time.sleep(0.2)
        raise TimeoutError(f"No letter to {address} with a link to {part}.")

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(relay) -> type[socketserver.StreamRequestHandler]:  # noqa: N805
        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                relay.connections += 1
                with suppress(ConnectionError):  # who sends is killed, in some drills
                    self.converse()

            def converse(self) -> None:
                self.say("220 relay")
                while line := self.rfile.readline():
                    word = line[:4].upper().strip()
                    if word == b"DATA":
                        self.say("354 go on")
                        letter = self.letter()
                        time.sleep(relay.slow)
                        relay.letters.append(letter)
                        self.say("250 taken")
                    elif word == b"QUIT":
                        return self.say("221 bye")
                    else:
                        self.say("250 ok")
                return None

            def letter(self) -> EmailMessage:
                lines = []
                while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                    lines.append(line[1:] if line.startswith(b"..") else line)
                read = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                assert isinstance(read, EmailMessage)
                return read

            def say(self, line: str) -> None:
                self.wfile.write(f"{line}\r\n".encode())

        return Handler
