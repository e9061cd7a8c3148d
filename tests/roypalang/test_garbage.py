"""roypalang.garbage: what was there when a process began to serve is not looked through again, the rest seldom."""

import subprocess
import sys

_SERVES = """
import gc
from roypalang.garbage import SELDOM, settle
there = [[]]
settle()
assert gc.get_threshold()[0] == SELDOM
assert gc.get_freeze_count() > 1000
assert not any(each is there for each in gc.get_objects())
class Held:
    pass
for _ in range(SELDOM + 1000):
    one, other = Held(), Held()
    one.other, other.one = other, one
assert gc.get_stats()[0]["collected"] > 0
"""


def test_it_is_still_looked_for_and_only_among_what_came_later():
    subprocess.run([sys.executable, "-c", _SERVES], check=True)  # noqa: S603 - our own words
