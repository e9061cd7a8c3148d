"""Which databases the site speaks to, as the environment says it: one that is written to, and replicas of it."""

import os
import re
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from roypalang.environment import role, several

REPLICA = "replica_"  # and a number: the aliases of those that are only read
_HOSTS = re.compile(r"(?P<before>[a-z]+://(?:[^/?#]*@)?)(?P<hosts>[^/?#@]*,[^/?#@]*)(?P<after>.*)")


def databases() -> dict[str, dict[str, Any]]:
    """DATABASE_URL, or the embedded server; and DATABASE_REPLICAS, in their order.

    There is no fallback from one to the other: DATABASE_URL names a server, or the embedded one is meant.
    """
    if url := os.environ.get("DATABASE_URL"):
        found = {"default": _asked(url)}
    else:
        found = {
            "default": _made_whole({"ENGINE": "roypalang.embedded_postgres", "NAME": "roypalang"})
        }
    for number, url in enumerate(several("DATABASE_REPLICAS"), start=1):
        replica = found[f"{REPLICA}{number}"] = _asked(url)
        # It may be made the one that is written to, any moment: not by us.
        replica["OPTIONS"]["options"] += " -c default_transaction_read_only=on"
        replica["OPTIONS"]["connect_timeout"] = 2  # another one is there
        replica["TEST"] = {"MIRROR": "default"}
    return found


def _asked(url: str) -> dict[str, Any]:
    """What an address says; also one with several hosts, of which the one that may be written to is taken."""
    several_hosts = _HOSTS.fullmatch(url)
    one = "{before}host{after}".format(**several_hosts.groupdict()) if several_hosts else url
    try:
        found: Any = dj_database_url.parse(one, engine="roypalang.postgres")
    except ValueError as error:
        # Without the address: a password stands in it.
        raise ImproperlyConfigured(
            "DATABASE_URL or DATABASE_REPLICAS is no address of a database; docs/operations.md says how one looks."
        ) from error
    if several_hosts:
        pairs = [each.partition(":") for each in several_hosts["hosts"].split(",")]
        found["HOST"] = ",".join(host for host, _colon, _port in pairs)
        found["PORT"] = ",".join(port or "5432" for _host, _colon, port in pairs)
        found.setdefault("OPTIONS", {}).setdefault("target_session_attrs", "read-write")
    return _made_whole(found)


def _made_whole(database: dict[str, Any]) -> dict[str, Any]:
    """What every connection of ours is told."""
    database["CONN_MAX_AGE"] = 600
    database["CONN_HEALTH_CHECKS"] = True
    # What a page asks every time is planned once a connection (docs/decisions/034-prepared-statements.md).
    options = database.setdefault("OPTIONS", {})
    # By what the statement says of itself, never by count.
    options.setdefault("prepare_threshold", 10**9)
    options["options"] = (
        f"{options.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()
    )
    options.setdefault("application_name", f"roypalang {role()}")  # as its own lists call us
    options.setdefault("connect_timeout", 5)  # a server that is silent holds no page longer
    return database
