"""Sessions, which every page of a member begins with: Django's, found by a constant statement, and bounded.

Whoever fills one in is mostly a stranger: it holds what a way in needs to know, and is forgotten soon where nobody
came in.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.core.exceptions import RequestDataTooBig
from django.utils import timezone

from forums.base.constant_sql import select_newest

_LOAD = (
    "SELECT session_data FROM django_session WHERE session_key = %(key)s AND expire_date > %(now)s"
)

LARGEST = 32_000  # characters as it is kept: ids, times, where to go on, the form that waits for a password
A_DAY = 24 * 60 * 60


class SessionStore(db.SessionStore):  # named as Django's, so that each reads what the other signed
    def load(self) -> dict[str, Any]:
        found = select_newest(_LOAD, key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Raises RequestDataTooBig, which becomes a 413: allauth keeps a whole form until she has typed her password."""
        kept = super().encode(session_dict)
        if len(kept) > LARGEST:
            raise RequestDataTooBig("More than a session of this site holds.")
        return kept

    def get_session_cookie_age(self) -> int:
        """Of a stranger's: a day, or as long as the account she made here waits for her address to be proven."""
        # It needs tables, and this module is one of the first.
        from accounts.first_proof import PROOFS

        age: int = super().get_session_cookie_age()
        if SESSION_KEY in self:
            return age
        made_here = any(proof in self for proof in PROOFS)
        return min(age, settings.ACCOUNTS_PENDING_DAYS * A_DAY if made_here else A_DAY)
