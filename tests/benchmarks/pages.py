"""`.venv/bin/python -m tests.benchmarks.pages`: what each page costs, as a table (docs/performance.md)."""

import argparse
import cProfile
import json
import os
import pstats
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.pages", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15, help="each page once a round (15)")
    parser.add_argument("--requests", type=int, default=20, help="requests a page a round (20)")
    parser.add_argument("--posts", type=int, default=200_000, help="posts in the database (200000)")
    parser.add_argument("--fresh", action="store_true", help="make and fill the database anew")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(
        "--only", default="", help="only pages whose name has this in it, and (a), (c)"
    )
    parser.add_argument(
        "--check", action="store_true", help="end with status 1 if an aim is missed"
    )
    parser.add_argument("--profile", default="", metavar="NAME", help="profile one page instead")
    options = parser.parse_args()

    import django

    django.setup()
    # After the setup: these modules import models.
    from roypalang.garbage import settle
    from tests.benchmarks import database, report
    from tests.benchmarks.cases import Bench

    database.collect_static()
    database.prepare(posts=options.posts, fresh=options.fresh)
    replies = 2 * (options.rounds + 2) * options.requests  # to two topics
    bench = Bench(only=options.only, replies=replies)
    settle()  # as where it is served
    try:
        if options.profile:
            _profile(bench, options.profile)
            return
        figures = bench.run(rounds=options.rounds, requests=options.requests)
    finally:
        bench.tidy()
    figures["missed"] = report.missed(figures)
    print(report.table(figures))
    print("\n" + "\n".join(figures["missed"] or ["Every aim is met."]))
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    if options.check and figures["missed"]:
        sys.exit(1)


def _profile(bench: "Bench", name: str) -> None:  # type: ignore[name-defined]  # noqa: F821
    case = next((case for case in bench.cases if name in case.name), None)
    if case is None:
        sys.exit(f"no page is named {name}: " + ", ".join(case.name for case in bench.cases))
    for _ in range(20):
        case.ask()
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(100):
        case.ask()
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(40).sort_stats("cumtime").print_stats(
        70
    )


if __name__ == "__main__":
    main()
