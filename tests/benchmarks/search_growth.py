"""`.venv/bin/python -m tests.benchmarks.search_growth`: does search find in a large site what it found in a smaller one?

The judged queries are asked in the database of `tests.benchmarks.pages` and in a larger one that says the same texts more often
(`--posts`): none may find fewer matches there, and PostgreSQL's CPU time is compared (docs/search.md).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, NamedTuple

from tqdm import tqdm

from tests.benchmarks.judged import Judgement, read_judgements
from tests.benchmarks.search_speed import at, sample
from tests.needs import shared_folder

if TYPE_CHECKING:
    from forums.search.results.find import Found

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")

SEEDED = 200_000
_AGAIN = 3  # times a query that met the limit of time is asked again: others use the machine, too
P95 = 45  # ms of PostgreSQL, on a machine at rest whose memory holds the entries


class Answered(NamedTuple):
    """Of one query: milliseconds of PostgreSQL, matches, posts with some of the words, and whether the limit was met."""

    ms: float
    matches: int
    partial: int
    in_time: bool

    @property
    def shown(self) -> int:
        return self.matches + self.partial


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000, help="of the large site (1000000)")
    parser.add_argument("--queries", type=int, default=1200, help="judged queries asked (1200)")
    options = parser.parse_args()
    # A process each: what one remembers of its site's words is nothing to the other. One after the other.
    apart = ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1)
    with apart:
        sites = {
            posts: apart.submit(_answers, posts, options.queries)
            for posts in (SEEDED, options.posts)
        }
    small, large = (site.result() for site in sites.values())
    lost = fewer(_asked(options.queries), small, large)
    for posts, answers in zip(sites, (small, large), strict=True):
        print(_spread(f"{posts:,}", answers))
    print("\n".join(lost) or "Every query finds at least what it found.")
    sys.exit(bool(lost) or _p95(large) > P95)


def fewer(
    asked: Sequence[Judgement], small: Sequence[Answered], large: Sequence[Answered]
) -> list[str]:
    """A line for each query that finds fewer matches in the large site, or nothing at all."""
    return [
        f"{one.query}: {before.matches} matches and {before.partial} near, then {after.matches} and {after.partial}"
        for one, before, after in zip(asked, small, large, strict=True)
        if after.matches < before.matches or bool(after.shown) < bool(before.shown)
    ]


def _asked(count: int) -> list[Judgement]:
    path = shared_folder() / "data" / "thai" / "search_judgements.jsonl.gz"
    return sample(read_judgements(path), count)


def _answers(posts: int, count: int) -> list[Answered]:
    """What the site of so many posts answers, each query asked twice."""
    import django

    django.setup()
    from tests.benchmarks import database
    from tests.benchmarks.engines import look

    database.prepare(posts=posts, fresh=False)
    asked = _asked(count)
    for one in tqdm(asked, desc="warming up", unit=" queries", mininterval=1):
        look(one.query)
    return [
        _answer(one.query) for one in tqdm(asked, desc="measuring", unit=" queries", mininterval=1)
    ]


def _answer(query: str) -> Answered:
    from tests.benchmarks.engines import look
    from tests.benchmarks.search_costs import cost

    found: list[Found] = []
    tries = []
    for _try in range(_AGAIN + 1):
        tries.append(cost(lambda: found.append(look(query)))[0])
        if not found[-1].too_slow:
            break
    return Answered(
        tries[0], len(found[-1].matches), len(found[-1].partial), in_time=len(tries) == 1
    )


def _spread(name: str, answers: Sequence[Answered]) -> str:
    ordered = sorted(one.ms for one in answers)
    late = sum(not one.in_time for one in answers)
    empty = sum(not one.shown for one in answers)
    return (
        f"{name} posts, {len(answers):,} queries: PostgreSQL p50 {at(ordered, 0.5):.1f} ms, p95 {at(ordered, 0.95):.1f},"
        f" worst {ordered[-1]:.1f}; {late} met the limit of time; {empty} show nothing"
    )


def _p95(answers: Sequence[Answered]) -> float:
    return at(sorted(one.ms for one in answers), 0.95)


if __name__ == "__main__":
    main()
