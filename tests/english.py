"""English words on a Thai page: what a reader sees or hears, but for data."""

import re
from html.parser import HTMLParser

DATA = re.compile(r"\w+@example\.org|board-\d+|member\d+|malee|moderator|head|Markdown")
ENGLISH = re.compile("[A-Za-z]{2,}")
SPOKEN = {"alt", "title", "aria-label", "placeholder", "value", "label"}


class Words(HTMLParser):
    """Gathers what a reader sees or hears, and what a strict policy would refuse."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inline: list[str] = []
        self._silent = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self._silent = tag if tag in ("script", "style", "option") else ""
        if tag == "style" or (tag == "script" and not found.get("src")):
            self.inline.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")
            hidden = found.get("type") == "hidden" or tag in ("option", "button")
            if name in SPOKEN and not (
                name == "value" and (hidden or found.get("type") == "checkbox")
            ):
                self.said.append(value or "")

    def handle_data(self, data):
        if self._silent not in ("script", "style"):
            self.said.append(data)
