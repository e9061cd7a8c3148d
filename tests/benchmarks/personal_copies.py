"""`.venv/bin/python -m tests.benchmarks.personal_copies`: a copy, and leaving, of a member with 5,000 posts and with 50,000.

In a database of its own, which is dropped at the end. Each is done by a process as the worker is one, and of each are said its
seconds and the most memory it took; then the large ones again, killed half way and gone on with by another process. Last, how long
the packing takes that begins anew after a kill.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time, sleep
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
os.environ.setdefault("BENCHMARK_DATABASE", "roypalang_personal_copies")

SMALL, LARGE, IN_A_TOPIC = 5_000, 50_000, 100
PICTURES, OF_BYTES = 2_000, 200_000
LONGER = 1.25  # so much more memory than with a tenth of the posts is no growth


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="end with 1 when memory grows")
    options.add_argument(
        "--do", choices=["copy", "leave", "pack"], help="one piece, in this process"
    )
    asked = options.parse_args()

    import django

    django.setup()
    if asked.do:
        _say({"copy": _copy, "leave": _leave, "pack": _pack}[asked.do])
        return
    from django.conf import settings
    from django.db import connection

    from tests.benchmarks import database

    with TemporaryDirectory() as folder:
        settings.COPIES_ROOT = Path(folder)
        os.environ["COPIES_ROOT"] = folder  # of the processes that are begun
        database.make(fresh=True)
        try:
            grew = _all_of_it()
        finally:
            name = connection.settings_dict["NAME"]
            connection.close()
            database._command("DROP DATABASE {}", name)
    if asked.check and grew:
        sys.exit("memory grows with what a member wrote")


def _all_of_it() -> bool:
    most: dict[str, list[float]] = {"copy": [], "leave": []}
    for posts in (SMALL, LARGE):
        for what, ask in (("copy", _ask_copy), ("leave", _ask_leave)):
            ask(_writer(posts))
            done = _process(what)
            most[what].append(done["mb"])
            _print(f"{what}, {posts:,} posts", done)
    for what, ask in (("copy", _ask_copy), ("leave", _ask_leave)):
        writer = _writer(LARGE)
        ask(writer)
        print(f"{what}, {LARGE:,} posts, killed {_killed(what)}")  # noqa: T201
        _print("   and gone on with", _process(what))
        _whole(what, writer)
    _print(f"packing {PICTURES:,} pictures of {OF_BYTES // 1000} kB", _process("pack"))
    return any(large > small * LONGER for small, large in most.values())


def _print(what: str, done: dict[str, float]) -> None:
    print(
        f"{what:45} {done['s']:7.1f} s ({done['cpu']:.1f} of its own) {done['before']:6.0f} → {done['mb']:.0f} MB"
    )  # noqa: T201


# -- what is done, each in a process of its own ---------------------------------------------------


def _command(what: str) -> list[str]:
    return [sys.executable, "-m", "tests.benchmarks.personal_copies", "--do", what]


def _process(what: str) -> dict[str, float]:
    done: dict[str, float] = json.loads(subprocess.check_output(_command(what)))
    return done


def _killed(what: str) -> str:
    """Begin, kill it half way, and say where it was; what it held is free at once, as it would be some minutes later."""
    from forums.privacy.copies.models import PersonalCopy
    from forums.privacy.leaving.models import Leaving

    worker = subprocess.Popen(_command(what), stdout=subprocess.DEVNULL)
    half = LARGE // 2 // 200  # pieces of leaving: some 200 posts each
    while worker.poll() is None:
        sleep(0.05)
        copy, leaving = PersonalCopy.objects.last(), Leaving.objects.last()
        if what == "copy" and copy is not None and copy.percent >= 50:
            break
        if what == "leave" and leaving is not None and leaving.done >= half:
            break
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    PersonalCopy.objects.update(busy_until=None)
    Leaving.objects.update(busy_until=None)
    copy, leaving = PersonalCopy.objects.last(), Leaving.objects.last()
    if what == "copy":
        return f"at {copy.percent if copy else 0} %"
    return f"after {leaving.done if leaving else 0} pieces"


def _say(work: Any) -> None:
    before, start, cpu = _most(), perf_counter(), process_time()
    work()
    print(
        json.dumps(
            {
                "before": before,
                "s": perf_counter() - start,
                "cpu": process_time() - cpu,
                "mb": _most(),
            }
        )
    )  # noqa: T201


def _most() -> float:
    """The most memory this program has had, in MB; `getrusage` would count its parent's before it was one of its own."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _copy() -> None:
    from forums.privacy.copies.actions import carry_on

    if carry_on() != 1:
        sys.exit("the copy did not become ready")


def _leave() -> None:
    from forums.privacy.leaving.actions import carry_on

    if carry_on() != 1:
        sys.exit("she did not leave")


def _pack() -> None:
    """The step that begins anew: the largest copy's parts, and many pictures."""
    from forums.privacy.copies import files

    key, picture = uuid4(), Path(os.environ["COPIES_ROOT"], "picture.webp")
    picture.write_bytes(os.urandom(OF_BYTES))
    files.add_rows(
        files.folder(key) / "posts.json", ({"body": "น้ำขึ้น " * 40} for _ in range(LARGE)), size=0
    )
    files.pack(key, ((f"{n}.webp", picture) for n in range(PICTURES)), lambda: None)


def _whole(what: str, writer: Any) -> None:
    """What was gone on with must be as if nobody had been killed."""
    from forums.discussions.posts.models import Post
    from forums.privacy.copies import files
    from forums.privacy.copies.models import PersonalCopy

    if what == "leave":
        if left := Post.objects.filter(author=writer, number__gt=0).exclude(body="").count():
            sys.exit(f"{left} posts were not emptied")
        return
    copy = PersonalCopy.objects.get(member=writer)
    with ZipFile(files.packed(copy.key)) as file:
        rows = json.loads(file.read("post-author.json"))
    posts = Post.objects.filter(author=writer).count()
    if {len(rows), len({row["id"] for row in rows})} != {posts}:
        sys.exit("the copy is not whole")


# -- who they are ---------------------------------------------------------------------------------


def _writer(posts: int) -> Any:
    """Somebody who wrote so much; made anew where she has left."""
    from accounts.models import Member
    from tests.make import make_board, make_member, make_post, make_topic

    handle = f"writer{posts}"
    if found := Member.objects.filter(handle=handle, left_at=None).first():
        return found
    writer = make_member(handle, email=f"{uuid4()}@example.org")
    host = make_member(f"host{uuid4()}", email=f"{uuid4()}@example.org")
    topic = make_topic(host, make_board(slug=str(uuid4())), body="น้ำขึ้น " * 40)
    post = make_post(topic, writer, body="น้ำขึ้น " * 40)
    opening = topic.posts.get(number=0)
    topics = _repeated("forums_topic", topic.pk, posts // IN_A_TOPIC)
    _repeated("forums_post", opening.pk, 1, of=topics)
    _repeated("forums_post", post.pk, IN_A_TOPIC, of=topics)
    return writer


def _repeated(table: str, row: int, times: int, of: list[int] | None = None) -> list[int]:
    """Write a row so often (in each of these topics), and return the ids."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
            " AND table_name = %s AND column_name <> 'id' AND is_generated = 'NEVER'",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall()]
        instead = {"submission": "gen_random_uuid()"}
        if of:
            instead |= {"topic_id": "o.id", "number": "CASE WHEN r.number = 0 THEN 0 ELSE n END"}
        values = ", ".join(instead.get(name, f'r."{name}"') for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" r, generate_series(1, %s) n'  # noqa: S608
            f"{', unnest(%s::bigint[]) AS o(id)' if of else ''} WHERE r.id = %s"
            f" ORDER BY {'o.id, ' if of else ''}n RETURNING id",
            [times, of, row] if of else [times, row],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _ask_copy(writer: Any) -> None:
    from forums.privacy.copies.actions import ask
    from forums.privacy.copies.models import PersonalCopy

    PersonalCopy.objects.all().delete()
    ask(member=writer)


def _ask_leave(writer: Any) -> None:
    """Asked, confirmed, its day come, the last letter gone."""
    from django.utils import timezone

    from forums.base.personal import Farewell
    from forums.notifications.models import Email
    from forums.privacy.leaving import actions
    from forums.privacy.leaving.models import Leaving

    actions.confirm(leaving=actions.ask(member=writer, choice=Farewell.EMPTIED))
    Leaving.objects.filter(member=writer).update(due_at=timezone.now())
    actions.carry_on()
    Email.objects.update(sent_at=timezone.now())
    Leaving.objects.update(busy_until=None)


if __name__ == "__main__":
    main()
