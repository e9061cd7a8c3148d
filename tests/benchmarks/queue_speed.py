"""`.venv/bin/python -m tests.benchmarks.queue_speed`: what the queue of the moderators costs the database.

In a database of its own: 50,000 cases that wait, 1,000,000 that have ended, of three kinds, about 300 posts in a board
of a network. Of each page its queries, and their time as the web process waits for it: the middle of some rounds.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
os.environ.setdefault("BENCHMARK_DATABASE", "roypalang_queue_speed")

AIM = 100  # ms of database time a page
ROUNDS = 9

_MANY = """
    INSERT INTO forums_case (kind, subject, key, network_id, about_id, state, weight, at_once, opened_at, ranked_at,
        ended_at, ended_by_id, answer)
    SELECT CASE WHEN n %% 100 = 0 THEN 'appeal' WHEN n %% 3 = 0 THEN 'held' ELSE 'report' END, 'post',
        CASE WHEN %(ended)s THEN (%(posts)s::bigint[])[1 + n %% %(many)s]::text ELSE (100000000 + n)::text END,
        CASE WHEN n %% 20 = 0 THEN %(network)s END, (%(members)s::bigint[])[1 + n %% %(people)s],
        CASE WHEN NOT %(ended)s THEN 'open' WHEN n %% 4 = 0 THEN 'refused' ELSE 'decided' END, n %% 9, false,
        now() - n * interval '1 minute', now() - n * interval '1 minute' - (n %% 9) * interval '3 hours',
        CASE WHEN %(ended)s THEN now() - n * interval '1 minute' + (n %% 50) * interval '1 hour' END,
        CASE WHEN %(ended)s THEN %(moderator)s END, ''
    FROM generate_series(1, %(rows)s) AS n
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--open", type=int, default=50_000)
    options.add_argument("--ended", type=int, default=1_000_000)
    options.add_argument("--fresh", action="store_true", help="fill the database anew")
    options.add_argument("--check", action="store_true", help="end with 1 when the aim is missed")
    asked = options.parse_args()

    import django

    django.setup()
    from django.core.management import call_command

    from tests.benchmarks import database

    database.make(fresh=asked.fresh)
    call_command("collectstatic", verbosity=0, interactive=False)
    pages = _filled(asked.open, asked.ended)
    slowest = 0.0
    for name, address in pages.items():
        queries, time = _measured(address)
        slowest = max(slowest, time)
        print(f"{name:32} {queries:3} queries {time:8.1f} ms")  # noqa: T201
    if asked.check and slowest > AIM:
        sys.exit(f"more than {AIM} ms")


def _filled(waiting: int, ended: int) -> dict[str, str]:
    """The cases, where they are not there; the addresses of what is measured."""
    from django.conf import settings
    from django.db import connection
    from django.test import override_settings

    from accounts.models import Member
    from forums.discussions.posts.models import Post
    from forums.groups.networks.models import Network
    from forums.moderation.queue.models import Case
    from tests.make import make_member, make_network, make_network_board, make_post, make_topic

    if not Case.objects.exists():
        with override_settings(FORUMS_PACE=dict.fromkeys(settings.FORUMS_PACE, [])):
            make_member("keeper", is_staff=True)
            people = [make_member() for _each in range(30)]
            network = make_network("คนรักคลอง", people[0])
            topic = make_topic(people[0], make_network_board(network))
            for n in range(300):
                make_post(topic, people[n % 30])
        values: dict[str, Any] = {
            "posts": list(Post.objects.filter(number__gt=0).values_list("pk", flat=True)),
            "members": [each.pk for each in people],
            "network": network.pk,
            "moderator": Member.objects.get(handle="keeper").pk,
        }
        values |= {"many": len(values["posts"]), "people": len(people)}
        with connection.cursor() as cursor:
            cursor.execute(_MANY, values | {"ended": True, "rows": ended})
            cursor.execute(_MANY, values | {"ended": False, "rows": waiting})
            # The first page names things that are there.
            cursor.execute(
                "UPDATE forums_case c SET key = p.id::text FROM forums_post p, (SELECT id,"
                " row_number() OVER (ORDER BY ranked_at) AS n FROM forums_case"
                " WHERE ended_at IS NULL ORDER BY ranked_at LIMIT 200) first"
                " WHERE c.id = first.id AND p.number = first.n"
            )
            cursor.execute("VACUUM (ANALYZE) forums_case")
    first = Case.objects.waiting().filter(network__isnull=False).first()
    network = Network.objects.get(name="คนรักคลอง")
    about = Member.objects.get(pk=first.about_id).handle if first and first.about_id else ""
    middle = Case.objects.waiting()[waiting // 2]
    onward = f"{(middle.ranked_at.timestamp() * 1_000_000):.0f}_{middle.pk}"
    here = "/admin/queue/"
    return {
        "the queue": here,
        "its middle": f"{here}?after={onward}",
        "one kind": f"{here}?kind=report",
        "a rare kind": f"{here}?kind=appeal",
        "about one member": f"{here}?about={about}",
        "of one network": f"{here}?network={network.slug}",
        "what is taken": f"{here}?state=taken",
        "mine": f"{here}?who=mine",
        "what was decided": f"{here}?state=decided",
        "a rare kind that was refused": f"{here}?state=refused&kind=appeal",
        "a case": f"{here}{first.pk if first else 0}/",
        "a network's queue": f"{network.get_absolute_url()}queue/",
        "a network's, decided": f"{network.get_absolute_url()}queue/?state=decided",
        "the start page": "/admin/",
    }


def _measured(address: str) -> tuple[int, float]:
    from django.core.cache import caches
    from django.test import override_settings

    from accounts.models import Member
    from tests.clients import signed_in

    client = signed_in(Member.objects.get(handle="keeper"), SERVER_NAME="localhost")
    counts, times = [], []
    for _round in range(ROUNDS):
        caches["process"].clear()
        with override_settings(STAFF_SECOND_FACTOR=False), _timed() as spent:
            answer = client.get(address)
        if answer.status_code != 200:
            sys.exit(f"{address}: {answer.status_code}")
        counts.append(len(spent))
        times.append(sum(spent) * 1000)
    return round(median(counts)), median(times)


@contextmanager
def _timed() -> Iterator[list[float]]:
    """The seconds each query of a page took."""
    from django.db import connection

    spent: list[float] = []

    def around(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        start = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(perf_counter() - start)

    with connection.execute_wrapper(around):
        yield spent


if __name__ == "__main__":
    main()
