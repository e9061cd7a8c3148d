"""`.venv/bin/python -m tests.benchmarks.search_quality`: how well the site's search answers judged queries.

Documents become posts in a database of the tool's own, and every query goes through the site's search;
PostgreSQL's `simple` text search and LIKE answer the same queries for comparison (docs/search.md).
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from tests.benchmarks.judged import (
    Document,
    Judgement,
    Unreadable,
    read_documents,
    read_judgements,
)
from tests.benchmarks.metrics import Figures, average, holds_half, measure
from tests.benchmarks.report import aligned
from tests.needs import shared_folder

CORE = frozenset({"single", "short_ambiguous", "compound2", "compound3", "oov_name"})
MISSPELLED = "misspelled"
SPELLINGS = 3  # of those offered, the first ones
COLLECTIONS = ("gold", "qa")
_COLUMNS = {
    "P": "p",
    "R": "r",
    "F1": "f1",
    "MAP": "map",
    "nDCG@10": "ndcg10",
    "MRR": "mrr",
    "hit@1": "hit1",
    "none": "zero_hits",
}

# (kind of query, its figures), in the order of the file
type Measured = list[tuple[str, Figures]]


def main() -> None:
    options = _options()
    try:
        documents = read_documents(options.docs)
        judgements = read_judgements(options.judgements)
        _check(documents, judgements)
    except Unreadable as error:
        sys.exit(str(error))
    _set_up()
    from tests.benchmarks.engines import ENGINES  # imports models

    results = evaluate(documents, judgements, ENGINES)
    if options.json != "-":
        print(table(results))
    if options.json:
        text = json.dumps(as_json(results), ensure_ascii=False, indent=1)
        if options.json == "-":
            print(text)
        else:
            Path(options.json).write_text(text + "\n")


def evaluate(
    documents: Sequence[Document],
    judgements: Sequence[Judgement],
    engines: Mapping[str, Callable[[Sequence[Document]], Callable[[str], Any]]],
) -> dict[str, dict[str, Measured]]:
    """Figures of every query, by engine and collection. Each collection has the site to itself."""
    results: dict[str, dict[str, Measured]] = {name: {} for name in engines}
    for collection in COLLECTIONS:
        judged = [one for one in judgements if one.collection == collection]
        if not judged:
            continue
        texts = [document for document in documents if document.collection == collection]
        for name, start in engines.items():
            _say(f"{name}: {len(texts):,} documents of {collection}")
            answer = start(texts)
            progress = tqdm(judged, desc=f"{name}, {collection}", unit=" queries", mininterval=1)
            found = [(one, answer(one.query)) for one in progress]
            results[name][collection] = [
                (asked.kind, _figures(asked, answered, answer)) for asked, answered in found
            ]
            if slow := sum(one.too_slow for _, one in found):
                _say(f"{slow:,} searches were ended by the limit of time; is the machine busy?")
    return results


def _figures(asked: Judgement, found: Any, answer: Callable[[str], Any]) -> Figures:
    figures = measure(shown=found.shown, ranked=found.ranked, relevant=asked.relevant)
    if asked.kind == MISSPELLED:
        offered = (answer(spelling).shown for spelling in found.spellings[:SPELLINGS])
        pages = (found.shown, *offered)
        figures["found_or_offered"] = float(any(holds_half(page, asked.relevant) for page in pages))
    return figures


# -- figures together ---------------------------------------------------------------------------


def as_json(results: dict[str, dict[str, Measured]]) -> dict[str, Any]:
    """Macro averages: every query counts alike. None where no query is of that kind."""
    summaries = {"gold": _of_gold, "qa": _of_questions}
    return {
        name: {
            collection: summaries[collection](measured) | {"kinds": by_kind(measured)}
            for collection, measured in collections.items()
        }
        for name, collections in results.items()
    }


def _of_gold(measured: Measured) -> dict[str, float | None]:
    everything = average([figures for _, figures in measured])
    core = average([figures for kind, figures in measured if kind in CORE])
    return {
        "core_f1": core.get("f1"),
        "all_f1": everything["f1"],
        **{name: everything[name] for name in ("map", "mrr", "zero_hits")},
    }


def _of_questions(measured: Measured) -> dict[str, float | None]:
    everything = average([figures for _, figures in measured])
    return {name: everything[name] for name in ("ndcg10", "mrr", "hit1")}


def by_kind(measured: Measured) -> dict[str, Figures]:
    kinds: dict[str, list[Figures]] = {}
    for kind, figures in measured:
        kinds.setdefault(kind, []).append(figures)
    return {kind: average(found) for kind, found in kinds.items()}


def table(results: dict[str, dict[str, Measured]]) -> str:
    """A table a collection: a row for each kind of query and engine, then the averages."""
    parts = []
    for collection in COLLECTIONS:
        engines = {
            name: found[collection] for name, found in results.items() if collection in found
        }
        if not engines:
            continue
        groups: dict[str, dict[str, Figures]] = {}
        for name, measured in engines.items():
            rows = dict(by_kind(measured))
            if collection == "gold":
                core = [figures for kind, figures in measured if kind in CORE]
                rows["core"] = average(core) if core else {}
            shared = [{title: one[title] for title in _COLUMNS.values()} for _, one in measured]
            rows["all"] = average(shared)
            for kind, figures in rows.items():
                groups.setdefault(kind, {})[name] = figures
        cells = [["kind", "", "queries", *_COLUMNS]]
        cells += [
            [kind, name, f"{figures['queries']:,}", *_percents(figures)]
            for kind, found in groups.items()
            for name, figures in found.items()
            if figures
        ]
        parts.append(f"{collection}, per cent\n\n{aligned(cells, left=2)}")
        parts += _on_spelling(engines)
    return "\n\n".join(parts)


def _percents(figures: Figures) -> Iterable[str]:
    return (f"{100 * figures[name]:.1f}" for name in _COLUMNS.values())


def _on_spelling(engines: dict[str, Measured]) -> Iterable[str]:
    misspelled = by_kind(engines.get("ours", [])).get(MISSPELLED)
    if misspelled:
        share = misspelled["found_or_offered"]
        yield f"Misspelled, found or offered among the first {SPELLINGS}: {share:.1%}"


# -- the run ------------------------------------------------------------------------------------


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.search_quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    beside = shared_folder() / "data" / "thai"
    for name, file in (("docs", "search_docs"), ("judgements", "search_judgements")):
        path = beside / f"{file}.jsonl.gz"
        parser.add_argument(
            f"--{name}", type=Path, metavar="FILE", default=path, help=f"JSON lines, .gz ({path})"
        )
    parser.add_argument(
        "--json",
        nargs="?",
        const="-",
        metavar="FILE",
        help="write the figures there too; without FILE print them, and no table",
    )
    return parser.parse_args()


def _check(documents: Sequence[Document], judgements: Sequence[Judgement]) -> None:
    """Say what would make the figures meaningless, or what is left out of them."""
    for collection in COLLECTIONS:
        there = {one.id for one in documents if one.collection == collection}
        asked = [one for one in judgements if one.collection == collection]
        if asked and not there:
            raise Unreadable(f"queries of {collection} are judged, but no document is of it")
        if missing := len(set().union(*(one.relevant for one in asked)) - there):
            _say(f"{missing:,} judged documents of {collection} are not there: nothing finds them")
    known = [one for one in judgements if one.collection in COLLECTIONS]
    if not known:
        raise Unreadable(f"no judged query is of {' or '.join(COLLECTIONS)}")
    if left := len(judgements) - len(known):
        _say(f"{left:,} queries of other collections are left out")


def _set_up() -> None:
    """Django, with a database of this tool's own: it is emptied, so it must never be another's."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    os.environ["BENCHMARK_DATABASE"] = "roypalang_quality"

    import django

    django.setup()
    from tests.benchmarks.database import alone, make

    _say("making the tables")
    make(fresh=False)
    if not alone():
        sys.exit("Another run of this tool is using its database; please wait until it ends.")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
