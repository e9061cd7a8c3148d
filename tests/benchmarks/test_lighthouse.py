"""What is made of a report of Lighthouse's."""

from typing import Any

import pytest

from tests.benchmarks.lighthouse import COLUMNS, LEAST, line, missed, read


def report(*, contrast: float = 1, largest: float = 1000) -> dict[str, Any]:
    figures = dict.fromkeys(COLUMNS, 0.0) | {"largest-contentful-paint": largest}
    audits: dict[str, Any] = {
        name: {"numericValue": value, "score": 1} for name, value in figures.items()
    }
    audits["contrast"] = {
        "title": "Colours are told apart", "score": contrast, "scoreDisplayMode": "numeric"
    }  # fmt: skip
    audits["tabs"] = {"title": "By hand", "score": None, "scoreDisplayMode": "manual"}
    refs = [{"id": "contrast", "weight": 7}, {"id": "tabs", "weight": 1}]
    categories = {name: {"score": 1, "auditRefs": []} for name in LEAST}
    categories["accessibility"] = {"score": 0.9 + contrast / 10, "auditRefs": refs}
    return {"audits": audits, "categories": categories}


def test_a_page_that_is_as_it_should_be_misses_nothing():
    found = read(report())
    assert missed("home", found) == []
    assert line("home", found) == "| home | 100 | 100 | 100 | 100 | 0.00 | 1.00 | 0 | 0.000 | 0.0 |"


def test_what_is_missed_is_said_with_what_lost_the_points():
    assert missed("home", read(report(contrast=0, largest=1500))) == [
        "home: accessibility 90, aim 100",
        "home: the largest thing after 1500 ms, aim 1500",
        "home: Colours are told apart",
    ]


def test_a_page_that_could_not_be_looked_at_is_no_figure():
    with pytest.raises(ValueError, match="no page"):
        read({"runtimeError": {"message": "no page"}})
