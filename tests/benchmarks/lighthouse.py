"""`.venv/bin/python -m tests.benchmarks.lighthouse`: ten pages as Lighthouse has them on its slow telephone.

Each with an empty cache, of the demo community, served as in earnest: production settings, gunicorn, nginx before it (`apt install
nginx chromium fonts-noto-core`), all of it in a folder that is gone afterwards. npm fetches Lighthouse into `var/lighthouse`. The least busy
of the rounds counts, for Lighthouse computes from what this machine's processor took. Ends with status 1 where an aim is missed.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from tests.drills import loopback, nginx
from tests.drills.loopback import CHECKOUT, Loopback
from tests.drills.people import Person

LIGHTHOUSE = "lighthouse@13.5.0"
LEAST = {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}  # of a hundred
TRIES = 3  # of one visit, where the browser told nothing of it
LATEST = 1500  # milliseconds until the largest thing is painted
UNLISTED = {"search", "sign-up"}  # pages that no search engine is to show
COLUMNS = {
    "first-contentful-paint": ("first paint s", "{:.2f}", 1000),
    "largest-contentful-paint": ("largest s", "{:.2f}", 1000),
    "total-blocking-time": ("blocked ms", "{:.0f}", 1),
    "cumulative-layout-shift": ("moved", "{:.3f}", 1),
    "total-byte-weight": ("kB", "{:.1f}", 1000),
}

# Typed into `manage.py shell`: where the demo's pages stand.
PAGES = """
import json
from accounts.models import Member
from forums.discussions.boards.models import Board
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
topics = Topic.objects.visible_to(None)
longest = topics.order_by("-reply_count", "pk").first()
print("SAID " + json.dumps({
    "home": "/",
    "board": longest.board.get_absolute_url(),
    "topic, short": topics.filter(reply_count__gt=0).order_by("reply_count", "pk").first().get_absolute_url(),
    "topic, long": longest.get_absolute_url(),
    "network": Network.objects.visible_to(None).order_by("-member_count", "pk").first().get_absolute_url(),
    "directory": "/networks/",
    "search": "/search/?q=น้ำท่วม",
    "member": longest.author.get_absolute_url(),
    "sign-up": "/accounts/signup/",
    "rules": "/pages/rules/",
}))
"""


class Visit(NamedTuple):
    """What Lighthouse says of one: scores of a hundred, figures by COLUMNS, what lost points, by its title."""

    scores: dict[str, int]
    figures: dict[str, float]
    lost: list[str]

    @property
    def best(self) -> tuple[int, float]:
        return self.scores["performance"], -self.figures["largest-contentful-paint"]


def lighthouse() -> Path:
    """The program; fetched where it is not there yet."""
    folder = Path(os.environ.get("ROYPALANG_VAR") or CHECKOUT / "var") / "lighthouse"
    program = folder / "node_modules/lighthouse/cli/index.js"
    version = LIGHTHOUSE.partition("@")[2]
    there = folder / "node_modules/lighthouse/package.json"
    if not there.exists() or json.loads(there.read_text())["version"] != version:
        folder.mkdir(parents=True, exist_ok=True)
        fetch = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([*fetch, "--prefix", str(folder), LIGHTHOUSE], check=True)
    return program


def has_thai() -> bool:
    """Are there Thai letters here, as on every telephone? Without any, all there is moves when ours come."""
    lister = shutil.which("fc-list")
    found = lister and subprocess.run([lister, ":lang=th"], capture_output=True, check=False)  # noqa: S603
    return bool(found and found.stdout.strip())


def visit(address: str, program: Path, chromium: str, *, unlisted: bool) -> Visit:
    """One, in a browser that has nothing kept; `unlisted`: not asked what search engines would show."""
    flags = (
        "--headless=new --no-sandbox --disable-gpu --ignore-certificate-errors"
        f" --host-resolver-rules='MAP {nginx.NAME} 127.0.0.1'"
    )
    # "Something went wrong with recording the trace. Please run Lighthouse again."
    for again in reversed(range(TRIES)):
        said = subprocess.run(
            [
                *("node", str(program), address, "--quiet", "--output=json"),
                f"--chrome-flags={flags}",
                *(["--skip-audits=is-crawlable,meta-description"] if unlisted else []),
            ],
            env={**os.environ, "CHROME_PATH": chromium},
            check=not again,
            stdout=subprocess.PIPE,
        )
        if not said.returncode:
            break
    return read(json.loads(said.stdout))


def read(report: dict[str, Any]) -> Visit:
    """Its report, as far as it is wanted here. Raises ValueError where it could not look at the page."""
    if "runtimeError" in report:
        raise ValueError(report["runtimeError"]["message"])
    audits, categories = report["audits"], report["categories"]
    lost = [
        audits[ref["id"]]["title"]
        for name in LEAST
        if name != "performance"
        for ref in categories[name]["auditRefs"]
        if ref["weight"] and (audits[ref["id"]]["score"] or 0) < 1
        if audits[ref["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}
    ]
    return Visit(
        {name: round(100 * categories[name]["score"]) for name in LEAST},
        {name: audits[name]["numericValue"] for name in COLUMNS},
        lost,
    )


def line(name: str, found: Visit) -> str:
    """A row of the table."""
    figures = [
        shape.format(found.figures[audit] / unit) for audit, (_, shape, unit) in COLUMNS.items()
    ]
    return f"| {name} | {' | '.join([*map(str, found.scores.values()), *figures])} |"


def missed(name: str, found: Visit) -> list[str]:
    """Aims this page does not reach, as sentences."""
    faults = [
        f"{name}: {what} {found.scores[what]}, aim {aim}"
        for what, aim in LEAST.items()
        if found.scores[what] < aim
    ]
    largest = found.figures["largest-contentful-paint"]
    if largest >= LATEST:
        faults.append(f"{name}: the largest thing after {largest:.0f} ms, aim {LATEST}")
    return faults + [f"{name}: {title}" for title in found.lost]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.lighthouse")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts (3)")
    parser.add_argument("--only", default="", help="only pages whose name has this in it")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    lacking = loopback.missing()
    if lacking or not chromium or not shutil.which("npm") or not has_thai():
        sys.exit(lacking or "Missing here: apt install chromium npm fontconfig fonts-noto-core")
    program = lighthouse()
    with (
        tempfile.TemporaryDirectory(prefix="roypalang-lighthouse-") as folder,
        Loopback(Path(folder)) as place,
    ):
        place.start()
        place.manage("demo", "--yes")
        pages = {
            name: quote(str(path), safe="/?=%")
            for name, path in place.typed(PAGES).items()
            if asked.only in name
        }
        print(f"Load {os.getloadavg()[0]:.1f}, {LIGHTHOUSE}, the best of {asked.rounds}\n")
        print("|", " | ".join(["page", *LEAST, *(title for title, _, _ in COLUMNS.values())]), "|")
        print("|---|" + "--:|" * (len(LEAST) + len(COLUMNS)), flush=True)
        faults = []
        for name, path in pages.items():
            for _each in range(6):  # each process reads its templates; the page is kept
                Person(place.site).get(path)
            found = max(
                (
                    visit(place.site + path, program, chromium, unlisted=name in UNLISTED)
                    for _ in range(asked.rounds)
                ),
                key=lambda each: each.best,
            )
            print(line(name, found), flush=True)
            faults += missed(name, found)
    print("\n" + "\n".join(faults or ["Every aim is met."]))
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
