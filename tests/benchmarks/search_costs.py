"""The measuring of `search_speed`. A figure of CPU is of one thread here and of the one PostgreSQL process."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from statistics import fmean, median
from unittest import mock

from django.db import connection
from tqdm import tqdm

from accounts.models import Member
from forums.discussions.posts import actions
from forums.discussions.posts.counters import recount
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.models import Topic
from tests.benchmarks.database import last_id
from tests.benchmarks.engines import look
from tests.benchmarks.judged import Judgement
from tests.benchmarks.meter import backend_pid, database_cpu

LENGTH = 400  # characters of a post that is written
_SETTLED = 0.0005  # seconds: the time of a process that has just answered is not all booked yet
_TIMES = 7  # a fresh process is started

# First what every web process has loaded anyway, then what finding words adds, up to the first use.
_FRESH = """
import time
import django.conf, django.utils.text, psycopg
def size():
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
before, began = size(), time.perf_counter()
from forums.text.clusters import clusters_of
from forums.text.pairs import pairs_vector
from forums.text.words import runs, words_vector
found = runs("น้ำท่วมบ้านที่เชียงใหม่ ใครรู้บ้างว่าต้องทำอย่างไร")
pairs_vector([found]), words_vector([("C", found[0])]), clusters_of(found)
print((size() - before) / 1000, time.perf_counter() - began)
"""


def of_queries(asked: Sequence[Judgement]) -> list[tuple[str, float, float]]:
    """(kind, milliseconds of PostgreSQL, of Python) of each; asked twice, the second time counts."""
    for one in tqdm(asked, desc="warming up", unit=" queries", mininterval=1):
        look(one.query)
    costs = []
    for one in tqdm(asked, desc="measuring", unit=" queries", mininterval=1):
        database, web = cost(lambda query=one.query: look(query))  # type: ignore[misc]
        costs.append((one.kind, database, web))
    return costs


def of_an_entry(count: int) -> dict[str, dict[str, float]]:
    """What a reply costs `with` and `without` its entry: mean milliseconds of `count` each, in turns.

    The mean, for now and then a writer sorts into the index what others have left.
    """
    last, last_standpoint = last_id(Post), last_id(Standpoint)
    topic = Topic.objects.select_related("board").order_by("-last_number")[1]
    texts, writers = _texts(), _writers(count)
    ways: dict[str, Callable[[], object]] = {"without": _no_entry, "with": nullcontext}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    try:
        for turn in tqdm(range(-10, count), desc="writing", unit=" pairs", mininterval=1):
            for name, way in ways.items():
                author, body = next(writers), next(texts)
                with way():  # type: ignore[attr-defined]
                    took = cost(lambda: actions.reply(author=author, topic=topic, body=body))  # noqa: B023
                if turn >= 0:
                    found[name].append(took)
    finally:
        Post.objects.filter(pk__gt=last).delete()
        Standpoint.objects.filter(pk__gt=last_standpoint).delete()
        recount(topic)
    figures = {}
    for name, costs in found.items():
        database, web = (fmean(times) for times in zip(*costs, strict=True))
        figures[name] = {"web": web, "database": database, "total": web + database}
    return figures


def of_a_process() -> dict[str, float]:
    """How much a web process grows by the modules that find words, and how much later it is ready."""
    runs = []
    for _ in range(_TIMES):
        run = subprocess.run(
            [sys.executable, "-c", _FRESH], capture_output=True, text=True, check=True
        )
        runs.append([float(part) for part in run.stdout.split()])
    mb, seconds = (median(part) for part in zip(*runs, strict=True))
    return {"mb": mb, "seconds": seconds}


def sizes() -> dict[str, float]:
    """Megabytes."""
    names = {
        "entries, with text": "pg_table_size('forums_searchentry')",
        "index of words": "pg_relation_size('search_words')",
        "index of pairs": "pg_relation_size('search_pairs')",
        "table of words, with indexes": "pg_total_relation_size('forums_searchword')",
        "posts, with indexes": "pg_total_relation_size('forums_post')",
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(names.values()))
        return {name: size / 1e6 for name, size in zip(names, cursor.fetchone(), strict=True)}


def cost(call: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of PostgreSQL and of this thread."""
    pid = backend_pid()
    time.sleep(_SETTLED)
    database, web = database_cpu(pid), time.thread_time()
    call()
    web = time.thread_time() - web
    time.sleep(_SETTLED)
    return (database_cpu(pid) - database) * 1000, web * 1000


@contextmanager
def _no_entry() -> Iterator[None]:
    with mock.patch.object(actions, "index_post"):
        yield


def _texts() -> Iterator[str]:
    """Real texts of the database, put together until they are long enough; the same each time."""
    plain = list(Post.objects.order_by("pk").values_list("entry__text", flat=True)[:5000])
    chance = random.Random(1)  # noqa: S311
    while True:
        text = ""
        while len(text) < LENGTH:
            text += chance.choice(plain) + " "
        yield text[:LENGTH]


def _writers(count: int) -> Iterator[Member]:
    """Each member writes once or twice: nobody is too fast."""
    members = Member.objects.filter(handle__startswith="load", is_active=True).order_by("-pk")
    while True:
        yield from members[: 2 * count + 20]
