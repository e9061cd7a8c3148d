"""The migrations that are newer than the last version with a number: they run while that one serves."""

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

# Where version 0.10.1 ended. Set anew with each number that is given, and `record.py` run (docs/decisions/045).
BEFORE = {"accounts": "0016_consent_once_a_kind", "forums": "0117_more_room_beside_networks"}


def loader() -> MigrationLoader:
    return MigrationLoader(connection, replace_migrations=False)


def ended(found: MigrationLoader) -> list[tuple[str, str]]:
    """Where it ended; what others bring is in it whole."""
    leaves = sorted(leaf for leaf in found.graph.leaf_nodes() if leaf[0] not in BEFORE)
    return [*BEFORE.items(), *leaves]


def newer(found: MigrationLoader) -> list[Migration]:
    """Ours, in the order they run."""
    graph = found.graph
    old = {node for name in BEFORE.items() for node in graph.forwards_plan(name)}
    plan: list[tuple[str, str]] = []
    for leaf in sorted(leaf for app in BEFORE for leaf in graph.leaf_nodes(app)):
        plan += [node for node in graph.forwards_plan(leaf) if node not in plan]
    return [graph.nodes[node] for node in plan if node not in old and node[0] in BEFORE]
