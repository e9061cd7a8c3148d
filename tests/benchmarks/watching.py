"""What a text is asked before it is shown, for a usual one and a long one: `python -m tests.benchmarks.watching`. Asks no
database.

The whole door a post passes: personal data (the form), words and hosts of the lists (title and text), the mail's domain
and the part of the net (at sign-up), hosts of its links. 10,000 entries of each kind; then texts made to be slow.
"""

import os
import random
import time
from collections.abc import Callable

from forums.text.personal_data import found_in
from forums.text.watching import Watch

LETTERS = "กขคงจชซดตถทนบปผพฟมยรลวสหอ"
SAID = "เครือข่ายของเราดูแลคลองด้วยกันทุกวันเสาร์ ใครว่างมาช่วยกันได้ที่ท่าน้ำวัดใหม่ www.example.org "
TITLE = "ชวนเก็บขยะคลองแสนแสบวันเสาร์ที่ 12"
LINKS = [f"https://www.place{n}.example/page" for n in range(20)]
LONGEST = 31_000
MANY = 10_000


def milliseconds(work: Callable[[], object], times: int = 7) -> float:
    """The least CPU time of some runs."""
    best = float("inf")
    for _run in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best * 1000


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "roypalang.settings")
    import django  # noqa: PLC0415 - lists and limits are read through it

    django.setup()
    from forums.moderation.holding.looking import hosts_of  # noqa: PLC0415
    from forums.moderation.watched.matching import Lists, Watched, by_width  # noqa: PLC0415

    dice = random.Random(1)
    words = ["".join(dice.choices(LETTERS, k=dice.randint(4, 9))) for _n in range(MANY)]
    nets = [f"{dice.randint(11, 220)}.{dice.randint(0, 255)}.{n % 256}.0/24" for n in range(MANY)]
    began = time.process_time()
    lists = Lists(
        texts=Watch(
            ((word, Watched(n, "word", word, "hold"), False) for n, word in enumerate(words)),
            ((f"h{n}.example", Watched(n, "host", "", "hold")) for n in range(MANY)),
        ),
        mails={f"m{n}.example": Watched(n, "mail", "", "hold") for n in range(MANY)},
        nets=by_width(Watched(n, "net", net, "hold") for n, net in enumerate(nets)),
    )
    print(f"built in {time.process_time() - began:.2f} s")
    steps: dict[str, Callable[[str], object]] = {
        "personal": found_in,
        "lists": lambda text: (lists.met_in(TITLE), lists.met_in(text)),
        "mail": lambda _text: lists.mail("somebody@a.mail.m99.example"),
        "net": lambda _text: lists.net("203.0.113.7"),
        "hosts": lambda _text: hosts_of(LINKS),
    }
    said = SAID[:-16] + " โทรถามที่ 081-000-2345 ได้ "
    texts = {
        "usual, 1,000": (SAID * 400)[:1000],
        "with numbers, 1,000": (said * 400)[:1000],
        "long, 10,000": (SAID * 400)[:10_000],
        "longest, 31,000": (SAID * 400)[:LONGEST],
        "— a number in each line": (said * 400)[:LONGEST],
        "— marks between all": ("ก.ข." * LONGEST)[:LONGEST],
        "— spaces between all": ("ส " * LONGEST)[:LONGEST],
        "— one watched word": (words[0] * LONGEST)[:LONGEST],
        "— digits by themselves": ("1 " * LONGEST)[:LONGEST],
        "— zeros by themselves": ("0 " * LONGEST)[:LONGEST],
        "— plates": ("กข 1234 " * LONGEST)[:LONGEST],
        "— telephones": ("081-000-2345 " * LONGEST)[:LONGEST],
    }
    print(f"{'':>26}", *(f"{name:>9}" for name in steps), f"{'all':>9}  ms")
    for name, text in texts.items():
        costs = [milliseconds(lambda: step(text)) for step in steps.values()]  # noqa: B023
        print(f"{name:>26}", *(f"{cost:9.2f}" for cost in costs), f"{sum(costs):9.2f}")


if __name__ == "__main__":
    main()
