"""The years' income and expense as two bars each: places and lengths for the SVG the server draws.

Everything is said in em and percent, so the drawing is as wide as the reader's screen and its letters
are as large as she has set them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext

from forums.ledger.lists import Year

YEARS = 10  # drawn; the table has them all
ROW = 4.6  # em a year takes
LONGEST = 62  # percent of the width; the rest is for the number behind the bar
SHORTEST = 0.6  # so that little money is not none


@dataclass(frozen=True, slots=True)
class Bar:
    kind: str  # in or out
    y: str
    text_y: str
    width: str
    label: str


@dataclass(frozen=True, slots=True)
class BarGroup:
    label: str
    y: str
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Chart:
    height: str
    groups: list[BarGroup]


def chart(years: Sequence[Year]) -> Chart | None:
    """The drawing of the last YEARS of `years` (the last first), the oldest on top; None without any."""
    drawn = list(years[:YEARS])[::-1]
    if not drawn:
        return None
    largest = max(max(year.income, year.expense) for year in drawn)
    groups = []
    for place, year in enumerate(drawn):
        top = place * ROW
        bars = [
            Bar(
                kind,
                f"{top + 1.65 + step:.2f}em",
                f"{top + 2.5 + step:.2f}em",
                f"{max(float(amount / largest) * LONGEST, SHORTEST if amount else 0):.2f}%",
                short(amount),
            )
            for kind, amount, step in (("in", year.income, 0), ("out", year.expense, 1.3))
        ]
        groups.append(BarGroup(year.label, f"{top + 1.2:.2f}em", bars))
    return Chart(f"{len(drawn) * ROW:.2f}em", groups)


def short(amount: Decimal) -> str:
    """What stands behind a bar: 12,300, or 1.2 million."""
    if amount >= 1_000_000:
        return gettext("%(amount)s million") % {"amount": f"{amount / 1_000_000:,.1f}"}
    return f"{amount:,.0f}"
