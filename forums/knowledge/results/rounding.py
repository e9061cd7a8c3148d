"""Figures as they are told: whole percent that add up to a hundred, of fewer than twenty people multiples of five."""

from collections.abc import Sequence

from forums.knowledge.results.figures import ROUGH, STEP


def percents(counts: Sequence[int], people: int) -> list[int]:
    """Of parts that make up `people`: what is left over after rounding down goes to the largest remainders.

    Of equal remainders the earlier part is given first. All zero where there is nobody.
    """
    if not people:
        return [0] * len(counts)
    step = _step(people)
    units = 100 // step
    whole = [count * units // people for count in counts]
    rest = [count * units % people for count in counts]
    order = sorted(range(len(counts)), key=lambda at: (-rest[at], at))
    for at in order[: units - sum(whole)]:
        whole[at] += 1
    return [part * step for part in whole]


def percent(count: int, people: int) -> int:
    """Of one part of `people`; a half goes up."""
    if not people:
        return 0
    step = _step(people)
    return (2 * count * 100 + people * step) // (2 * people * step) * step


def _step(people: int) -> int:
    return STEP if people < ROUGH else 1
