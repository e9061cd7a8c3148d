"""What the growth of the site may not cost: a query that finds less."""

from tests.benchmarks.judged import Judgement
from tests.benchmarks.search_growth import Answered, fewer


def asked(*queries: str) -> list[Judgement]:
    return [Judgement(query, "words", "posts", frozenset({"1"})) for query in queries]


def test_a_query_that_finds_fewer_matches_or_nothing_is_named():
    small = [Answered(1, 5, 0, True), Answered(1, 0, 3, True), Answered(1, 5, 9, True)]
    large = [Answered(1, 4, 9, True), Answered(1, 0, 0, False), Answered(1, 25, 0, True)]
    lost = fewer(asked("น้ำ", "ป่า", "ข้าว"), small, large)
    assert [line.split(":")[0] for line in lost] == ["น้ำ", "ป่า"]


def test_nearness_may_give_way_to_matches():
    assert fewer(asked("น้ำ"), [Answered(1, 0, 9, True)], [Answered(1, 1, 0, True)]) == []
