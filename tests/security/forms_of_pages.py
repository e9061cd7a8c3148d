"""The forms of the site's pages, read out of their HTML as a browser reads them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

TYPED = {"text", "email", "url", "tel", "number", "search", "date", "time", "datetime-local", ""}


@dataclass
class Form:
    """A form that is posted: `texts` are the names somebody writes into, `fields` what it says beside them."""

    action: str
    texts: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.by_id, self.open = address, {}, None
        self.forms: list[Form] = []
        self.loose: list[tuple[str, dict[str, str]]] = []  # of form="…", which may come later

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(urljoin(self.address, attrs.get("action") or self.address))
            if attrs.get("id"):
                self.by_id[attrs["id"]] = self.open
            if attrs.get("method", "").lower() == "post":
                self.forms.append(self.open)
        elif tag in ("input", "textarea", "select") and attrs.get("name"):
            attrs["tag"] = tag
            if "form" in attrs:
                self.loose.append((attrs["form"], attrs))
            elif self.open is not None:
                _put(self.open, attrs)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None


def _put(form: Form, attrs: dict[str, str]) -> None:
    name, kind = attrs["name"], attrs.get("type", "").lower()
    if kind == "password":
        form.secrets.append(name)
    elif "readonly" in attrs or "disabled" in attrs:
        return
    elif attrs["tag"] == "textarea" or (attrs["tag"] == "input" and kind in TYPED):
        form.texts.append(name)
    elif kind not in ("file", "submit", "image") and name != "csrfmiddlewaretoken":
        form.fields[name] = attrs.get("value", "")


def forms_of(html: str, address: str) -> list[Form]:
    """The forms of a page that are posted, at `address`, and have something to write into."""
    reader = _Reader(address)
    reader.feed(html)
    for name, attrs in reader.loose:
        if name in reader.by_id:
            _put(reader.by_id[name], attrs)
    return [form for form in reader.forms if form.texts or form.secrets]
