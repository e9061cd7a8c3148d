"""What is made of the figures of other forums; asking them wants them fetched."""

from pathlib import Path
from typing import Any

from tests.benchmarks.meter import Meter
from tests.benchmarks.peers.work import Case, queries, table


class Named:
    def __init__(self, name: str) -> None:
        self.name = name


def case(page: str, name: str, *milliseconds: float) -> Case:
    site: Any = Named(name)
    web = list(milliseconds)
    meter = Meter(web=web, database=[1.0] * len(web), walls=[20.0] * len(web))
    return Case(page, site, lambda _number: None, meter=meter, bytes=40_400, queries=5)  # type: ignore[arg-type,return-value]


def test_a_forum_is_so_many_times_ours_of_the_same_round():
    ours = case("home · visitor", "roypalang", 9, 19, 9)
    theirs = case("home · visitor", "Other", 39, 59, 19)
    assert table([ours, theirs], ["roypalang", "Other"]).splitlines()[-1] == (
        "| home · visitor | 9.0 + 1.0 | 1.00 | 40 · 5 · 20 | 39.0 + 1.0 | 3.00 | 40 · 5 · 20 |"
    )


def test_what_a_forum_has_not_is_left_empty():
    cases = [case("reply · member", "roypalang", 9)]
    assert table(cases, ["roypalang", "Other"]).endswith("| – | – | – |")


def test_the_statements_of_one_database_are_counted_without_transactions(tmp_path: Path):
    log = tmp_path / "server.log"
    before = "ours LOG:  statement: SELECT 0\n"
    log.write_text(
        before + "ours LOG:  statement: BEGIN\n"
        'ours LOG:  execute _pg3_1: SELECT "a"\n\tFROM b\n'
        "ours DETAIL:  Parameters: $1 = '2'\n"
        "other LOG:  statement: SELECT 2\n"
        "ours LOG:  statement: UPDATE c SET d = 1\n"
        "ours LOG:  statement: COMMIT\n"
    )
    assert queries(log, len(before), "ours") == 2
