"""The same work for each forum, in turns, and what it cost: processor time of its process and of the database's."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

import psycopg

from roypalang.embedded_postgres.server import Server
from tests.benchmarks.meter import Meter, database_cpu
from tests.benchmarks.peers.sites import MEMBERS, Site
from tests.drills.people import Answer, Person

PAGES = ("home", "board", "topic")
# What opens, ends and marks transactions is no question.
_STATEMENT = re.compile(
    r"^(\S*) LOG:  (?:statement|execute [^:]*): (?!BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)"
)


@dataclass
class Case:
    """What is asked of one forum; `ask` gets the number of the request, `ready` prepares what is not counted."""

    name: str
    site: Site
    ask: Callable[[int], Answer]
    ready: Callable[[int], object] = lambda _number: None
    meter: Meter = field(default_factory=Meter)
    bytes: int = 0
    queries: int = 0


def cases(site: Site) -> list[Case]:
    """Three pages for a visitor and a member, and a reply."""
    member = site.member(0)
    found = [_page(page, "member", site, member) for page in PAGES]
    visitor = site.visitor()
    return [*found, *(_page(page, "visitor", site, visitor) for page in PAGES), _reply(site)]


def kept_cases(site: Site) -> list[Case]:
    """The pages of a visitor, each asked for once before: the replies of this round have let go of what was kept."""
    visitor = site.visitor()
    found = [_page(page, "visitor", site, visitor) for page in PAGES]
    return [replace(case, ready=lambda number, case=case: case.ask(number)) for case in found]


def _page(page: str, who: str, site: Site, person: Person) -> Case:
    address = site.said[page]
    return Case(f"{page} · {who}", site, lambda _number: person.get(address))


def _reply(site: Site) -> Case:
    people = [site.member(number) for number in range(1, MEMBERS)]
    forms = {}

    def ready(number: int) -> None:
        person = people[number % len(people)]
        form = site.form(person)
        forms[number] = (person, form)

    def ask(number: int) -> Answer:
        person, form = forms.pop(number)
        page = Answer(200, "", site.url + site.said["topic"], "")
        return person.send(page, form, **{site.field: f"ขอบคุณมาก จะลองทำดูที่บ้าน {number}"})

    return Case("reply · member", site, ask, ready)


def measure(asked: Sequence[Case], server: Server, *, rounds: int, requests: int) -> None:
    """Each case once a round, one after the other, so all share the machine's moods. The first round is not counted."""
    number = 0
    with psycopg.connect(server.url, autocommit=True) as talk:
        for turn in range(rounds + 1):
            for case in asked:
                for each in range(number, number + requests):
                    case.ready(each)
                counted = case.meter if turn else Meter()
                backends = _backends(talk, case.site)
                before = _processors(case.site), _databases(backends)
                for each in range(number, number + requests):
                    start = time.perf_counter()
                    answer = case.ask(each)
                    counted.walls.append(1000 * (time.perf_counter() - start))
                    _require(answer, case)
                if set(_backends(talk, case.site)) - set(backends) and turn:
                    raise RuntimeError(
                        f"{case.site.name} opens a connection a request: not to be counted so"
                    )
                after = _processors(case.site), _databases(backends)
                counted.web.append(1000 * (after[0] - before[0]) / requests)
                counted.database.append(1000 * (after[1] - before[1]) / requests)
                case.bytes = len(answer.text.encode())
            number += requests


def count_queries(asked: Sequence[Case], server: Server, *, number: int) -> None:
    """Three requests of each, from `number` on, while PostgreSQL writes down what it is asked; the middle one counts."""
    with psycopg.connect(server.url, autocommit=True) as talk:
        for name, value in {"log_statement": "all", "log_line_prefix": "%d "}.items():
            talk.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        try:
            talk.execute("SELECT pg_reload_conf()")
            time.sleep(1)
            for case in asked:
                counts = [_asked(case, server.log, number + each) for each in range(3)]
                case.queries = sorted(counts)[1]
        finally:
            for name in ("log_statement", "log_line_prefix"):
                talk.execute(f"ALTER SYSTEM RESET {name}")
            talk.execute("SELECT pg_reload_conf()")


def _asked(case: Case, log: Path, number: int) -> int:
    case.ready(number)
    start = log.stat().st_size
    _require(case.ask(number), case)
    time.sleep(0.05)  # something may be done after the answer
    return queries(log, start, case.site.database)


def queries(log: Path, start: int, database: str) -> int:
    """Statements that were written down for a database, from `start` bytes on."""
    with log.open("rb") as file:
        file.seek(start)
        lines = file.read().decode(errors="replace").splitlines()
    return sum(1 for line in lines if (found := _STATEMENT.match(line)) and found[1] == database)


def table(asked: Sequence[Case], names: Sequence[str]) -> str:
    """A row a page, three columns a forum; times are multiples of ours when each page is made, of the same round."""
    head = ["page"]
    for name in names:
        head += [f"{name}: CPU ms", "×", "kB · queries · p50 ms"]
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (3 * len(names))]
    by_place = {(case.name, case.site.name): case for case in asked}
    for page in dict.fromkeys(case.name for case in asked):
        row = [page]
        for name in names:
            case = by_place.get((page, name))
            row += _cells(case, by_place[page, "roypalang"]) if case else ["–", "–", "–"]
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def _cells(case: Case, yardstick: Case) -> list[str]:
    web, database = median(case.meter.web), median(case.meter.database)
    return [
        f"{web:.1f} + {database:.1f}",
        f"{case.meter.times(yardstick.meter):.2f}",
        f"{case.bytes / 1000:.0f} · {case.queries} · {case.meter.percentile(0.5):.0f}",
    ]


def _require(answer: Answer, case: Case) -> None:
    """A page is 200; a reply leads to where it stands, but where scripts send it."""
    leads_on = case.name.startswith("reply") and "reply" not in case.site.said
    if answer.status != (302 if leads_on else 200):
        raise RuntimeError(f"{case.site.name}, {case.name}: {answer.status} {answer.text[:2000]}")


def _backends(talk: psycopg.Connection, site: Site) -> list[int]:
    asked = (
        "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
    )
    return [pid for (pid,) in talk.execute(asked, [site.database])]


def _databases(backends: Sequence[int]) -> float:
    return sum(database_cpu(pid) for pid in backends)


def _processors(site: Site) -> float:
    """Seconds its processes have used, all their threads."""
    return sum(
        int((task / "schedstat").read_text().split()[0]) / 1e9
        for pid in site.processes()
        for task in Path(f"/proc/{pid}/task").iterdir()
    )
