"""A long work shared among processes: each takes the next task when it is done with one."""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

import django
from django.db import connection


class CrewError(Exception):
    """One of the processes failed, and why; the others were stopped."""


def share[Task](
    tasks: Sequence[Task], begin: Callable[..., Callable[[Task], int]], *given: Any, processes: int
) -> Iterator[int]:
    """Do each of `tasks` by what `begin(*given)` answers, asked once in each process; yields what it returns.

    With one process everything is done in this one; so it is inside a transaction, of which others see nothing. `begin`,
    `given` and the tasks must be picklable. Tasks are begun in their order. A process whose parent is gone ends with the
    task it has. Raises CrewError when one fails.
    """
    if processes < 2 or len(tasks) < 2 or connection.in_atomic_block:
        do = begin(*given)
        for task in tasks:
            yield do(task)
        return
    context = multiprocessing.get_context("spawn")
    following = context.Value("q", 0)
    told: list[Connection[Any, Any]] = []
    crew = []
    # Packed: to unpack it models are needed, and they Django set up.
    work = pickle.dumps((connection.settings_dict["NAME"], tasks, begin, given))
    try:
        for _ in range(min(processes, len(tasks))):
            hear, tell = context.Pipe(duplex=False)
            one = context.Process(target=_work, args=(tell, following, work), daemon=True)
            one.start()
            tell.close()
            told.append(hear)
            crew.append(one)
        yield from _hear(told)
    finally:
        for one in crew:
            one.terminate()
        for one in crew:
            one.join()


def _hear(told: "list[Connection[Any, Any]]") -> Iterator[int]:
    while told:
        ready = wait(told)
        for hear in [one for one in told if one in ready]:
            try:
                said = hear.recv()
            except EOFError:
                raise CrewError("a process ended before its work did") from None
            if said is None:
                told.remove(hear)
            elif isinstance(said, str):
                raise CrewError(said)
            else:
                yield said


def _work(tell: "Connection[Any, Any]", following: Any, work: bytes) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began it ends it
    parent = os.getppid()
    django.setup()
    database, tasks, begin, given = pickle.loads(work)  # noqa: S301 - our own
    connection.settings_dict["NAME"] = database
    try:
        do = begin(*given)
        while True:
            with following.get_lock():
                place = following.value
                following.value += 1
            if place >= len(tasks) or os.getppid() != parent:
                break
            tell.send(do(tasks[place]))
        tell.send(None)
    except BrokenPipeError:
        pass  # nobody listens any more
    except Exception as error:
        tell.send(f"{type(error).__name__}: {error}")
