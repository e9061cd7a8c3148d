"""DeskFigures as bars: where each stands in its SVG, and what its table says."""

from dataclasses import dataclass
from datetime import date

from forums.moderation.figures.counting import DeskFigures, Series
from forums.text import dates

WIDTH, HEIGHT = 560, 120
_FOOT = 4  # a value that is not nothing is seen


@dataclass(frozen=True, slots=True)
class FigureBar:
    """One day, or week."""

    x: str  # numbers as SVG writes them, whatever the language
    y: str
    width: str
    height: str
    day: str
    value: str


@dataclass(frozen=True, slots=True)
class FigureChart:
    """A figure over time, as it is drawn; `most` is its highest value, `total` all of them."""

    name: str
    label: str
    most: str
    total: str
    bars: list[FigureBar]
    first: str
    last: str
    width: int = WIDTH
    height: int = HEIGHT


def charts(figures: DeskFigures) -> list[FigureChart]:
    """All of them; what was always nothing is left out."""
    return [_chart(series, figures.days) for series in figures.series if series.total]


def _chart(series: Series, days: list[date]) -> FigureChart:
    step = WIDTH / len(days)
    most = max(series.values)
    bars = []
    for n, (day, value) in enumerate(zip(days, series.values, strict=True)):
        height = max(_FOOT, value / most * HEIGHT) if value else 0
        bars.append(
            FigureBar(
                x=f"{n * step + step * 0.1:.1f}",
                y=f"{HEIGHT - height:.1f}",
                width=f"{step * 0.8:.1f}",
                height=f"{height:.1f}" if height else "",
                day=dates.day_of(day),
                value=_number(value),
            )
        )
    return FigureChart(
        name=series.name,
        label=str(series.label),
        most=_number(most),
        total="" if series.name == "took" else _number(series.total),
        bars=bars,
        first=dates.day_of(days[0]),
        last=dates.day_of(days[-1]),
    )


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
