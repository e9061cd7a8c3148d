"""Every address of statements, votes, polls and exports, and what is sent there; how answers are written in tables."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import resolve
from django.utils import timezone

from tests.knowledge.matrix.place import Place, undone

NOUNS = (
    *(
        f"knowledge.{noun}"
        for noun in (
            *("statements", "voting", "results", "reasons", "guesses", "differences", "glossary"),
            *("portrayals", "common_ground"),
        )
    ),
    "discussions.polls",
)
WORDS = "ถ้อยคำที่เพิ่งพิมพ์"


class Request(NamedTuple):
    """`address` as it stands in the tables: {n} is the number of a statement, {pk} its key, {poll} a poll's."""

    method: str
    address: str
    sent: dict[str, Any] | None = None
    is_more: bool = (
        False  # said by another line already, where the statement is not put to the vote
    )
    is_of_waiting: bool = False

    @property
    def row(self) -> str:
        act = f" {self.sent['act']}" if self.sent and "act" in self.sent else ""
        return f"{self.method:4} {self.address}{act}"


def _closes() -> dict[str, str]:
    return {"closes_day": f"{timezone.now() + timedelta(days=5):%d/%m/%Y}", "closes_time": "20:00"}


def of_topic() -> Iterator[Request]:
    """Those every topic has."""
    for address in (
        *("common/", "common/?of=rest", "common/vote/", "common/vote/done/", "common/vote/mine/"),
        *("common/rounds/", "common/rounds/close/", "common/write/", "common/waiting/"),
        *("common/export.zip", "common/guess/", "common/words/", "common/words/write/"),
        *("common/speak/", "common/speak/for/{slug}/", "polls/", "polls/new/", "polls/new/one/"),
    ):
        yield Request("GET", address)
    yield Request("POST", "common/write/", {"body": "ทุกซอยควรมีที่ทิ้งขวดแก้ว", "speak_from": "0"})
    yield Request("POST", "common/vote/network/", {"network": "0"})
    yield Request("POST", "common/rounds/", {"days": "7"})
    yield Request("POST", "common/rounds/close/", {"number": "1"})
    yield Request("POST", "common/guess/", {"card": "x", "guess": "5"})
    yield Request(
        "POST",
        "common/words/write/",
        {"network": "{network}", "term": "สวน", "body": "ที่ดินหลังบ้าน", "seen": "0"},
    )
    yield Request("POST", "common/speak/for/{slug}/", {"body": "อยากให้มีต้นไม้ทุกบ้าน"})
    yield Request(
        "POST",
        "polls/new/one/",
        {
            "question": "รดน้ำวันไหน",
            "options": "เสาร์\nอาทิตย์",
            "names_shown": "0",
            "shown": "always",
            "speak_from": "0",
        },
    )


def of_statement() -> Iterator[Request]:
    """Those each statement has."""
    for address in ("common/{n}/", "common/{n}/look/", "common/reasons/{n}/"):
        yield Request("GET", address)
    yield Request("GET", "common/vote/?s={n}")
    yield Request("POST", "common/vote/?s={n}", {"vote": "1"})
    yield Request("POST", "common/{n}/look/", {"act": "accept"}, is_of_waiting=True)
    yield Request(
        "POST", "common/{n}/look/", {"act": "part", "part1": "ปลูกกล้วย", "part2": "ปลูกอ้อย"}, True
    )
    yield Request(
        "POST", "common/reasons/{n}/", {"side": "1", "body": "เพราะร่มเย็น", "speak_from": "0"}
    )
    yield Request("POST", "common/reasons/{n}/off/", is_more=True)
    yield Request("POST", "common/different/{n}/", {"kind": "values"}, True)
    yield Request("POST", "/statements/{pk}/take-back/", is_of_waiting=True)
    yield Request("POST", "/report/statement/{pk}/", {"problem": "rude"})


def of_poll() -> Iterator[Request]:
    """Those each poll has."""
    yield Request("GET", "polls/{poll}/")
    yield Request("POST", "polls/{poll}/", {"choice": "1"})
    for act in ("back", "close", "remove"):
        yield Request("POST", f"polls/{{poll}}/{act}/")
    yield Request("POST", "/report/poll/{poll}/", {"problem": "rude"})


def ask(place: Place, who: str, request: Request, **names: Any) -> HttpResponse:
    """The answer; what a form wrote is undone."""
    names |= {"slug": place.network.slug, "network": place.network.pk}
    address = request.address.format(**names)
    address = address if address.startswith("/") else f"/t/{place.topic.pk}/{address}"
    client = place.clients[who]
    if request.method == "GET":
        return client.get(address)
    sent = {key: value.format(**names) for key, value in (request.sent or {}).items()}
    if "question" in sent:
        sent |= _closes()
    with undone():
        return client.post(address, sent)


def cell(answer: HttpResponse) -> str:
    """How a table writes it: a dot unseen, "in" to sign in first, "ok" a page, an arrow led on or done, else the number."""
    if answer.status_code == 302:
        return "in" if answer["Location"].startswith("/accounts/login/") else "→"
    return {404: ".", 200: "ok"}.get(answer.status_code, str(answer.status_code))


def line(row: str, cells: Iterable[str], width: int = 48) -> str:
    return f"{row:{width}}|" + "".join(f"{each:>4}" for each in cells)


def head(people: Iterable[str]) -> str:
    """Of the first line of a table: the beginning of each one's name."""
    return line("", (who[:3] for who in people), 0)


def compared(name: str, people: Iterable[str], found: list[str], part: str = "") -> None:
    """Fails with the lines of the table (those that begin with `part`) that differ from what was `found`."""
    first, *lines = Path(__file__).with_name(f"{name}.txt").read_text().splitlines()
    assert first.endswith(head(people))
    kept = [each for each in lines if each.startswith(part)]
    gone, new = [x for x in kept if x not in found], [x for x in found if x not in kept]
    assert not gone + new, "\n".join([f"{name}.txt", "it says:", *gone, "it is:", *new])


def answers(
    place: Place,
    request: Request,
    people: Iterable[str],
    *,
    part: str = "",
    said: str | None = None,
    **names: Any,
) -> str:
    """The line of the table about this request (or with other words, if they are `said`)."""
    cells = [cell(ask(place, who, request, **names)) for who in people]
    row = request.row if said is None else said
    return line(f"{part:12}{row}" if part else row, cells)


def routes() -> set[str]:
    """Every address of these nouns, as the site has it."""
    found = (import_module(f"forums.{noun}.urls").urlpatterns for noun in NOUNS)
    return {str(each.pattern) for some in found for each in some}


def route_of(request: Request) -> str:
    """Of which of them this is one."""
    address = request.address.partition("?")[0]
    address = address if address.startswith("/") else f"/t/1/{address}"
    return resolve(address.format(n=1, pk=1, poll=1, slug="x")).route
