"""Sessions, which every page of a member begins with: Django's, found by a constant statement."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from forums.base.constant_sql import select

_LOAD = (
    "SELECT session_data FROM django_session WHERE session_key = %(key)s AND expire_date > %(now)s"
)


class SessionStore(db.SessionStore):  # named as Django's, so that each reads what the other signed
    def load(self) -> dict[str, Any]:
        found = select(_LOAD, key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])
