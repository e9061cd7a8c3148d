"""A year's figures as CSV: one table, each line a figure, so that any program adds them up."""

import csv
from io import StringIO

from forums.moderation.log.figures import Figures

HEADS = ("year", "group", "name", "label", "measure", "value")


def csv_of(figures: Figures) -> str:
    """With a mark by which spreadsheets know the letters; heads in English, labels in the language of the page."""
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow(HEADS)
    for act in figures.acts:
        for measure in ("all", "site", "networks", "rule"):
            value = getattr(act, measure)
            sheet.writerow((figures.year, "decisions", act.act, act.label, measure, value))
    for kind in figures.kinds:
        for measure, name in (
            ("ended", "ended"),
            ("refused", "refused"),
            ("median", "hours_median"),
            ("p90", "hours_p90"),
        ):
            value = getattr(kind, measure)
            sheet.writerow((figures.year, "cases", kind.kind, kind.label, name, value))
    appeals = figures.appeals
    for measure in ("asked", "upheld", "overturned", "undone", "waiting"):
        value = getattr(appeals, measure)
        sheet.writerow((figures.year, "appeals", "appeal", "", measure, value))
    for measure, hours in (("hours_median", appeals.median), ("hours_p90", appeals.p90)):
        if hours is not None:
            sheet.writerow((figures.year, "appeals", "appeal", "", measure, hours))
    return "\ufeff" + out.getvalue()
