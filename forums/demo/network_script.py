"""Reads the networks of the demo's script: content/networks, organisations, activities and ledger.

A network's file: `key: value` lines, an empty line, its story. Then lists, one line an entry, cells
between bars:

    @@ members
    kaew | 46d 13:10 | spokesperson | her answers / to the questions

    (also: contacts, offices, boards, asks, links, pleas, announcements, rosters)

A duty's dates are months from now (`18m`, `+6m`); so are those of the ledger (`18m 05`: the fifth of
the month eighteen months ago), so that it always holds the last two years. All other moments are
those of forums.demo.script.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from forums.demo.script import CONTENT, ScriptError, Step, load_json, moment
from forums.text.dates import BANGKOK

_LIST = re.compile(r"^@@ ", re.MULTILINE)
_WHEN = re.compile(r"([+-]\d+)d (\d\d):(\d\d) to (?:([+-]\d+)d )?(\d\d):(\d\d)")
_FLOWS = {"รับ": "income", "จ่าย": "expense"}
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def load_network_steps(now: datetime) -> list[Step]:
    """All that happens in and around networks but the talk. Raises ScriptError for what cannot be read."""
    steps: list[Step] = []
    for path in sorted((CONTENT / "networks").glob("*.md")):
        steps += _Network(path.stem, path.read_text("utf-8"), now).steps
    for row in load_json("organisations"):
        steps += _organisation(row, now)
    for path in sorted((CONTENT / "activities").glob("*.md")):
        steps += _Activity(path.stem, path.read_text("utf-8"), now).steps
    for path in sorted((CONTENT / "ledger").glob("*.txt")):
        steps += _ledger(path.stem, path.read_text("utf-8"), now)
    return steps


def month_back(words: str, now: datetime, day: int = 1) -> date | None:
    """`18m` is that day of the month eighteen months ago, `+6m` of the one in six months; '' is None."""
    if not words:
        return None
    if not (found := re.fullmatch(r"(\+?)(\d+)m", words)):
        raise ScriptError(f"no month: {words!r}")
    today = now.astimezone(BANGKOK).date()
    months = today.year * 12 + today.month - 1 + int(found[2]) * (1 if found[1] else -1)
    return date(months // 12, months % 12 + 1, day)


def read_head(head: str) -> Iterator[tuple[str, str]]:
    for line in head.strip().splitlines():
        key, mark, value = line.partition(":")
        if not mark:
            raise ScriptError(f"no `key: value`: {line}")
        yield key, value.strip()


def names(words: str) -> list[str]:
    return [name for name in re.split(r",\s*", words) if name]


class _Network:
    """One file, read into steps. What is not given a moment happens in the first hours."""

    def __init__(self, key: str, source: str, now: datetime) -> None:
        self.key, self.now, self.steps = key, now, list[Step]()
        opening, *lists = _LIST.split(source)
        head, _, story = opening.partition("\n\n")
        self.questions = [value for key, value in read_head(head) if key == "question"]
        self.about = dict(read_head(head))
        self.founder = self.about["founder"]
        self.at = moment(self.about["registered"], now)
        self._add("register", self.at, values=self._values(story.strip()))
        self.settled = self.at + HOUR
        rows = {}
        for each in lists:
            title, _, lines = each.partition("\n")
            rows[title.strip()] = [
                [cell.strip() for cell in line.split("|")] for line in lines.strip().splitlines()
            ]
        # Members first: whoever holds a duty is in.
        for title in (
            "members",
            "boards",
            "contacts",
            "offices",
            "asks",
            "links",
            "pleas",
            "announcements",
            "rosters",
        ):
            for place, row in enumerate(rows.pop(title, [])):
                getattr(self, f"_{title}")(place, *row)
        if rows:
            raise ScriptError(f"{key}: nobody reads {', '.join(rows)}")
        self._states()

    def _values(self, story: str) -> dict[str, Any]:
        about = self.about
        year, _, month = about.get("since", "").partition("-")
        return {
            "name": about["name"],
            "aim": about["aim"],
            "story": story,
            "kind": about["kind"],
            "sectors": names(about["sectors"]),
            "provinces": names(about.get("provinces", "")),
            "nationwide": "nationwide" in about,
            "since_year": int(year) if year else None,
            "since_month": int(month) if month else None,
            "colour": about["colour"],
            "emblem": about["emblem"],
            "tags": names(about.get("tags", "")),
            "joining": about["joining"],
            "questions": self.questions,
            "members_shown_to": about["members shown to"],
        }

    def _add(self, verb: str, at: datetime, by: str = "", **more: Any) -> None:
        self.steps.append(
            Step(at=at, verb=verb, by=by or self.founder, network=self.key, more=more)
        )

    def _members(
        self, _place: int, handle: str, when: str, role: str = "member", answers: str = ""
    ) -> None:
        at, entered = moment(when, self.now), 0 * HOUR
        if self.about["joining"] == "open":
            self._add("join", at, handle)
        elif self.about["joining"] == "request":
            self._add("apply", at, handle, answers=answers.split(" / "))
            entered = 5 * HOUR
            self._add("answer_application", at + entered, handle=handle)
        else:
            self._add("invite", at - HOUR, handle=handle)
            self._add("use_invitation", at, handle)
        if role != "member":
            self._add("role", at + entered + HOUR, handle=handle, role=role)
        self.settled = max(self.settled, at + entered + 2 * HOUR)

    def _boards(self, place: int, name: str, open_to: str, scope: str, emblem: str) -> None:
        more = {"name": name, "open_to": open_to, "scope": scope, "emblem": emblem}
        self._add("open_board", self.at + (10 + place) * MINUTE, **more)

    def _contacts(self, place: int, label: str, value: str, audience: str) -> None:
        more = {"label": label, "value": value, "audience": audience}
        self._add("contact", self.at + (20 + place) * MINUTE, **more)

    def _offices(
        self, place: int, title: str, holder: str, handle: str, since: str, until: str
    ) -> None:
        self._add(
            "office", self.settled + place * MINUTE, title=title, holder=holder, handle=handle,
            since=month_back(since, self.now), until=month_back(until, self.now),
        )  # fmt: skip

    def _asks(self, _place: int, handle: str, when: str, answers: str) -> None:
        self._add("apply", moment(when, self.now), handle, answers=answers.split(" / "))

    def _links(self, _place: int, other: str, kind: str, asked: str, confirmed: str) -> None:
        self._add("link", moment(asked, self.now), other=other, kind=kind)
        if confirmed:
            self._add("confirm_link", moment(confirmed, self.now), other=other)

    def _pleas(self, _place: int, handle: str, kind: str, when: str, reason: str) -> None:
        self._add("plea", moment(when, self.now), handle, kind=kind, reason=reason)

    def _announcements(self, _place: int, board: str, when: str, title: str, body: str) -> None:
        body = body.replace(" // ", "\n\n")
        self._add("tell_members", moment(when, self.now), board=board, title=title, body=body)

    def _rosters(self, _place: int, when: str, file_name: str, cells: str) -> None:
        self._add("roster", moment(when, self.now), file_name=file_name, cells=cells.split())

    def _states(self) -> None:
        if "confirmed" in self.about:
            self._add("confirm", moment(self.about["confirmed"], self.now))
        for state in ("verified", "featured", "archived"):
            if state in self.about:
                day, clock, reason = self.about[state].split(" ", 2)
                self._add(state, moment(f"{day} {clock}", self.now), "nhong", reason=reason)


def _organisation(row: dict[str, Any], now: datetime) -> Iterator[Step]:
    """Registered, its first representative believed by the moderator; then both sides agree."""
    at, by, name = moment(row["at"], now), row["by"], row["name"]
    values = {key: row[key] for key in ("sector", "province", "about", "website", "title")}
    yield Step(at=at, verb="organisation", by=by, more={"name": name, "values": values})
    yield Step(at=at + 3 * HOUR, verb="believe", by="nhong", more={"name": name, "handle": by})
    for place, tie in enumerate(row["in"]):
        then = moment(tie["at"], now) if "at" in tie else at + (4 + place) * HOUR
        more = {"name": name, **tie}
        yield Step(at=then, verb="belong", by=by, network=tie["network"], more=more)
        if "waits" not in tie:
            yield Step(at=then + HOUR, verb="take_in", by=by, network=tie["network"], more=more)
    for claim in row.get("claims", []):
        more = {"name": name, "title": claim["title"]}
        yield Step(at=moment(claim["at"], now), verb="claim", by=claim["by"], more=more)


class _Activity:
    """One file: announced, answered, and what came of it."""

    def __init__(self, name: str, source: str, now: datetime) -> None:
        self.name, self.now, self.steps = name, now, list[Step]()
        opening, *after = _LIST.split(source)
        head, _, text = opening.partition("\n\n")
        self.about = dict(read_head(head))
        self.at = moment(self.about["announced"], now)
        starts, ends = self._when(self.about["when"])
        other, _, agreed_by = self.about.get("with", "").partition(" ")
        self._add(
            "announce", self.at, self.about["by"], text=text.strip(), title=self.about["title"],
            starts_at=starts, ends_at=ends, place=self.about.get("place", ""),
            province=self.about.get("province", ""), link=self.about.get("link", ""),
            open_to=self.about["open"], capacity=int(self.about.get("places", 0)) or None,
            hosts=names(other), topics=names(self.about.get("topics", "")),
        )  # fmt: skip
        answers = [
            (handle, answer)
            for answer in ("going", "maybe", "not")
            for handle in names(self.about.get(answer, ""))
        ]
        end = min(starts, now)
        gap = min(41 * MINUTE, (end - self.at) / (len(answers) + 2))
        if agreed_by:
            self._add("hold_too", self.at + gap / 2, agreed_by, other=other)
        for place, (handle, answer) in enumerate(answers, 1):
            self._add("answer", self.at + place * gap, handle, answer=answer)
        for block in after:
            self._after(block)

    def _add(self, verb: str, at: datetime, by: str, text: str = "", **more: Any) -> None:
        more["activity"] = self.name
        network = self.about["network"]
        self.steps.append(Step(at=at, verb=verb, by=by, network=network, text=text, more=more))

    def _when(self, words: str) -> tuple[datetime, datetime]:
        if not (found := _WHEN.fullmatch(words)):
            raise ScriptError(f"{self.name}: not when: {words}")
        day, hour, minute, last, to_hour, to_minute = found.groups()
        today = self.now.astimezone(BANGKOK).replace(second=0, microsecond=0)

        def on(days: str, hours: str, minutes: str) -> datetime:
            there = today + timedelta(days=int(days))
            return there.replace(hour=int(hours), minute=int(minutes))

        return on(day, hour, minute), on(last or day, to_hour, to_minute)

    def _after(self, block: str) -> None:
        head, _, text = block.partition("\n")
        verb, by, *words = head.split()
        came = [word.partition("=")[2] for word in words if word.startswith("came=")]
        at = moment(" ".join(word for word in words if "=" not in word), self.now)
        if verb == "cancel":
            self._add("cancel", at, by, text=text.strip())
            return
        first, _, rest = text.strip().partition("\n\n")
        lesson = dict(read_head(first))["lesson"]
        self._add("report", at, by, text=rest.strip(), lesson=lesson, came=int(came[0]))


def _ledger(key: str, source: str, now: datetime) -> Iterator[Step]:
    """Books opened, and lines written two days after they happened, or on the first evening."""
    head, _, lines = source.partition("\n\n")
    about = dict(read_head(head))
    keeper, opened = about["keeper"], moment(about["opened"], now)
    yield Step(at=opened, verb="open_ledger", by=keeper, network=key)
    for place, line in enumerate(lines.strip().splitlines(), 1):
        when, flow, source, purpose, amount, *correction = (
            part.strip() for part in line.split("|")
        )
        months, _, day = when.partition(" ")
        record_event = month_back(months, now, int(day))
        if record_event is None:
            raise ScriptError(f"{key}: no day: {line}")
        written = datetime.combine(record_event, datetime.min.time(), BANGKOK) + timedelta(
            days=2, hours=20
        )
        written = min(max(written, opened + place * MINUTE), now - HOUR)
        more: dict[str, Any] = {
            "flow": _FLOWS[flow], "date": record_event, "source": source, "purpose": purpose,
            "amount": _baht(amount),
        }  # fmt: skip
        if correction:
            first, _, reason = correction[0].partition(": ")
            more |= {"first": _baht(first), "reason": reason}
        yield Step(at=written, verb="line", by=keeper, network=key, more=more)
        if correction:
            at = min(written + 4 * HOUR, now - 30 * MINUTE)
            yield Step(at=at, verb="correct", by=keeper, network=key, more=more)


def _baht(words: str) -> Decimal:
    return Decimal(words.replace(",", ""))
