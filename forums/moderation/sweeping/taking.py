"""What a sweep would take: a member's topics, posts and what else of hers others see; what marks them, and whom a phrase would meet."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.discussions.polls.models import Poll
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import TOPIC_SHOWN, Topic
from forums.knowledge.glossary.models import Meaning
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.knowledge.statements.models import Statement
from forums.moderation.watched.models import NewAccount, WatchedKind
from forums.text.glance import glance
from forums.text.lengths import excerpt
from forums.text.watching import Watch

COUNTED = 1000  # a count goes no further
_SHOWN = 10
_READ = 200  # texts whose links are read
_HOSTS = 20
_OTHERS = 500  # newest texts of others in which a phrase is looked for
# Of whose addresses half the country has one.
_EVERYBODYS = frozenset(
    (
        *(
            "gmail.com",
            "googlemail.com",
            "hotmail.com",
            "hotmail.co.th",
            "outlook.com",
            "outlook.co.th",
        ),
        *("live.com", "msn.com", "windowslive.com", "yahoo.com", "yahoo.co.th", "ymail.com"),
        *("icloud.com", "me.com", "mac.com", "proton.me", "protonmail.com"),
    )
)
_LINK = re.compile(r"https?://(?:www\.)?([a-z0-9.-]{3,253}\.[a-z]{2,24})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taking:
    """How much there is, how the newest of it begins, and what marks it: of each its kind and text, and its words.
    `parts`: of what stands in topics."""

    topics: str
    posts: str
    parts: str
    beginnings: list[str]
    patterns: list[tuple[str, str]]


def topics_of(member: Member) -> QuerySet[Topic]:
    return Topic.objects.filter(TOPIC_SHOWN.q(), author=member).order_by("pk")


def posts_of(member: Member) -> QuerySet[Post]:
    """Her comments; a topic's own text goes with its topic."""
    hers = Post.objects.shown().filter(author=member, number__gt=0)
    return hers.order_by("pk")


def parts_of(member: Member) -> Iterator[tuple[str, Any]]:
    """What she wrote that stands in topics and others see, or would, with its kind."""
    statements = Statement.objects.shown().filter(author=member, withdrawn_at=None, refusal="")
    hers = {
        "statement": statements.select_related("topic__board"),
        "poll": Poll.objects.shown().filter(author=member).select_related("topic__board"),
        "meaning": Meaning.objects.shown().filter(author=member).select_related("word__topic"),
        "restatement": Restatement.objects.standing().filter(author=member),
        "portrayal": Portrayal.objects.standing().filter(author=member),
    }
    for kind, rows in hers.items():
        for row in rows.order_by("pk")[:COUNTED]:
            yield kind, row


def _words(part: Any) -> str:
    return part.question if isinstance(part, Poll) else part.body


def taking(member: Member) -> Taking:
    """What would be taken of this member now."""
    newest = Post.objects.shown().filter(author=member).order_by("-created_at", "-pk")
    texts = list(
        newest.annotate(start=Left("body", 5000)).values_list("start", "body_html")[:_READ]
    )
    hosts = Counter(host.lower() for start, _html in texts for host in set(_LINK.findall(start)))
    parts = [_words(part) for _kind, part in islice(parts_of(member), COUNTED + 1)]
    return Taking(
        topics=_counted(topics_of(member)),
        posts=_counted(posts_of(member)),
        parts=f"{COUNTED}+" if len(parts) > COUNTED else str(len(parts)),
        beginnings=[
            *(glance(html, 120) for _start, html in texts[:_SHOWN]),
            *(excerpt(said, 120) for said in parts[:_SHOWN]),
        ],
        patterns=[
            *((f"{WatchedKind.HOST} {host}", host) for host, _count in hosts.most_common(_HOSTS)),
            *_where_from(member),
        ],
    )


def _where_from(member: Member) -> Iterator[tuple[str, str]]:
    """The domain of her address, unless it is everybody's, and the net she signed up from, as long as that is known."""
    domain = member.email.rpartition("@")[2].lower()
    if domain and domain not in _EVERYBODYS:
        others = Member.objects.filter(email__iendswith=f"@{domain}").exclude(pk=member.pk)
        label = _("signing up with addresses of %(domain)s, which %(count)s others have")
        yield f"{WatchedKind.MAIL} {domain}", label % {"domain": domain, "count": _counted(others)}
    made = NewAccount.objects.filter(member=member).exclude(net="").first()
    if made is not None:
        label = _("from where she signed up (%(net)s): for 30 days first texts from there wait")
        yield f"{WatchedKind.NET} {made.net}", label % {"net": made.net}


@dataclass(frozen=True, slots=True)
class PhraseMet:
    """In how many of her newest texts, and of the newest of others, a phrase stands; how the first of those begin."""

    hers: int
    others: int
    looked_at: int
    beginnings: list[str]


def phrase_met(phrase: str, member: Member) -> PhraseMet:
    """What it would have met, had it been watched for."""
    watch = Watch([(phrase, phrase, False)], ())
    newest = Post.objects.shown().annotate(start=Left("body", 5000)).order_by("-pk")
    hers = newest.filter(author=member).values_list("start", flat=True)[:_READ]
    theirs = list(newest.exclude(author=member).values_list("start", "body_html")[:_OTHERS])
    met = [html for start, html in theirs if watch.find(start)]
    return PhraseMet(
        hers=sum(bool(watch.find(start)) for start in hers),
        others=len(met),
        looked_at=len(theirs),
        beginnings=[glance(html, 120) for html in met[:_SHOWN]],
    )


def _counted(rows: QuerySet[Any]) -> str:
    count = len(rows.values_list("pk")[: COUNTED + 1])
    return f"{COUNTED}+" if count > COUNTED else str(count)
