"""CPU time of this process and of the database's process that serves it."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from django.db import connection


def backend_pid() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        row: tuple[int] = cursor.fetchone()
        return row[0]


def database_cpu(pid: int) -> float:
    """Seconds of CPU the process has used; NaN when it does not run on this machine.

    From schedstat (nanoseconds) where the kernel keeps it, else from stat (hundredths of a second).
    """
    try:
        if "postgres" not in Path(f"/proc/{pid}/cmdline").read_text():
            return float("nan")
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        pass
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Meter:
    """What one page cost, round by round; all in milliseconds a request."""

    web: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    walls: list[float] = field(default_factory=list)  # of each single request

    @property
    def totals(self) -> list[float]:
        return [web + database for web, database in zip(self.web, self.database, strict=True)]

    def times(self, yardstick: "Meter") -> float:
        """How many times `yardstick`, the median over rounds run side by side."""
        pairs = zip(self.totals, yardstick.totals, strict=True)
        return median(mine / its for mine, its in pairs)

    def percentile(self, part: float) -> float:
        ordered = sorted(self.walls)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


class Clock:
    """Use it with `with`, around `count` requests; `lap` after each."""

    def __init__(self, meter: Meter, pid: int, count: int) -> None:
        self.meter, self.pid, self.count = meter, pid, count

    def __enter__(self) -> "Clock":
        self.database = database_cpu(self.pid)
        self.web = time.thread_time()
        self.lapped = time.perf_counter()
        return self

    def lap(self) -> None:
        now = time.perf_counter()
        self.meter.walls.append((now - self.lapped) * 1000)
        self.lapped = now

    def __exit__(self, *error: object) -> None:
        web = time.thread_time() - self.web
        database = database_cpu(self.pid) - self.database
        self.meter.web.append(web * 1000 / self.count)
        self.meter.database.append(database * 1000 / self.count)
