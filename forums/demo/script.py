"""Reads the demo's script (content/) and lays out who does what when, counted back from now.

A topic's file: `key: value` lines, an empty line, the text. Then one block each for what follows:

    @@ มาลี +2h10m >c1 #c1-1 useful=somchai,koi agree=koi
    the text of a reply to the post named c1; this one is named c1-1

    @@! hide c7 nhong +3h           (also: lock, pin, move, accept, edit, edittopic, delete)
    the reason

    @@! slow nhong 2d 10:15 30      (minutes between two comments of one member)
    the reason

    @@! silence c4 nhong 1d 20:30 7         (days; its author; also: split, its first line the new topic's title)
    the reason

    @@! clarify มาลี +1d person      (or group: she is named in the topic, and asks for a reply)
    how she is meant, an empty line, her side

    @@! pinreply nhong +1d4h
    the reason

    @@! view forest อินสม +2d        (also: invite, admit, decline, ask)
    how that network sees it

    @@! draft c7 มาลี +3h from=Android     (also: bookmark, in=3: to be reminded three days later; `topic` for its own text)
    what she begins to answer, and does not send (of a bookmark: her note)

    @@! report c7 มาลี +20m as=rude
    what she tells the moderators of it; who hides it later ends its case

    @@! decide c7 nhong +3h answer=conceal rule=2    (the answer of what was reported; also: warn, its author)
    the reason

    @@! appeal c7 มาลี +5h               (also: again c7 wanna +1d answer=uphold, the outcome)
    what was judged wrongly

    @@! notice c7 nhong +5h as=personal from=person mail=owner    (given by nobody who is here)
    who asks
    what she says

    @@! here topic nhong 3h              (a moderator looks in: newcomers' first texts wait from then on)

Who speaks from where stands in the head: `from: health มาลี kaew; canal somchai` (files of
content/networks); a network's board is `canal/เรื่องออม`. What is said in the network's name has the
word `in-name` in its block's head (or the topic's: `in-name: yes`).

A moment is `6d 19:20` (six days ago, at that time in Bangkok), `3h30m` (ago), or `+1d2h` after the
post that is answered or dealt with (after the topic's start where there is none). Addresses in
texts may be `picture:name`, `topic:file` or `post:name`.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from forums.text.dates import BANGKOK

CONTENT = Path(__file__).with_name("content")
_DAY = re.compile(r"(\d+)d")
_CLOCK = re.compile(r"(\d\d):(\d\d)")
_SPAN = re.compile(r"\+?(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_BLOCK = re.compile(r"^@@", re.MULTILINE)
_SWAP = re.compile(r"เหตุผล: (.+)\nแทน: (.+)\nด้วย: ((?:.|\n)+)")
_AT_A_POST = frozenset(
    {"draft", "bookmark", "report", "decide", "appeal", "again", "warn", "notice", "here"}
)
_OF_A_POST = frozenset({"hide", "accept", "edit", "delete", "split", "silence"})
_BY_ANOTHER = frozenset(
    {"hide", "lock", "pin", "move", "clarify", "pinreply", "slow", "split", "silence"}
)
_ASKED = {
    "move": "board",
    "clarify": "named",
    "slow": "minutes",
    "silence": "days",
}  # what more is said, in the last word of the head
_WITH_NETWORK = frozenset({"invite", "admit", "decline", "ask", "view"})
REACTION_EVERY = timedelta(minutes=17)


class ScriptError(Exception):
    """The script contradicts itself: a mistake of whoever wrote it."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing one member does at one moment.

    `post` is a name in the topic; "" is its own text. `network` names a file of content/networks: in
    a topic, from where she speaks.
    """

    at: datetime
    verb: str
    by: str
    topic: str = ""
    network: str = ""
    post: str = ""
    to: str = ""
    text: str = ""
    more: dict[str, Any] = field(default_factory=dict)


IN_FOOTER = ("about", "rules", "privacy", "terms", "takedown", "accessibility", "ai")
BESIDE = ("takedown-intro", "takedown-truth", "takedown-after")  # words of a form
STAFF_PAGES = ("breach",)


def load_json(name: str) -> list[dict[str, Any]]:
    """members, boards, links, pictures, organisations or statements, as content/<name>.json has them."""
    loaded: list[dict[str, Any]] = json.loads((CONTENT / f"{name}.json").read_text("utf-8"))
    return loaded


def load_pages() -> list[tuple[str, str, str]]:
    """(slug, title, text) of each page of the house, in the order of the footer; last what stands in none."""
    pages = []
    for slug in (*IN_FOOTER, *BESIDE, *STAFF_PAGES):
        title, text = (CONTENT / "pages" / f"{slug}.md").read_text("utf-8").split("\n", 1)
        pages.append((slug, title.removeprefix("# "), text.strip()))
    return pages


def load_steps(now: datetime) -> list[Step]:
    """All that happens in all topics, oldest first. Raises ScriptError for what cannot be so."""
    steps: list[Step] = []
    for path in sorted((CONTENT / "topics").glob("*.md")):
        steps += _Topic(path.stem, path.read_text("utf-8"), now).steps
    return in_order(steps, now)


def in_order(steps: list[Step], now: datetime) -> list[Step]:
    """The steps, oldest first. Raises ScriptError for one before its doer joined, or not yet past."""
    joined = {row["handle"]: moment(row["joined"], now) for row in load_json("members")}
    for step in steps:
        if not joined.get(step.by, now) < step.at < now:
            where = step.topic or step.network
            raise ScriptError(f"{where}: {step.by} cannot {step.verb} at {step.at}")
    return sorted(steps, key=lambda step: step.at)


def moment(words: str, now: datetime, after: datetime | None = None) -> datetime:
    """The moment `words` name (see the head of this module). Raises ScriptError."""
    day, _, clock = words.partition(" ")
    if clock and (days := _DAY.fullmatch(day)) and (time := _CLOCK.fullmatch(clock)):
        local = now.astimezone(BANGKOK) - timedelta(days=int(days[1]))
        return local.replace(hour=int(time[1]), minute=int(time[2]), second=0, microsecond=0)
    if not (span := _SPAN.fullmatch(words)):
        raise ScriptError(f"no moment: {words!r}")
    length = timedelta(
        **dict(zip(("days", "hours", "minutes"), map(int, span.groups("0")), strict=True))
    )
    if not words.startswith("+"):
        return now - length
    if after is None:
        raise ScriptError(f"after what? {words!r}")
    return after + length


class _Topic:
    """One file, read into steps."""

    def __init__(self, name: str, source: str, now: datetime) -> None:
        self.name, self.now = name, now
        self.steps: list[Step] = []
        self.posts: dict[str, Step] = {}
        self.last_words: dict[str, datetime] = {}
        opening, *blocks = _BLOCK.split(source)
        self.speakers: dict[str, str] = {}
        self._open(opening)
        for block in blocks:
            head, _, text = block.partition("\n")
            if head.startswith("!"):
                self._act(head[1:].split(), text.strip())
            else:
                self._say(head.split(), text.strip())
        for step in [*self.posts.values()]:
            self._react(step)

    def _open(self, opening: str) -> None:
        head, _, text = opening.partition("\n\n")
        about = dict(line.split(": ", 1) for line in head.strip().splitlines())
        for group in filter(None, about.pop("from", "").split("; ")):
            network, *members = group.split()
            self.speakers |= dict.fromkeys(members, network)
        self._add_post(
            "", by=about["author"], at=moment(about["start"], self.now), verb="start",
            text=text.strip(), more=about,
        )  # fmt: skip

    def _say(self, words: list[str], text: str) -> None:
        by, marks, when = words[0], dict[str, Any](), []
        name = to = ""
        for word in words[1:]:
            if word[0] == "#":
                name = word[1:]
            elif word[0] == ">":
                to = word[1:]
            elif word == "in-name":
                marks[word] = "yes"
            elif "=" in word:
                kind, _, members = word.partition("=")
                marks[kind] = members
            else:
                when.append(word)
        parent = self._post(to)
        at = moment(" ".join(when), self.now, after=parent.at)
        if at <= parent.at:
            raise ScriptError(f"{self.name}: {by} answers before it was said: {text[:40]}")
        name = name or f"{len(self.posts)}."
        self._add_post(name, by=by, at=at, verb="reply", to=to, text=text, more=marks)

    def _add_post(self, name: str, **fields: Any) -> None:
        if name in self.posts:
            raise ScriptError(f"{self.name}: two posts named {name}")
        network = self.speakers.get(fields["by"], "")
        self.posts[name] = Step(topic=self.name, post=name, network=network, **fields)
        self.steps.append(self.posts[name])

    def _act(self, words: list[str], text: str) -> None:
        verb, *words = words
        if verb in _WITH_NETWORK:
            network, by, *when = words
            at = moment(" ".join(when), self.now, after=self._post("").at)
            self.steps.append(
                Step(at=at, verb=verb, by=by, topic=self.name, network=network, text=text)
            )
            return
        if verb in _AT_A_POST:
            self._do_at(verb, words, text)
            return
        post = self._post(words.pop(0) if verb in _OF_A_POST else "")
        by = words.pop(0) if verb in _BY_ANOTHER else post.by
        more = {_ASKED[verb]: words.pop()} if verb in _ASKED else {}
        at = moment(" ".join(words), self.now, after=post.at)
        if verb == "accept":
            by = self._post("").by
        if verb in {"edit", "edittopic"}:
            if not (swap := _SWAP.fullmatch(text)):
                raise ScriptError(f"{self.name}: what is changed? {text[:40]}")
            text, more = swap[1], {"old": swap[2], "new": swap[3].strip()}
            if more["old"] not in post.text:
                raise ScriptError(f"{self.name}: nobody wrote {more['old']}")
        if verb in {"hide", "delete"}:
            self.last_words[post.post] = at
        self.steps.append(
            Step(topic=self.name, verb=verb, by=by, at=at, post=post.post, text=text, more=more)
        )

    def _do_at(self, verb: str, words: list[str], text: str) -> None:
        """What somebody does at a post, or keeps of it."""
        name, by, *words = words
        more = dict(word.split("=", 1) for word in words if "=" in word)
        post = self._post("" if name == "topic" else name)
        at = moment(" ".join(word for word in words if "=" not in word), self.now, after=post.at)
        self.steps.append(
            Step(topic=self.name, verb=verb, by=by, at=at, post=post.post, text=text, more=more)
        )

    def _react(self, post: Step) -> None:
        """Marks come one by one after the post, and before it is hidden."""
        end = self.last_words.get(post.post, self.now)
        for kind in ("useful", "agree"):
            for place, by in enumerate(filter(None, re.split(r",\s*", post.more.get(kind, ""))), 1):
                at = min(post.at + place * REACTION_EVERY, end - timedelta(seconds=1))
                self.steps.append(Step(topic=self.name, verb=kind, by=by, at=at, post=post.post))

    def _post(self, name: str) -> Step:
        if name not in self.posts:
            raise ScriptError(f"{self.name}: no post is named {name}")
        return self.posts[name]
