"""The embedded PostgreSQL takes its share of what memory there is for it, not of what a container's host has."""

import os
from pathlib import Path

import pytest

from roypalang.embedded_postgres.memory import megabytes
from roypalang.embedded_postgres.server import Server
from tests.roypalang.embedded_postgres.servers import ask

MACHINE = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
MB = 2**20


@pytest.mark.parametrize(
    ("groups", "limits", "granted"),
    [
        ("0::/", {}, MACHINE),
        ("0::/", {"memory.max": 300 * MB}, 300),  # a container
        ("0::/web", {"web/memory.max": "max"}, MACHINE),
        ("0::/all/web", {"all/web/memory.max": "max", "all/memory.max": 200 * MB}, 200),
        ("0::/all/web", {"all/web/memory.max": 100 * MB, "all/memory.max": 200 * MB}, 100),
        # The first version says an absurd number where it grants all.
        ("4:memory:/web\n0::/", {"memory/web/memory.limit_in_bytes": 2**63 - 4096}, MACHINE),
        ("4:memory:/of/host\n0::/", {"memory/memory.limit_in_bytes": 150 * MB}, 150),
        ("7:cpu,memory:/", {"memory/memory.limit_in_bytes": 150 * MB}, 150),
        ("3:cpu:/", {"memory/memory.limit_in_bytes": 150 * MB, "memory.max": 1}, MACHINE),
    ],
)
def test_what_is_granted_counts_where_it_is_less(
    tmp_path: Path, groups: str, limits: dict[str, int | str], granted: int
) -> None:
    process = tmp_path / "cgroup"
    process.write_text(groups + "\n")
    mounted = tmp_path / "mounted"
    for name, said in limits.items():
        (mounted / name).parent.mkdir(parents=True, exist_ok=True)
        (mounted / name).write_text(f"{said}\n")
    assert megabytes(process=process, mounted=mounted) == granted


def test_a_system_without_such_groups_has_all_of_it(tmp_path: Path) -> None:
    assert megabytes(process=tmp_path / "none", mounted=tmp_path) == MACHINE


def test_the_server_keeps_a_quarter_for_what_it_reads(server: Server) -> None:
    server.ensure()
    kept = int(ask(server, "SELECT setting::int8 / 128 FROM pg_settings WHERE name = 'shared_buffers'"))  # fmt: skip
    assert kept == min(8192, max(64, megabytes() // 4))
