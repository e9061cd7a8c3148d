"""PostgreSQL's advisory locks: turns that no row of a table could give. Each has its number here.

A number that has served stays: while a new version starts, the old one still takes turns by it.
"""

from enum import IntEnum

from django.db import connection


class Lock(IntEnum):
    """What is guarded; each takes turns with itself alone, and where it has keys, key by key."""

    MEMBER_WRITES = 1  # one member's writing, by her id: twenty copies of one form must queue
    IMPORTS = 2  # bringing in records from elsewhere
    NETWORK_TREE = 7  # which network is part of which: two at once could close a circle
    LETTERS_TO_STRANGERS = 8  # how many went out today
    LEDGER_FILES = 9  # taking a file into a network's ledger, by the network's id
    NEW_ACCOUNTS = 10  # how many were made from one part of the net today, by its name
    NOTICES = 11  # how many notices came today from one address of mail
    PAGE_VERSIONS = (
        25  # shards of versions of pages, one a transaction (its number stands in a migration)
    )
    TRAFFIC_DAYS = 26  # the tables of the traffic log, one a day
    RESULTS = 27  # computing what came of votes
    LOADS = 28  # filling with made-up posts
    BENCHMARKS = 90  # a run of tests/benchmarks on its database
    SIGNING_UP = 0x726F69  # handles that look alike, by their look ("roi")
    DEMO = 0x64656D6F  # filling an empty site with the demo ("demo")


def hold(lock: Lock, key: int | str = 0) -> None:
    """Wait for the turn, and keep it until this transaction ends. A text counts by its hash."""
    hashed = "hashtext(%s)" if isinstance(key, str) else "%s"
    value = key if isinstance(key, str) else key % 2**31
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock(%s, {hashed})", [lock, value])


def take(lock: Lock) -> bool:
    """Have the turn across transactions, until `give_back` or the connection's end; False: another has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, 0)", [lock])
        taken: bool = cursor.fetchone()[0]
        return taken


def give_back(lock: Lock) -> None:
    """End the turn that `take` began."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [lock])
