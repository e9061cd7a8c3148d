"""What a sweep would take: a member's topics and posts that others see, and the hosts they lead to."""

import re
from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Left

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import TOPIC_SHOWN, Topic
from forums.text.glance import glance

COUNTED = 1000  # a count goes no further
_SHOWN = 10
_READ = 200  # texts whose links are read
_HOSTS = 20
_LINK = re.compile(r"https?://(?:www\.)?([a-z0-9.-]{3,253}\.[a-z]{2,24})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Taking:
    """How much there is, how the newest of it begins, and where it leads."""

    topics: str
    posts: str
    beginnings: list[str]
    hosts: list[str]


def topics_of(member: Member) -> QuerySet[Topic]:
    return Topic.objects.filter(TOPIC_SHOWN.q(), author=member).order_by("pk")


def posts_of(member: Member) -> QuerySet[Post]:
    """Her comments; a topic's own text goes with its topic."""
    hers = Post.objects.shown().filter(author=member, number__gt=0)
    return hers.order_by("pk")


def taking(member: Member) -> Taking:
    """What would be taken of this member now."""
    newest = Post.objects.shown().filter(author=member).order_by("-created_at", "-pk")
    texts = list(
        newest.annotate(start=Left("body", 5000)).values_list("start", "body_html")[:_READ]
    )
    hosts = Counter(host.lower() for start, _html in texts for host in set(_LINK.findall(start)))
    return Taking(
        topics=_counted(topics_of(member)),
        posts=_counted(posts_of(member)),
        beginnings=[glance(html, 120) for _start, html in texts[:_SHOWN]],
        hosts=[host for host, _count in hosts.most_common(_HOSTS)],
    )


def _counted(rows: QuerySet[Topic] | QuerySet[Post]) -> str:
    count = len(rows.values_list("pk")[: COUNTED + 1])
    return f"{COUNTED}+" if count > COUNTED else str(count)
