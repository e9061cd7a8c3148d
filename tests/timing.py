"""How long something takes, said so that it holds on any machine and whatever runs beside it."""

import gc
import re
import time
from collections.abc import Callable

_TRIES = 6
_TEXT = "น้ำท่วมบ้านที่เชียงใหม่ ใครรู้บ้างว่าต้องทำอย่างไร 2569 water " * 40
_UNIT = 0.01  # seconds of the processor `_unit` takes where nothing else runs


def assert_quick(work: Callable[[], object], *, within: float, told: object = "") -> None:
    """`work` takes less than `within` seconds of a quiet machine's processor, in one of a few tries.

    Seconds differ by the machine, and twofold by what runs on the other half of its core, so each try is weighed against
    a fixed piece of work beside it. What else the tests keep in memory is not looked through meanwhile, as in `timeit`.
    """
    tries = []
    for _try in range(_TRIES):
        before = _seconds(_unit)
        taken = _seconds(work)
        tries.append(
            taken * _UNIT / max(_UNIT, before, _seconds(_unit))
        )  # a faster one has no handicap
        if tries[-1] < within:
            return
    raise AssertionError(f"{told} took {min(tries):.3f} s, more than {within}".strip())


def _seconds(work: Callable[[], object]) -> float:
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()


def _unit() -> None:
    for _time in range(22):
        found: dict[str, int] = {}
        for word in re.findall(r"\w+|\s", _TEXT):
            found[word.casefold()] = found.get(word, 0) + 1
        sorted(found)
