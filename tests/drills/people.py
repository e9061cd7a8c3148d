"""Somebody with a browser and no scripts: reads pages, fills in their forms, sends them."""

import http.client
import io
import itertools
import ssl
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, urlencode, urljoin, urlsplit

from PIL import Image


class Form(NamedTuple):
    """Where a form goes, and what stands in it."""

    action: str
    fields: dict[str, str]


class Answer(NamedTuple):
    """What came back."""

    status: int
    text: str
    address: str
    location: str

    def forms(self) -> list[Form]:
        """The forms of the page that are sent by POST."""
        reader = _Forms()
        reader.feed(self.text)
        return reader.forms

    def form(self, *names: str) -> Form:
        """The first form that has all these fields. Raises LookupError."""
        for form in self.forms():
            if all(name in form.fields for name in names):
                return form
        raise LookupError(f"{self.address} ({self.status}) has no form with {names}.")


_numbers = itertools.count(2)


class Person:
    """One browser, at an address of its own unless it is `at` another's: keeps cookies, follows no redirect by itself."""

    def __init__(
        self,
        site: str,
        host: str = "127.0.0.1",
        cookies: dict[str, str] | None = None,
        at: str = "",
    ) -> None:
        self.site = site
        self.host = host
        self.cookies = dict(cookies or {})
        number = next(_numbers)
        self.at = at or f"127.{number // 65536 + 1}.{number // 256 % 256}.{number % 256}"

    def get(self, address: str) -> Answer:
        """A page."""
        return self._ask("GET", address, None)

    def send(self, page: Answer, form: Form, **typed: str) -> Answer:
        """A form of that page, with what was typed into it."""
        return self._ask(
            "POST", urljoin(page.address, form.action or page.address), form.fields | typed
        )

    def upload(self, address: str, token: str, name: str, file: bytes) -> Answer:
        """One file, as scripts send it."""
        edge = "----drill"
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\n'
        body = (
            head.encode()
            + b"Content-Type: image/png\r\n\r\n"
            + file
            + f"\r\n--{edge}--\r\n".encode()
        )
        headers = {
            "Content-Type": f"multipart/form-data; boundary={edge}",
            "X-CSRFToken": token,
            "Accept": "application/json",
        }
        return self._ask("POST", address, body, headers)

    def _ask(
        self,
        method: str,
        address: str,
        fields: dict[str, str] | bytes | None,
        more: dict[str, str] | None = None,
    ) -> Answer:
        where = urlsplit(urljoin(self.site, address))
        door = self._door(where.scheme, where.port)
        headers = {
            "Host": urlsplit(self.site).netloc,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if fields is not None:
            body = fields if isinstance(fields, bytes) else urlencode(fields)
            headers |= more or {"Content-Type": "application/x-www-form-urlencoded"}
            headers |= {
                "Referer": self.site,
                "Origin": self.site,
            }
        path = quote(where.path, safe="/%") + (f"?{where.query}" if where.query else "")
        try:
            door.request(method, path, body, headers)
            answer = door.getresponse()
            text = answer.read().decode(errors="replace")
        finally:
            door.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(answer.status, text, where.geturl(), answer.headers.get("Location", ""))

    def _door(self, scheme: str, port: int | None) -> http.client.HTTPConnection:
        at = (self.at, 0)
        if scheme == "http":
            return http.client.HTTPConnection(self.host, port, timeout=60, source_address=at)
        # Whose certificate it is does not matter here: it was made a minute ago, on this machine.
        context = ssl._create_unverified_context()  # noqa: S323
        return http.client.HTTPSConnection(
            self.host, port, timeout=60, source_address=at, context=context
        )


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._inside: Form | None = None
        self._by_id: dict[str, Form] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            form = Form(said.get("action", ""), {})
            self._inside = form
            if said.get("method", "").lower() == "post":
                self.forms.append(form)
                self._by_id[said.get("id", "")] = form
        elif tag in {"input", "textarea", "select"} and "name" in said:
            form_of = self._by_id.get(said["form"]) if "form" in said else self._inside
            if form_of is None or said.get("type") in {"file", "submit"}:
                return
            if said.get("type") in {"checkbox", "radio"} and "checked" not in said:
                return
            form_of.fields[said["name"]] = said.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None


def picture() -> bytes:
    """One that no two people send."""
    made = io.BytesIO()
    Image.effect_noise((900, 600), 90).save(made, "PNG")
    return made.getvalue()
