"""`.venv/bin/python -m tests.benchmarks.growth`: what each page and write costs as the site grows, against the smallest site.

    nohup nice .venv/bin/python -m tests.benchmarks.growth --sizes 100000,1000000,5000000 > var/growth.log 2>&1 &

Each size is a database of its own (`roypalang_growth_<posts>`), made by `seed_load --bulk` and dropped at its end unless `--keep` is
said. What is done is written down as soon as it is (var/growth/<posts>.json, part by part), so a run that was stopped goes on with
what is missing; `--table` only prints what is there. `--fresh` begins anew.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.needs import CHECKOUT

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")

FOLDER = CHECKOUT / "var" / "growth"
PARTS = ("made", "pages", "writes", "sizes", "churn", "migrations")
AIM = 1.3  # times what the smallest site costs
_LITTLE = 1.0  # ms: of less than that more is no growth, but chance

type Figures = dict[str, Any]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--sizes", default="100000,1000000,5000000", help="posts, from few to many"
    )
    options.add_argument("--rounds", type=int, default=6, help="each page once a round (6)")
    options.add_argument("--requests", type=int, default=5, help="requests a page a round (5)")
    options.add_argument("--only", default="", help="only pages whose name has this in it")
    options.add_argument("--updates", type=int, default=1_000_000, help="of the churn (1000000)")
    options.add_argument("--parts", default=",".join(PARTS), help="some of " + ", ".join(PARTS))
    options.add_argument("--keep", action="store_true", help="do not drop the databases")
    options.add_argument("--fresh", action="store_true", help="forget what was done")
    options.add_argument(
        "--table", action="store_true", help="print what is known, measure nothing"
    )
    options.add_argument("--one", type=int, help="(one size, in this process)")
    asked = options.parse_args()
    if asked.one:
        _measure(asked.one, asked)
        return
    sizes = [int(size) for size in asked.sizes.split(",")]
    if not asked.table:
        for size in sizes:
            if asked.fresh:
                _file(size).unlink(missing_ok=True)
            # A process each: what one remembers of its site is nothing to the next.
            subprocess.run([sys.executable, "-m", "tests.benchmarks.growth", *sys.argv[1:], "--one", str(size)], check=True)  # fmt: skip
    print("\n".join(table({size: _known(size) for size in sizes})))


def _measure(size: int, asked: argparse.Namespace) -> None:
    """What is missing of the parts of one size."""
    os.environ["BENCHMARK_DATABASE"] = f"roypalang_growth_{size}"
    import django

    django.setup()
    from tests.benchmarks import database, growth_parts

    done = _known(size)
    wanted = [part for part in PARTS if part in asked.parts.split(",")]
    missing = [part for part in wanted if part not in done]
    if not missing:
        return
    do: dict[str, Callable[[], Figures]] = {
        "made": lambda: growth_parts.make(size),
        "pages": lambda: growth_parts.pages(asked.only, asked.rounds, asked.requests),
        "writes": lambda: growth_parts.writes(asked.rounds * asked.requests),
        "sizes": growth_parts.sizes,
        "churn": lambda: growth_parts.churn(asked.updates),
        "migrations": growth_parts.migrations,
    }
    if "made" not in missing:
        growth_parts.make(size)  # the database may have been dropped since
    for part in missing:
        print(f"{size:,}: {part}", flush=True)
        began = time.monotonic()
        done[part] = do[part]() | {"seconds": round(time.monotonic() - began, 1)}
        FOLDER.mkdir(parents=True, exist_ok=True)
        _file(size).write_text(json.dumps(done, ensure_ascii=False, indent=1))
    if not asked.keep:
        database.drop()


def _file(size: int) -> Path:
    return FOLDER / f"{size}.json"


def _known(size: int) -> Figures:
    try:
        found: Figures = json.loads(_file(size).read_text())
    except FileNotFoundError:
        found = {}
    return found


# -- what is printed ------------------------------------------------------------------------------


def table(known: dict[int, Figures]) -> list[str]:
    """All figures of all sizes as lines of Markdown, and what grew by more than the aim."""
    lines = []
    for part in ("pages", "writes"):
        costs = {size: done[part]["costs"] for size, done in known.items() if part in done}
        if costs:
            lines += ["", *_costs(part, costs)]
    for size, done in known.items():
        for part in ("made", "sizes", "churn", "migrations"):
            lines += _others(size, part, done.get(part, {}))
    return lines


def _costs(part: str, costs: dict[int, Figures]) -> list[str]:
    """Growth against the first size; of a page as a multiple of the bare view, asked in the same rounds."""
    first, *others = costs
    header = [
        part,
        *(f"{size:,}" for size in costs),
        *(f"× {size:,}" for size in others),
        "rows · pages, first · last",
    ]
    lines = ["| " + " | ".join(header) + " |", "|---|" + "--:|" * (len(header) - 1)]
    grew = []
    for name, one in costs[first].items():
        each = [found[name] for found in costs.values() if name in found]
        if len(each) < len(costs):
            continue
        times = [growth(one, other) for other in each[1:]]
        if any(more > AIM for more in times):
            grew.append(name)
        cells = [f"{it['web_ms']:.1f} + {it['database_ms']:.1f}" for it in each]
        cells += [f"{each:.2f}" for each in times]
        cells.append(
            f"{one['rows']:,} · {one['pages']:,}, {each[-1]['rows']:,} · {each[-1]['pages']:,}"
        )
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    said = (
        f"More than {AIM} ×: {', '.join(grew)}." if grew else f"Nothing grew by more than {AIM} ×."
    )
    return [*lines, "", said]


def growth(small: Figures, large: Figures) -> float:
    """How many times as much it costs in all; what is under a millisecond counts as one.

    The machine's speed changes from minute to minute: `bare`, where it was asked beside a bare view, is a multiple of that.
    """
    if "bare" in small and "bare" in large and _both(small) > _LITTLE:
        more: float = large["bare"] / small["bare"]
        return more
    before, now = (max(_LITTLE, _both(each)) for each in (small, large))
    return now / before


def _both(cost: Figures) -> float:
    spent: float = cost["web_ms"] + cost["database_ms"]
    return spent


def _others(size: int, part: str, figures: Figures) -> list[str]:
    if not figures:
        return []
    lines = ["", f"{size:,} posts: {part} ({figures['seconds']} s)", ""]
    for name, value in figures.items():
        if isinstance(value, list):
            lines += [f"- {name}:", *(f"    - {row}" for row in value)]
        elif name != "seconds":
            lines.append(f"- {name}: {value}")
    return lines


if __name__ == "__main__":
    main()
