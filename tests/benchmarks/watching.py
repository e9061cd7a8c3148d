"""What looking for watched words and hosts costs: `python -m tests.benchmarks.watching`. Asks no database."""

import random
import time
from collections.abc import Callable

from forums.text.watching import Watch

LETTERS = "กขคงจชซดตถทนบปผพฟมยรลวสหอ"
SAID = "เครือข่ายของเราดูแลคลองด้วยกันทุกวันเสาร์ ใครว่างมาช่วยกันได้ที่ท่าน้ำวัดใหม่ www.example.org "
LONGEST = 31_000


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    """The least CPU time of some runs."""
    best = float("inf")
    for _run in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best * 1000


def main() -> None:
    dice = random.Random(1)
    words = [
        ("".join(dice.choices(LETTERS, k=dice.randint(4, 9))), number, False)
        for number in range(10_000)
    ]
    hosts = [(f"h{number}.example", number) for number in range(10_000)]
    began = time.process_time()
    watch = Watch(words, hosts)
    print(f"built in {time.process_time() - began:.2f} s")
    texts = {
        "1,000 letters": (SAID * 400)[:1000],
        "31,000 letters": (SAID * 400)[:LONGEST],
        "marks between all": ("ก.ข." * LONGEST)[:LONGEST],
        "spaces between all": ("ส " * LONGEST)[:LONGEST],
        "one watched word": (words[0][0] * LONGEST)[:LONGEST],
    }
    for name, text in texts.items():
        print(f"{name:>20}: {milliseconds(lambda: watch.find(text)):6.2f} ms")  # noqa: B023


if __name__ == "__main__":
    main()
