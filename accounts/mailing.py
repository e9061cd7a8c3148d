"""Account mail: letters somebody waits for (a link, a code), sent by threads that serve no page.

A web thread hands its letter over and waits a moment for the answer, never longer, so a mail server that
takes a call and says nothing stops nobody. A letter holds a secret, so it is kept in memory only, for
KEPT seconds at most, and is gone with the process (decision 044).
"""

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext_lazy as _

from forums.base.mail_server import MailServer

logger = logging.getLogger(__name__)

AT_ONCE = 2  # threads of a process that speak with the mail server
MOST = 100  # letters that wait in a process
# Seconds for which a promised letter is tried again: most codes are worth nothing after 15 minutes.
KEPT = 10 * 60
PAUSE = 10.0  # seconds between two tries while the server is away
SILENT = 3.0  # seconds after which a server that has not answered yet counts as away
NEVER = float("-inf")
AWAY = _("We cannot send mail just now. Please try again in a few minutes.")


@dataclass(eq=False)
class _Letter:
    message: EmailMessage
    until: float
    tried: threading.Event = field(default_factory=threading.Event)
    sent: bool = False
    promised: bool = False  # whoever asked was told that it is on its way: it is tried again


class Mailing:
    """The letters of one process, and the threads that send them: none while there is nothing to send."""

    def __init__(self) -> None:
        self._letters: deque[_Letter] = deque()
        self._lock = threading.Lock()
        self._threads = 0
        self._tries: dict[int, float] = {}  # thread: since when it has been trying
        self._failed = NEVER

    def is_away(self) -> bool:
        """Whether the server is known to take nothing now: it failed a moment ago, or has been silent."""
        now = time.monotonic()
        with self._lock:
            silent = any(now - since > SILENT for since in self._tries.values())
            # Long enough for the next try to show itself as silent.
            return silent or now - self._failed < PAUSE + SILENT + 1

    def send(self, message: EmailMessage, *, told: bool = True) -> bool:
        """Hand a letter over; whether it is gone or on its way.

        Not where the server is away, says no at once, or too many wait: then nothing is kept, and whoever asked
        is to ask again. One she did not ask for (`told` is False) is kept while the server is away, too.
        """
        away = self.is_away()
        if told and away:
            return False
        letter = _Letter(message, time.monotonic() + KEPT, promised=not told)
        with self._lock:
            if len(self._letters) >= MOST:
                logger.error("Account mail: %s letters wait, one more was not taken", MOST)
                return False
            self._letters.append(letter)
            if self._threads < AT_ONCE:
                self._threads += 1
                # Not a daemon: a process that is told to end sends first what it has promised.
                threading.Thread(target=self._work, name="account mail", daemon=False).start()
        if not away:
            letter.tried.wait(settings.ACCOUNTS_MAIL_WAIT)
        with self._lock:
            if not letter.tried.is_set():
                letter.promised = True
            return letter.promised or letter.sent

    def _work(self) -> None:
        server = MailServer()
        while letter := self._next():
            self._try(server, letter)
        server.close()

    def _next(self) -> _Letter | None:
        """The letter that has waited longest; None ends the thread."""
        lost = 0
        with self._lock:
            found = None
            while self._letters and found is None:
                letter = self._letters.popleft()
                if time.monotonic() < letter.until and not (_ending() and self._failed > NEVER):
                    found = letter
                    self._tries[threading.get_ident()] = time.monotonic()
                else:
                    lost += 1
            if found is None:
                self._threads -= 1
        if lost:
            logger.error("Account mail: %s letters came to nothing, the mail server is away", lost)
        return found

    def _try(self, server: MailServer, letter: _Letter) -> None:
        away = False
        try:
            server.send(letter.message)
            letter.sent = True
        except (SMTPRecipientsRefused, SMTPDataError) as error:  # this one, not its neighbours
            logger.warning("Account mail: a letter was refused: %s", _reason(error))
        except OSError as error:
            away = True
            logger.warning("Account mail: the mail server takes nothing: %s", _reason(error))
        except Exception:
            logger.exception("Account mail: a letter cannot be written")
        with self._lock:
            self._tries.pop(threading.get_ident(), None)
            self._failed = time.monotonic() if away else NEVER
            again = away and letter.promised
            if again:
                self._letters.appendleft(letter)
            letter.tried.set()
        if again:
            _pause()


def _reason(error: Exception) -> str:
    """What went wrong, without the address: whose letter it was is nobody's business."""
    if isinstance(error, SMTPRecipientsRefused):
        return ", ".join(str(code) for code, _words in error.recipients.values())
    return f"{type(error).__name__}: {error}"


def _ending() -> bool:
    return not threading.main_thread().is_alive()


def _pause() -> None:
    until = time.monotonic() + PAUSE
    while time.monotonic() < until and not _ending():
        time.sleep(0.2)


_mailing = Mailing()


def is_away() -> bool:
    """`Mailing.is_away` of this process."""
    return _mailing.is_away()


def send(message: EmailMessage, *, told: bool = True) -> bool:
    """`Mailing.send` of this process."""
    return _mailing.send(message, told=told)
