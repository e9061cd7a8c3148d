"""Sessions, which every page of a member begins with: Django's, found by a constant statement with whose they are, and bounded.

Whoever fills one in is mostly a stranger: it holds what a way in needs to know, and is forgotten soon where nobody
came in.
"""

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.core.exceptions import RequestDataTooBig
from django.utils import timezone

from forums.base.constant_sql import select_newest

if TYPE_CHECKING:
    from accounts.models import Member

_LOAD = """
    SELECT s.session_data, {her} FROM django_session s
        LEFT JOIN usersessions_usersession u ON u.session_key = s.session_key
        LEFT JOIN accounts_member m ON m.id = u.user_id
    WHERE s.session_key = %(key)s AND s.expire_date > %(now)s
"""


@cache
def _load() -> str:
    # It needs tables, and this module is one of the first.
    from accounts.known import her_columns

    return _LOAD.format(her=her_columns())


LARGEST = 32_000  # characters as it is kept: ids, times, where to go on, the form that waits for a password
A_DAY = 24 * 60 * 60
_KEY = re.compile("[a-z0-9]{8,40}")  # as Django makes them, of 32


class SessionStore(db.SessionStore):  # named as Django's, so that each reads what the other signed
    def _validate_session_key(self, key: str | None) -> bool:
        """Whatever else a cookie says is no key, and asked for nowhere: PostgreSQL takes no text with a NUL in it."""
        return key is not None and _KEY.fullmatch(key) is not None

    def load(self) -> dict[str, Any]:
        found = select_newest(_load(), key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
            return {}
        content, *self._noted_of = found[0]
        return self.decode(content)

    def whose(self) -> "Member | None":
        """Of whom allauth noted it, as the statement that finds it read her; None where it was read before, for she may
        have changed since. Whose it is, and whether it counts, is for what it holds to say.
        """
        from accounts.known import made_of

        if hasattr(self, "_session_cache"):
            return None
        self.keys()  # reads it
        noted_of = getattr(self, "_noted_of", None)
        return made_of(noted_of) if noted_of else None

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Raises RequestDataTooBig, which becomes a 413: allauth keeps a whole form until she has typed her password."""
        kept = super().encode(session_dict)
        if len(kept) > LARGEST:
            raise RequestDataTooBig("More than a session of this site holds.")
        return kept

    def get_session_cookie_age(self) -> int:
        """Of a stranger's: a day, or as long as the account she made here waits for her address to be proven."""
        from accounts.first_proof import PROOFS

        age: int = super().get_session_cookie_age()
        if SESSION_KEY in self:
            return age
        made_here = any(proof in self for proof in PROOFS)
        return min(age, settings.ACCOUNTS_PENDING_DAYS * A_DAY if made_here else A_DAY)
