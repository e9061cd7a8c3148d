"""A mail relay on loopback that takes every letter and keeps it: the tests' server, read as a person reads."""

import email
import email.policy
import re
import threading
import time
from collections import Counter
from email.message import EmailMessage

from tests.smtp import Server


class Relay(Server):
    """Takes letters until it is closed; `slow` are the seconds each takes."""

    def __init__(self) -> None:
        super().__init__()
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def read(self) -> list[EmailMessage]:
        """The letters, in the order they came."""
        policy = email.policy.default
        return [email.message_from_bytes(letter, policy=policy) for letter in self.letters]

    def came(self, since: int, about: str) -> Counter[str]:
        """To whom letters with this in their subject came, and how often; of all after the first `since`.

        A site writes others as well: on Monday evening the week's.
        """
        return Counter(
            str(letter["To"]) for letter in self.read()[since:] if about in str(letter["Subject"])
        )

    def link_to(self, address: str, part: str, patience: float = 60) -> str:
        """The newest link with `part` in it that was sent to somebody. Raises TimeoutError."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            for letter in reversed(self.read()):
                if address in str(letter["To"]):
                    plain = letter.get_body(("plain",))
                    links = re.findall(r"https?://\S+", plain.get_content() if plain else "")
                    if found := [link for link in links if part in link]:
                        return str(found[0])
            time.sleep(0.2)
        raise TimeoutError(f"No letter to {address} with a link to {part}.")

    def close(self) -> None:
        """End it."""
        self.shutdown()
        self.server_close()
