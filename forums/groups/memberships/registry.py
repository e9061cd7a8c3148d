"""What waits for a network's coordinators: nouns to the right register how it is counted, in their `kinds.py`."""

MANY = 100  # a count goes no further
_COUNTS: list[str] = []


def waits(rows: str) -> None:
    """Register rows that wait, as SQL from FROM on; the network's id is `m.network_id`.

    It stands in the statement every page of a member asks (`models.roles_of`), so an index must answer it.
    """
    _COUNTS.append(f"(SELECT count(*) FROM (SELECT 1 {rows} LIMIT {MANY}) waiting)")  # noqa: S608


def waiting_sql() -> str:
    """How much waits for the coordinators of `m.network_id`, of everything that was registered."""
    return " + ".join(sorted(_COUNTS)) or "0"
