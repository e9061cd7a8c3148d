"""What axe-core, and the size of a thumb, have against a page."""

import json

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
# What of the admin changes slowly, whatever one wants; what follows the scrolling, not the time, never ends.
_COLOURS_HAVE_CHANGED = """() => Promise.all(document.getAnimations()
  .filter((each) => each.timeline === document.timeline)
  .map((each) => each.finished.catch(() => null)))"""
# Text and its links apart, what a thumb presses is this high at least.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "main button, summary, select, .button, .site-head a, .acts a, .tabs a, .pager a, " +
    "input:not([type=hidden], [type=checkbox], [type=radio])")]
  .filter((each) => each.checkVisibility() && !each.closest(".vh"))
  .filter((each) => each.getBoundingClientRect().height < 43.9)
  .map((each) => each.outerHTML)"""


def axe(page: Page) -> list[str]:
    """What axe-core has against the page in light and in dark colours: the colours, the rule, and where.

    The page is one of a browser opened for it: browse(malee, heard=True).
    """
    now, other = ("dark", "light") if page.evaluate(_IS_DARK) else ("light", "dark")
    # Where the colours alone differ, the rules that look at them are asked again, and no others.
    return _against(page, now, RULES) + _against(page, other, COLOUR_RULES)


def _against(page: Page, colours: str, rules: object) -> list[str]:
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    page.evaluate(_COLOURS_HAVE_CHANGED)
    # Not one of these rules looks at style sheets, which axe would fetch a second time.
    options = {"runOnly": rules, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate(f"axe.run({json.dumps(options)})")
    return [
        f"{colours}, {rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
