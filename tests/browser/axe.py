"""What axe-core, and the size of a thumb, have against a page."""

from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast"
LINKS = "link-in-text-block"  # the other rule that looks at colours
_IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
# All in sight that has words of its own, and what decides whether they stand out: its looks, and on what it stands, from
# the page to the last element that paints something or is lifted out of the flow. What of the admin changes slowly,
# whatever one wants, is waited for; what follows the scrolling, not the time, never ends.
_TEXTS = r"""async () => {
  await Promise.all(document.getAnimations()
    .filter((each) => each.timeline === document.timeline)
    .map((each) => each.finished.catch(() => null)));
  const grounds = new Map([[null, ""]]);
  const ground = (each) => {
    if (!grounds.has(each)) {
      const looks = getComputedStyle(each);
      const paints = [looks.backgroundColor, looks.backgroundImage, looks.opacity, looks.position].join(" ");
      const here = /^rgba\(0, 0, 0, 0\) none 1 (static|relative)$/.test(paints) ? "" :
        ` > ${each.getAttribute("class")} ${paints}`;
      grounds.set(each, ground(each.parentElement) + here);
    }
    return grounds.get(each);
  };
  const inSight = (each) => {
    const box = each.getBoundingClientRect();
    return getComputedStyle(each).display === "contents" ||
      (box.width > 1 && box.right > 0 && box.bottom > 0 && each.checkVisibility());
  };
  window.texts = [...document.body.querySelectorAll("*")].filter((each) =>
    (each.matches("input:not([type=checkbox], [type=radio]), select, textarea") ||
      [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())) && inSight(each));
  return window.texts.map((each) => {
    const looks = getComputedStyle(each);
    return [ground(each), each.localName, each.getAttribute("class"), looks.color, looks.textShadow, looks.fontSize,
      looks.fontWeight].join(" ");
  });
}"""
_CONTRAST = """async ([numbers, options]) => {
  const { passes, violations } = await axe.run({ include: numbers.map((each) => window.texts[each]) },
    { ...options, resultTypes: ["passes", "violations"], elementRef: true });
  const passed = new Set(passes.flatMap((rule) => rule.nodes.map((node) => node.element)));
  return [violations, numbers.filter((each) => passed.has(window.texts[each]))];
}"""
# Text and its links apart, what a thumb presses is this high at least.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    "main button, summary, select, .button, .site-head a, .acts a, .tabs a, .pager a, " +
    "input:not([type=hidden], [type=checkbox], [type=radio])")]
  .filter((each) => each.checkVisibility() && !each.closest(".vh"))
  .filter((each) => each.getBoundingClientRect().height < 43.9)
  .map((each) => each.outerHTML)"""


# What axe found to stand out: the same looks on the same ground are not asked about again, which are most of a page
# and take longest. What it could not tell, or left out, it is asked each time.
_stood_out: set[str] = set()


def axe(page: Page) -> list[str]:
    """What axe-core has against the page in light and in dark colours: the colours, the rule, and where.

    The page is one of a browser opened for it: browse(malee, heard=True).
    """
    now, other = ("dark", "light") if page.evaluate(_IS_DARK) else ("light", "dark")
    # Where the colours alone differ, the rules that look at them are asked again, and no others.
    others = {"runOnly": RULES, "rules": {CONTRAST: {"enabled": False}}}
    return _against(page, now, others) + _against(page, other, {"runOnly": [LINKS]})


def _against(page: Page, colours: str, others: dict[str, Any]) -> list[str]:
    page.emulate_media(color_scheme=colours)  # type: ignore[arg-type]
    texts = page.evaluate(_TEXTS)
    # Not one of these rules looks at style sheets, which axe would fetch a second time.
    options = {"preload": False}
    found = page.evaluate(
        "async (options) => (await axe.run(options)).violations",
        {**options, **others, "resultTypes": ["violations"]},
    )
    if unknown := [number for number, text in enumerate(texts) if text not in _stood_out]:
        faint, passed = page.evaluate(_CONTRAST, [unknown, {**options, "runOnly": [CONTRAST]}])
        found += faint
        _stood_out.update(texts[number] for number in passed)
    return [
        f"{colours}, {rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
