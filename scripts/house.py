"""Prints the house: its wings from left to right, the nouns in each, and how often each imports which.

Read from the code each time (grimp), so it is never out of date: `make house`.
"""

import sys
import tomllib
from collections import Counter
from pathlib import Path

import grimp

CHECKOUT = Path(__file__).resolve().parent.parent
ORDERED = ("wings", "groups", "discussions", "search", "activities", "ledger", "moderation")


def main() -> None:
    """Prints the graph of wings, then that of each wing's nouns, and what climbs (nothing should)."""
    sys.path.insert(0, str(CHECKOUT))
    graph = grimp.build_graph("accounts", "forums", "roypalang", exclude_type_checking_imports=True)
    contracts = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = {each["id"]: each for each in contracts["contracts"] if each["type"] == "layers"}
    wings = list(reversed(layers["wings"]["layers"]))
    print("Wings, the leftmost first: each imports only those above it here.\n")
    show(graph, wings)
    for name in ORDERED[1:]:
        container = layers[name]["containers"][0]
        print(f"\nIn {container}:\n")
        nouns = reversed(layers[name]["layers"])
        show(graph, [f"{container}.{noun}" for noun in nouns])


def show(graph: grimp.ImportGraph, packages: list[str]) -> None:
    """A line for each package: its files, then what it imports of the others."""
    width = max(len(short(package)) for package in packages)
    for place, package in enumerate(packages):
        modules = {package, *graph.find_descendants(package)}
        found: Counter[str] = Counter()
        for module in modules:
            for imported in graph.find_modules_directly_imported_by(module):
                for other in packages:
                    if other != package and (imported == other or imported.startswith(f"{other}.")):
                        found[other] += 1
        climbs = [other for other in found if packages.index(other) > place]
        arrows = "  ".join(f"{short(other)} {found[other]}" for other in packages if other in found)
        mark = "  CLIMBS" if climbs else ""
        print(f"{short(package):<{width}}  {len(modules):>3} files  ← {arrows or '—'}{mark}")


def short(package: str) -> str:
    """Its last name."""
    return package.rpartition(".")[2]


if __name__ == "__main__":
    main()
