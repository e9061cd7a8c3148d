"""What nouns to the right know of a network: what waits for its coordinators, and what is asked with it for who opens its
pages; each registers it in its `kinds.py`."""

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


_KNOWN: dict[str, str] = {}


def known_with_network(name: str, scalar: str) -> None:
    """Register what is asked with a network of which a member opens a page, in the one statement that finds it:
    `network.known[name]`.

    A scalar of SQL; the network is `n`, the reader's id `%(me)s`. An index must answer it.
    """
    _KNOWN[name] = scalar


def known_sql(*, signed_in: bool) -> dict[str, str]:
    """What was registered, by name; of a visitor nothing is asked."""
    return _KNOWN if signed_in else {}
