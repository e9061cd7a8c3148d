"""The figures of `search_speed` that can be held without measuring."""

from tests.benchmarks.judged import Judgement
from tests.benchmarks.search_speed import AIMS, by_kind, missed, sample, table


def test_the_sample_is_the_same_each_time_and_holds_both_collections():
    asked = [Judgement(f"{n}", "x", "qa" if n % 9 else "gold", frozenset("a")) for n in range(900)]
    chosen = sample(asked, 100)
    assert chosen == sample(asked, 100)
    assert [one.collection for one in chosen] == ["gold"] * 50 + ["qa"] * 50
    assert len(set(chosen)) == 100
    assert len(sample(asked, 1000)) == 600  # there are only a hundred of gold


def test_the_spread_is_by_kind_and_of_all_together():
    costs = [("single", float(n), 1.0) for n in range(100)] + [("qa_iapp", 500.0, 2.0)]
    figures = by_kind(costs)
    assert list(figures) == ["single", "qa_iapp", "all"]
    assert (
        figures["single"] | {"queries": 100, "p50": 50, "p95": 95, "max": 99} == figures["single"]
    )
    assert (figures["all"]["queries"], figures["all"]["max"]) == (101, 500)
    assert figures["qa_iapp"]["web_p95"] == 2


def test_an_aim_that_is_missed_or_could_not_be_measured_is_said():
    met = {name: float(aim) for name, (aim, _) in AIMS.items()}
    assert missed(met) == []
    held = met | {"a web process, growth": 61.0, "queries, PostgreSQL CPU p50": float("nan")}
    assert missed(held) == [
        "queries, PostgreSQL CPU p50: nan ms, aim 10 ms",
        "a web process, growth: 61.00 MB, aim 60 MB",
    ]
    cost = {"web": 1.0, "database": 2.0, "total": 3.0}
    figures = {
        "queries": by_kind([("single", 1.0, 2.0)]),
        "entry": {"without": cost, "with": cost},
        "process": {"mb": 20.0, "seconds": 0.1},
        "sizes": {"index of words": 30.0},
    }
    assert "| single |" in table(figures)
    assert "| with its entry " in table(figures)
