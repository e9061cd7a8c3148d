"""`.venv/bin/python -m tests.benchmarks.results`: what a large round of votes costs the worker, and a vote in it the web.

In a database of its own (`--fresh` fills it anew): 10,000 people of eight networks, in three camps, and 200 statements, answered to a
third and in full. Each computing is done by a process as the worker is one: for the first time, again when some changed their
minds, again a day later when marks are shown, and when the round is over. Then votes are sent through the form.
"""

import argparse
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any
from uuid import uuid4

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
os.environ.setdefault("BENCHMARK_DATABASE", "roypalang_results")

SECONDS, MEGABYTES, VOTE = (
    5.0,
    500.0,
    8.0,
)  # the aims: CPU and memory of a computing in a worker that has loaded numpy, ms of a vote
SHARES = (0.3, 1.0)  # of all there is to answer
NETWORKS = 8
VOTES = 60  # sent through the form

# Three camps of unlike sizes; three statements in ten are shared by all of them, the others' sides are drawn.
_CAST = """
    INSERT INTO forums_statementvote (ballot_id, statement_id, vote, important, cast_at)
    SELECT b.id, s.id,
        CASE WHEN random() < 0.12 THEN 0 WHEN random() < 0.15 THEN 1 - 2 * (random() < 0.5)::int
             WHEN s.number %% 10 < 3 OR hashint4(s.number::int * 3 + camp) %% 2 = 0 THEN 1 ELSE -1 END,
        random() < 0.1, now()
    FROM (SELECT id, CASE WHEN id %% 10 < 5 THEN 0 WHEN id %% 10 < 8 THEN 1 ELSE 2 END AS camp
            FROM forums_ballot WHERE round_id = %(round)s) b,
        (SELECT id, number FROM forums_statement WHERE topic_id = %(topic)s) s
    WHERE random() < %(share)s ORDER BY random()
"""
_BALLOTS = """
    INSERT INTO forums_ballot (round_id, member_id, network_id, counts, answered, first_at, last_at)
    SELECT %(round)s, m.id, (%(networks)s::bigint[])[1 + m.id %% %(many)s], m.id %% 40 > 0, 0,
        now() - m.id * interval '3 hours', now() - m.id * interval '3 hours'
    FROM accounts_member m WHERE m.handle LIKE 'voter%%'
"""
_COUNTED = """
    UPDATE forums_ballot b SET answered = n FROM
        (SELECT ballot_id, count(*) AS n FROM forums_statementvote GROUP BY 1) v
        WHERE v.ballot_id = b.id AND b.round_id = %(round)s;
    UPDATE forums_statement s SET answered = n, voted_at = now() FROM
        (SELECT statement_id, count(*) AS n FROM forums_statementvote GROUP BY 1) v
        WHERE v.statement_id = s.id AND s.topic_id = %(topic)s
"""
_CHANGED = """
    UPDATE forums_statementvote SET vote = CASE vote WHEN 1 THEN -1 ELSE 1 END
    WHERE ballot_id IN (SELECT id FROM forums_ballot WHERE round_id = %(round)s AND id %% 12 = 0)
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=10_000)
    options.add_argument("--statements", type=int, default=200)
    options.add_argument("--fresh", action="store_true", help="fill the database anew")
    options.add_argument("--check", action="store_true", help="end with 1 when an aim is missed")
    options.add_argument("--publish", type=int, help="one round, in this process")
    options.add_argument("--days", type=float, default=0, help="as if it were so much later")
    options.add_argument("--profile", type=Path, help="write where the time goes")
    asked = options.parse_args()

    import django

    django.setup()
    if asked.publish:
        _publish(asked.publish, timedelta(days=asked.days), asked.profile)
        return
    from tests.benchmarks import database

    database.make(fresh=asked.fresh)
    _python("-c", "import sklearn.cluster, sklearn.metrics")
    missed = False
    for share, round_ in _filled(asked.people, asked.statements).items():
        print(f"{asked.people:,} people, {asked.statements} statements, {share:.0%} answered")  # noqa: T201
        missed |= not _all_of_it(round_)
    if asked.check and missed:
        sys.exit("an aim was missed")


def _all_of_it(round_: Any) -> bool:
    from django.db import connection

    from forums.knowledge.results.models import PublishedResults

    PublishedResults.objects.filter(round=round_).delete()
    done = [_process("for the first time", round_)]
    for name, days in (("when some changed their minds", 0.0), ("a day later", 1.1)):
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED, {"round": round_.pk})
        done.append(_process(name, round_, days))
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"round": round_.pk})
    done.append(_process("when it is over", round_, 400))
    row = PublishedResults.objects.get(round=round_)
    size = {
        name: len(json.dumps(getattr(row, name))) / 1e6 for name in ("figures", "course", "dealt")
    }
    print("   stored, MB:", ", ".join(f"{name} {mb:.2f}" for name, mb in size.items()))  # noqa: T201
    queries, web, base = _votes(round_)
    print(
        f"   a vote and the next card: {web:.1f} ms of the web, {base:.1f} of the database, {queries} queries"
    )  # noqa: T201
    return web < VOTE and all(
        each["cpu"] - each["loading"] < SECONDS and each["mb"] < MEGABYTES for each in done
    )


def _process(name: str, round_: Any, days: float = 0) -> dict[str, float]:
    command = [
        *"-m tests.benchmarks.results --publish".split(),
        str(round_.pk),
        "--days",
        str(days),
    ]
    done: dict[str, float] = json.loads(_python(*command))
    print(  # noqa: T201
        f"   {name:32} {done['cpu']:6.2f} s of its own ({done['loading']:.2f} to load numpy), {done['database']:5.2f} of the database,"
        f" {done['s']:6.2f} by the clock; {done['before']:4.0f} → {done['mb']:.0f} MB"
    )
    return done


def _python(*arguments: str) -> str:
    """A process of its own, as one is installed: what it loads has been compiled."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    return subprocess.check_output([sys.executable, *arguments], env=environment, text=True)


def _publish(pk: int, later: timedelta, profile: Path | None) -> None:
    import cProfile

    from django.utils import timezone

    from forums.knowledge.results.actions import publish
    from forums.knowledge.voting.models import Round
    from tests.benchmarks.meter import backend_pid, database_cpu

    round_, pid = Round.objects.get(pk=pk), backend_pid()
    before, start, cpu, base = _most(), perf_counter(), process_time(), database_cpu(pid)
    from forums.knowledge.opinions import groups  # noqa: F401 - numpy and scikit-learn, once a worker

    loading = process_time() - cpu
    with cProfile.Profile(builtins=False) as profiler:
        if not profile:
            profiler.disable()
        publish(round_=round_, now=timezone.now() + later)
    took = {
        "before": before,
        "s": perf_counter() - start,
        "cpu": process_time() - cpu,
        "loading": loading,
    }
    print(json.dumps({**took, "mb": _most(), "database": database_cpu(pid) - base}))  # noqa: T201
    if profile:
        profiler.dump_stats(profile)


def _most() -> float:
    """The most memory this program has had, in MB; `getrusage` would count its parent's before it was one of its own."""
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024


def _filled(people: int, statements: int) -> dict[float, Any]:
    """A round for each share, with its votes; made where they are not there."""
    from django.db import connection, transaction
    from django.test import override_settings
    from django.utils import timezone

    from forums.knowledge.voting.models import Round

    if not Round.objects.exists():
        with transaction.atomic(), override_settings(FORUMS_PACE={}):
            for share in SHARES:
                _fill(people, statements, share)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    Round.objects.update(closes_at=timezone.now() + timedelta(days=30))
    return dict(zip(SHARES, Round.objects.order_by("pk"), strict=True))


def _fill(people: int, statements: int, share: float) -> None:
    from django.db import connection

    from accounts.models import Member
    from forums.knowledge.statements.models import Statement
    from tests.knowledge.making import make_round, make_statement, network_in, steward
    from tests.make import make_topic

    looks = steward()
    topic = make_topic(looks)
    networks = [network_in(topic).pk for _each in range(NETWORKS)]
    first = make_statement(topic)
    numbers = range(2, statements + 1)
    said = {"topic": topic, "author": looks, "looked_at": first.looked_at, "looked_by": looks}
    Statement.objects.bulk_create(
        Statement(number=number, body=f"ข้อที่ {number} ควรทำก่อน", key=f"{number}", **said)
        for number in numbers
    )
    type(topic).objects.filter(pk=topic.pk).update(statement_count=statements)
    round_ = make_round(topic, days=30)
    have = Member.objects.filter(handle__startswith="voter").count()
    Member.objects.bulk_create(
        Member(
            handle=(who := f"voter{number}"),
            handle_key=who,
            email=f"{who}@example.org",
            trust_level=1,
        )
        for number in range(have, people)
    )
    values = {
        "round": round_.pk,
        "topic": topic.pk,
        "share": share,
        "networks": networks,
        "many": NETWORKS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_BALLOTS, values)
        cursor.execute(_CAST, values)
        cursor.execute(_COUNTED, values)


def _votes(round_: Any) -> tuple[int, float, float]:
    """Queries, and milliseconds of this process and of the database's, of an answer sent and the card that follows."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from forums.knowledge.voting.models import Ballot
    from tests.benchmarks.meter import backend_pid, database_cpu
    from tests.clients import signed_in
    from tests.make import join, make_member

    network = Ballot.objects.filter(round=round_, counts=True).first().network
    member = make_member(f"{uuid4()}", email=f"{uuid4()}@example.org", trust_level=1)
    join(network, member)
    client = signed_in(member, SERVER_NAME="localhost")
    here = f"/t/{round_.topic_id}/common/vote/"
    address = client.get(here).headers["Location"]
    pid, times, counts = backend_pid(), [], []
    for place in range(VOTES):
        web, base = process_time(), database_cpu(pid)
        if place % 4:
            sent = client.post(address, {"vote": "1"})
            times.append(((process_time() - web) * 1000, (database_cpu(pid) - base) * 1000))
        else:  # counting costs time: it is not timed
            with CaptureQueriesContext(connection) as queries:
                sent = client.post(address, {"vote": "1"})
            counts.append(len(queries))
        address = sent.headers["Location"]
        if "done" in address:
            address = client.get(here).headers["Location"]
    Ballot.objects.filter(round=round_, member=member).delete()
    web, base = (median(some) for some in zip(*times, strict=True))
    return round(median(counts)), web, base


if __name__ == "__main__":
    main()
