"""The pages that are measured, and the measuring: each in turn, round after round."""

import gzip
import math
import os
import platform
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

import django
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.wsgi import get_wsgi_application
from django.db import connection

from accounts.models import Member
from forums.discussions.posts.actions import reply
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.discussions.topics.sharing import sketch_of
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Network
from forums.sharing import keeping
from tests.benchmarks import network_cases, reading_cases, search_cases
from tests.benchmarks.client import Answer, Browser
from tests.benchmarks.database import last_id
from tests.benchmarks.meter import Clock, Meter, backend_pid
from tests.benchmarks.plans import Work, queries_of, work_of
from tests.benchmarks.report import LITTLE

FIXED, BARE = "(a) fixed answer", "(c) bare view"
TOPIC = "topic, first page"  # what a page of a network is held against
KEPT = ("home", "board", TOPIC, "networks", "network, large")  # for visitors, with an aim
OTHERS = 8  # topics from elsewhere that were talked in just now
_BODY = "บ้านเราจัดเวรกันทุกสัปดาห์ ใครว่างก็มาช่วย ลองดูตัวอย่างที่ **ทุ่งทอง** แล้วค่อยปรับให้เข้ากับที่ของเรา\n\n" * 2
_CODINGS = "gzip, deflate, br, zstd"
_ASSET = re.compile(
    rb'(?:<link rel="(?:stylesheet|modulepreload)" href|<script[^>]* src)="([^"]+)"'
)


@dataclass
class Case:
    name: str
    ask: Callable[[], Answer]
    status: int = 200
    meter: Meter = field(default_factory=Meter)
    queries: int = 0
    work: Work = field(default_factory=lambda: Work(0, 0, 0, {}))
    answer: Answer | None = None


class Bench:
    """`replies` is how many replies will be written: each by another member, who may not be too fast."""

    def __init__(self, *, only: str, replies: int) -> None:
        self.application = get_wsgi_application()
        self.sessions: list[str] = []
        self.posts = Post.objects.count()
        self.last_post = last_id(Post)
        self.last_standpoint, self.last_row = last_id(Standpoint), last_id(TopicNetwork)
        everyones = Topic.objects.filter(board__network=None).select_related("board")
        long, self.other, another = everyones.order_by("-last_number")[:3]
        reader = network_cases.reader()
        self._enliven(reader)
        self.reader, self.twin = reader, reading_cases.twin_of(reader)
        reading_cases.tell_lately()
        reading_cases.has_read(reader)
        self.watched = reading_cases.watched(another)
        visitor, member = self._browser(None), self._browser(reader)
        unread = self._browser(self.twin)
        members = Member.objects.filter(handle__startswith="load").order_by("-pk")
        # A member may write eight times a minute; with six of hers in a run she never waits.
        writers = max(20, math.ceil(replies / 6))
        self.writers = cycle([self._browser(writer) for writer in members[:writers]])
        self.shared = network_cases.Picked.for_reader(reader, long)
        self.speakers = cycle(
            [
                (self._browser(speaker), str(network))
                for speaker, network in network_cases.speakers(self.shared.shared, writers)
            ]
        )
        full = max(1, long.last_number // 20)
        cases = [
            Case(FIXED, lambda: visitor.get("/benchmark/fixed/")),
            Case(BARE, lambda: visitor.get(f"/benchmark/bare/{long.pk}/")),
        ]
        pages = {
            "home": "/",
            "board": long.board.get_absolute_url(),
            TOPIC: long.get_absolute_url(),
            "topic, last full page": f"{long.get_absolute_url()}?page={full}",
            "topic, last page": f"{long.get_absolute_url()}?page=last",
            "topic of 100 posts, first page": self._of_about(100).get_absolute_url(),
            **self.shared.pages(),
            **search_cases.pages(),
        }
        for name, address in pages.items():
            for who, browser in (("visitor", visitor), ("member", member)):
                cases.append(Case(f"{name} · {who}", _getter(browser, address)))
        if settings.FORUMS_KEPT_PAGES:
            for name in KEPT:
                cases += self._kept(name, visitor, pages[name])
        self.picture = sketch_of(long.pk)
        shared = self.picture.address("topics", long.pk)
        cases.append(Case("shared picture, kept · visitor", lambda: visitor.get(shared)))
        cases.append(Case("shared picture, drawn · visitor", lambda: self._draw(visitor, shared)))
        for name, address in reading_cases.PAGES.items():
            cases.append(Case(f"{name}{LITTLE} · member", _getter(unread, address)))
            if address not in pages.values():
                cases.append(Case(f"{name} · member", _getter(member, address)))
        cases.append(Case("reply · member", self._reply, status=302))
        cases.append(Case("reply, watched by 1,000 · member", self._reply_watched, status=302))
        cases.append(Case("reply from a network · member", self._speak, status=302))
        self.cases = [
            case
            for case in cases
            if case.name in (FIXED, BARE) or case.name.startswith(TOPIC) or only in case.name
        ]

    def _browser(self, member: Member | None) -> Browser:
        browser = Browser(self.application, member)
        if browser.session:
            self.sessions.append(browser.session)
        return browser

    def _of_about(self, posts: int) -> Topic:
        return Topic.objects.filter(reply_count__gte=posts).order_by("reply_count", "pk")[0]

    def _enliven(self, reader: Member) -> None:
        """Networks she is not in talk today, whatever day it is: every fifth row of her home is theirs."""
        talked_in = network_cases.topics_of_others(reader, OTHERS)
        for n, (topic, author, network_id) in enumerate(talked_in):
            body = f"{_BODY}ใครมีต้น{search_cases.RARE}บ้าง" if n < search_cases.SAY_IT else _BODY
            reply(author=author, topic=topic, body=body, speak_from=network_id)

    def _kept(self, name: str, visitor: Browser, address: str) -> list[Case]:
        """As browsers ask for what is kept: in br, as it lies there, and whether what they have is still it."""

        def again() -> Answer:
            tag = given.answer.headers["ETag"] if given.answer else ""
            return visitor.get(address, HTTP_ACCEPT_ENCODING=_CODINGS, HTTP_IF_NONE_MATCH=tag)

        given = Case(
            f"{name} · visitor, br", lambda: visitor.get(address, HTTP_ACCEPT_ENCODING=_CODINGS)
        )
        return [given, Case(f"{name} · visitor, 304", again, status=304)]

    def _draw(self, visitor: Browser, address: str) -> Answer:
        keeping._place(self.picture.key).unlink(missing_ok=True)
        return visitor.get(address)

    def _reply(self) -> Answer:
        return self._reply_in(self.other)

    def _reply_watched(self) -> Answer:
        return self._reply_in(self.watched)

    def _reply_in(self, topic: Topic) -> Answer:
        fields = {"body": _BODY, "to": "", "speak_from": "0"}
        return next(self.writers).post(f"/t/{topic.pk}/reply/", fields)

    def _speak(self) -> Answer:
        browser, network = next(self.speakers)
        fields = {"body": _BODY, "to": "", "speak_from": network}
        return browser.post(f"/t/{self.shared.shared.pk}/reply/", fields)

    def run(self, *, rounds: int, requests: int) -> dict[str, Any]:
        """Warm up, count queries, then measure; returns all figures."""
        for case in self.cases:
            for _ in range(3):
                case.answer = case.ask()
            assert case.answer is not None
            assert case.answer.status == case.status, (case.name, case.answer)
            with queries_of() as found:
                case.ask()
            case.queries = len(found)
            if case.status == 200:
                case.work = work_of(found)
        pid = backend_pid()
        for _ in range(rounds):
            for case in self.cases:
                with Clock(case.meter, pid, requests) as clock:
                    for _ in range(requests):
                        case.ask()
                        clock.lap()
        assert pid == backend_pid(), "the connection was not kept"
        return self._figures(rounds, requests)

    def tidy(self) -> None:
        """Take away what was written, so that the next run finds the same database."""
        from forums.discussions.posts.counters import recount
        from forums.discussions.standpoints.counters import repair_voices
        from forums.discussions.voices.maintenance import repair_ties

        written = Post.objects.filter(pk__gt=self.last_post)
        topics = list(Topic.objects.filter(posts__in=written).distinct().order_by("pk"))
        tied = set(TopicNetwork.objects.filter(topic__in=topics).values_list("network", flat=True))
        written.delete()
        Standpoint.objects.filter(pk__gt=self.last_standpoint).delete()
        for topic in topics:
            recount(topic)
        repair_voices(topics)
        TopicNetwork.objects.filter(pk__gt=self.last_row).delete()
        for network_id in sorted(tied):
            repair_ties(after=network_id - 1, size=1)
        Session.objects.filter(pk__in=self.sessions).delete()
        UserSession.objects.filter(session_key__in=self.sessions).delete()
        reading_cases.tidy(self.reader, self.twin)

    # -- figures ----------------------------------------------------------------------------

    def _figures(self, rounds: int, requests: int) -> dict[str, Any]:
        meters = {case.name: case.meter for case in self.cases}
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            server = cursor.fetchone()[0]
        return {
            "date": date.today().isoformat(),
            "machine": {
                "processor": _processor(),
                "cores": os.cpu_count(),
                "load": [round(load, 2) for load in os.getloadavg()],
                "python": platform.python_version(),
                "django": django.get_version(),
                "postgresql": server,
            },
            "rounds": rounds,
            "requests_a_round": requests,
            "posts": self.posts,
            "members": Member.objects.count(),
            "networks": Network.objects.count(),
            "memberships": Membership.objects.count(),
            "pages": [self._figure(case, meters) for case in self.cases],
        }

    def _figure(self, case: Case, meters: dict[str, Meter]) -> dict[str, Any]:
        meter, answer = case.meter, case.answer
        who = "member" if case.name.endswith("member") else "visitor"
        assert answer
        return {
            "name": case.name,
            "web_ms": median(meter.web),
            "database_ms": median(meter.database),
            "total_ms": median(meter.totals),
            "total_ms_least": min(meter.totals),
            "total_ms_most": max(meter.totals),
            "times_bare": meter.times(meters[BARE]),
            "times_topic": meter.times(meters[f"{TOPIC} · {who}"]),
            "queries": case.queries,
            "rows_read": case.work.rows,
            "pages_read": case.work.pages,
            "posts_shown": answer.body.count(b"<article"),
            "bytes": len(answer.body),
            "bytes_gzip": len(gzip.compress(answer.body, 6)),
            "bytes_gzip_with_assets": len(gzip.compress(answer.body, 6)) + self._assets(answer),
            "requests_a_second": 1000 * len(meter.walls) / sum(meter.walls),
            "p50_ms": meter.percentile(0.5),
            "p99_ms": meter.percentile(0.99),
        }

    def _assets(self, answer: Answer) -> int:
        """Compressed bytes of the style sheets and scripts a page asks for."""
        browser = Browser(self.application)
        found = {match.decode() for match in _ASSET.findall(answer.body)}
        return sum(len(gzip.compress(browser.get(address).body, 6)) for address in sorted(found))


def _getter(browser: Browser, address: str) -> Callable[[], Answer]:
    return lambda: browser.get(address)


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except FileNotFoundError:
        pass
    return platform.processor() or platform.machine()
