"""`.venv/bin/python -m tests.benchmarks.search_speed`: what searching, and being found, costs (docs/search.md).

Over the database of `tests.benchmarks.pages`: CPU time of PostgreSQL for a fixed sample of the judged
queries, what an entry in the index adds to writing a post, to the size of a web process and to its start,
and how large the indexes are.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.judged import Judgement, Unreadable, read_judgements
from tests.benchmarks.report import aligned
from tests.needs import shared_folder

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")

AIMS = {  # the figure's name: (at most, its unit)
    "queries, PostgreSQL CPU p50": (10, "ms"),
    "queries, PostgreSQL CPU p95": (60, "ms"),
    "an entry, CPU of web and PostgreSQL": (2, "ms"),
    "a web process, growth": (60, "MB"),
    "a web process, later start": (0.5, "s"),
}


def main() -> None:
    options = _options()
    try:
        asked = sample(read_judgements(options.judgements), options.queries)
    except Unreadable as error:
        sys.exit(str(error))

    import django

    django.setup()
    # After the setup: these modules import models.
    from tests.benchmarks import database, search_costs

    database.prepare(posts=options.posts, fresh=False)
    queries = search_costs.of_queries(asked)
    entry = search_costs.of_an_entry(options.writes)
    process = search_costs.of_a_process()
    figures = {
        "queries": by_kind(queries),
        "entry": entry,
        "process": process,
        "sizes": search_costs.sizes(),
    }
    everything = figures["queries"]["all"]
    held = {
        "queries, PostgreSQL CPU p50": everything["p50"],
        "queries, PostgreSQL CPU p95": everything["p95"],
        "an entry, CPU of web and PostgreSQL": entry["with"]["total"] - entry["without"]["total"],
        "a web process, growth": process["mb"],
        "a web process, later start": process["seconds"],
    }
    figures["missed"] = missed(held)
    print(table(figures))
    print("\n" + "\n".join(figures["missed"] or ["Every aim is met."]))
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    if options.check and figures["missed"]:
        sys.exit(1)


def sample(judgements: Sequence[Judgement], count: int) -> list[Judgement]:
    """The same queries each time: half of them words, half questions, as far as there are such."""
    chosen: list[Judgement] = []
    collections = sorted({one.collection for one in judgements})
    for collection in collections:
        there = [one for one in judgements if one.collection == collection]
        part = min(len(there), count // len(collections))
        chosen += random.Random(1).sample(there, part)  # noqa: S311
    return chosen


def by_kind(costs: Sequence[tuple[str, float, float]]) -> dict[str, dict[str, float]]:
    """From (kind, milliseconds of PostgreSQL, of Python) of each query: the spread, and of all together."""
    groups: dict[str, list[tuple[float, float]]] = {"all": []}
    for kind, database, web in costs:
        groups.setdefault(kind, []).append((database, web))
        groups["all"].append((database, web))
    groups["all"] = groups.pop("all")  # at the end
    return {kind: _spread(found) for kind, found in groups.items()}


def _spread(found: list[tuple[float, float]]) -> dict[str, float]:
    database, web = (sorted(times) for times in zip(*found, strict=True))
    return {
        "queries": len(found),
        "p50": at(database, 0.5),
        "p95": at(database, 0.95),
        "max": database[-1],
        "web_p50": at(web, 0.5),
        "web_p95": at(web, 0.95),
    }


def at(ordered: Sequence[float], part: float) -> float:
    """The value so far up in a row in order."""
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def missed(held: dict[str, float]) -> list[str]:
    return [
        f"{name}: {held[name]:.2f} {unit}, aim {aim} {unit}"
        for name, (aim, unit) in AIMS.items()
        if not held[name] <= aim
    ]


def table(figures: dict[str, Any]) -> str:
    queries = [["kind", "queries", "p50 ms", "p95 ms", "max ms", "web p50", "web p95"]]
    queries += [
        [kind, f"{row['queries']}", *(f"{value:.1f}" for value in list(row.values())[1:])]
        for kind, row in figures["queries"].items()
    ]
    writes = [["a reply of 400 characters", "web ms", "PostgreSQL ms", "together"]]
    writes += [
        [f"{name} its entry", *(f"{row[part]:.2f}" for part in ("web", "database", "total"))]
        for name, row in figures["entry"].items()
    ]
    sizes = [["what", "MB"], *([name, f"{mb:.1f}"] for name, mb in figures["sizes"].items())]
    process = figures["process"]
    return "\n\n".join(
        [
            "PostgreSQL CPU of a search, and CPU of Python (web)",
            aligned(queries),
            aligned(writes),
            f"Words, clusters and lexicon in a fresh process: {process['mb']:.1f} MB,"
            f" {process['seconds']:.2f} s",
            aligned(sizes),
        ]
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.search_speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    judged = shared_folder() / "data" / "thai" / "search_judgements.jsonl.gz"
    parser.add_argument("--posts", type=int, default=200_000, help="posts in the database (200000)")
    parser.add_argument("--judgements", type=Path, default=judged, metavar="FILE")
    parser.add_argument("--queries", type=int, default=600, help="how many of them (600)")
    parser.add_argument("--writes", type=int, default=300, help="replies written each way (300)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--check", action="store_true", help="end with status 1 if an aim is missed"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
