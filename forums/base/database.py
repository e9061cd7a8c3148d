"""Whether the database is away: a restart, an update, a cut line. Nobody's mistake, and soon over."""

from django.db import InterfaceError, OperationalError

# What PostgreSQL says when it ends, is not up yet, or takes no more (its table of error codes, classes 08, 53, 57).
_AWAY = ("08", "53300", "57P01", "57P02", "57P03")


def is_away(error: BaseException | None) -> bool:
    """Whether an error says that the database cannot be reached, not that a statement failed in it."""
    if isinstance(error, InterfaceError):  # the connection was closed under us
        return True
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(_AWAY)
