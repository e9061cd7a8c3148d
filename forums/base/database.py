"""Whether the database is away: a restart, an update, a cut line, a full disk. No mistake of the site's."""

from django.db import InterfaceError, OperationalError

# What PostgreSQL says when it ends, is not up yet, or has no room or connection left (its table of error codes, classes 08, 53, 57).
_AWAY = ("08", "53", "57P01", "57P02", "57P03")


def is_away(error: BaseException | None) -> bool:
    """Whether an error says that the database cannot be reached or takes nothing more, not that a statement failed in it."""
    if isinstance(error, InterfaceError):  # the connection was closed under us
        return True
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(_AWAY)
