"""How far a long command has come: a bar at a terminal, a line now and then in a log."""

import time
from datetime import timedelta
from types import TracebackType
from typing import Any, Self

from django.db import reset_queries
from tqdm import tqdm

EVERY = 10  # seconds between two lines in a log


class Progress:
    """Use it with `with`; messages written through `say` do not break the bar.

    `total` and `place` are what the time left is computed from (bytes of a file, ids); `count` is
    what the reader cares about, in `unit`.
    """

    def __init__(self, stream: Any, *, total: int, unit: str, title: str = "") -> None:
        # Django's wrapper ends every write with a line break.
        self.stream = getattr(stream, "_out", stream)
        self.total, self.unit, self.title = total, unit, title
        self.started = self.spoke = time.monotonic()
        at_terminal = bool(getattr(self.stream, "isatty", bool)())
        self.bar = (
            tqdm(
                file=self.stream,
                total=total,
                desc=title or None,
                bar_format="{desc}{percentage:3.0f}% |{bar}| {postfix} · {remaining} left",
                dynamic_ncols=True,
                leave=False,
            )
            if at_terminal
            else None
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar is not None:
            self.bar.close()

    @property
    def seconds(self) -> float:
        return max(time.monotonic() - self.started, 0.001)

    def reach(self, place: int, count: int) -> None:
        """`place` of `total` is behind us, and `count` of the unit are done."""
        reset_queries()  # where DEBUG is on, Django keeps the text of every statement
        rate = f"{count:,} {self.unit}, {count / self.seconds:,.0f} a second"
        if self.bar is not None:
            self.bar.set_postfix_str(rate, refresh=False)
            self.bar.update(place - self.bar.n)
        elif time.monotonic() - self.spoke >= EVERY:
            self.spoke = time.monotonic()
            done = place / self.total if self.total else 1
            left = timedelta(seconds=round(self.seconds * (1 - done) / done)) if done else "?"
            self.say(f"{self.title}{done:4.0%}, {rate}, {left} left")

    def say(self, text: str) -> None:
        """A line of its own."""
        if self.bar is not None:
            tqdm.write(text, file=self.stream)
        else:
            self.stream.write(text + "\n")
            self.stream.flush()
