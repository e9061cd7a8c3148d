"""`.venv/bin/python -m tests.benchmarks.peers`: what each page costs here, and in forums one would otherwise take.

They are fetched into `var/peers` (uv, the registry of Python's packages), once, and filled with the texts of ours, once
(`--fresh` fills anew): 20,000 posts by 400 members in a PostgreSQL of their own. Then all are asked in turns.
"""

import argparse
import contextlib
import os
import shutil
from pathlib import Path

from roypalang.embedded_postgres.server import Server
from tests.benchmarks.peers import sites, work
from tests.drills.loopback import CHECKOUT


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.peers")
    parser.add_argument("--rounds", type=int, default=9, help="each page once a round (9)")
    parser.add_argument("--requests", type=int, default=5, help="requests a page a round (5)")
    parser.add_argument("--fresh", action="store_true", help="fill all of them anew")
    parser.add_argument("--away", action="store_true", help="take away what was fetched and filled")
    asked = parser.parse_args()
    place = Path(os.environ.get("ROYPALANG_VAR") or CHECKOUT / "var") / "peers"
    place.mkdir(parents=True, exist_ok=True)
    server = Server(place / "postgres")
    if asked.away:
        server.stop()
        shutil.rmtree(place)
        return
    with contextlib.ExitStack() as ending:
        ending.callback(server.stop)
        server.ensure()
        _compare(place, server, ending, asked)


def _compare(
    place: Path, server: Server, ending: contextlib.ExitStack, asked: argparse.Namespace
) -> None:
    kept, made = (sites.ours(place, server, kept=kept) for kept in (True, False))
    peers = [peer.fetched(place, server) for peer in sites.PEERS]
    if asked.fresh or not made.is_filled:
        print("Filling roypalang", flush=True)
        sites.fill_ours(made, server)
        sites.analyse(server, made.database)
    for site in peers:
        if asked.fresh or not site.is_filled:
            print(f"Filling {site.name}", flush=True)
            sites.fill(site, made.folder / "texts", server)
    for site in (kept, made, *peers):
        ending.callback(site.close)
        site.serve()
    cases = [case for site in (made, *peers) for case in work.cases(site)]
    cases += work.kept_cases(kept)
    cases.sort(key=lambda case: case.name)  # side by side: one page of all, then the next
    work.measure(cases, server, rounds=asked.rounds, requests=asked.requests)
    work.count_queries(cases, server, number=(asked.rounds + 1) * asked.requests)
    names = [site.name for site in (made, kept, *peers)]
    print(f"\nLoad {os.getloadavg()[0]:.1f}; {asked.rounds} rounds of {asked.requests} requests\n")
    print(work.table(cases, names))


if __name__ == "__main__":
    main()
