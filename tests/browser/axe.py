"""What axe-core, and the size of a thumb, have against a page."""

import json

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

__all__ = ["AXE_SCRIPT", "COLOURS_HAVE_CHANGED", "SMALL_TARGETS", "axe"]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS_HAVE_CHANGED = (
    "() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => null)))"
)
# Text and its links apart, what a thumb presses is this high at least.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "main button, summary, select, .button, .site-head a, .acts a, .tabs a, .pager a, " +
    "input:not([type=hidden], [type=checkbox], [type=radio])")]
  .filter((each) => each.checkVisibility() && !each.closest(".vh"))
  .filter((each) => each.getBoundingClientRect().height < 43.9)
  .map((each) => each.outerHTML)"""


def axe(page: Page) -> list[str]:
    """What axe-core has against the page: the rule, and where."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate(f"axe.run({json.dumps(options)})")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
