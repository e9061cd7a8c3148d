"""What is asked of a text before it is shown, beside its words: who writes it, how fast, how often, with which links."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Member
from accounts.trust import FIRST_DAY, Rights, rights_of
from forums.base.errors import BadText, TooFast
from forums.base.stamps import age_of
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import Writing
from forums.moderation.holding.models import HeldFor, NewcomersHost
from forums.moderation.watched.matching import lists
from forums.moderation.watched.models import Follows, NewAccount
from forums.pictures.bodies import rendered
from forums.reading.marks.models import ReaderState

if TYPE_CHECKING:
    from forums.text.render import Rendered

HERE = timedelta(hours=24)  # a moderator was here lately
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
ALSO = 2  # other newcomers with the same host, and the third waits
SHORT = 30  # letters: "thank you very much" may be said in two places
_PIECE = 3  # letters, by which it is seen what of a text is new
# Half the links of a village lead there: they say nothing of who writes.
COMMON_HOSTS = frozenset(
    """
    facebook.com fb.com fb.watch youtube.com youtu.be line.me lin.ee tiktok.com instagram.com x.com twitter.com
    google.com goo.gl maps.app.goo.gl forms.gle docs.google.com drive.google.com wikipedia.org pantip.com go.th
    """.split()
)


class FirstDayTopics(TooFast):
    message = gettext_lazy(
        "On the first day a new member starts up to %(count)d topics. What you wrote is still here: keep it as a "
        "draft, or answer in a topic, and send it tomorrow."
    )


class FirstDayReplies(TooFast):
    message = gettext_lazy(
        "On the first day a new member writes up to %(count)d comments. What you wrote is still here: keep it as a "
        "draft, and send it tomorrow."
    )


def hold_limits(writing: Writing, rights: Rights, html: "Rendered") -> None:
    """Raise BadText for more links, pictures or names than the author's level has, TooFast for more texts on her first day."""
    before = _before(writing)
    _refuse_more(
        len(set(html.outside)),
        rights.links,
        len(set(before.outside)) if before else 0,
        ngettext(
            "As a new member you can put up to %(most)d link into one text. Take some out, and send it again: what you "
            "wrote is still here. It is more when you have been here for a while.",
            "As a new member you can put up to %(most)d links into one text. Take some out, and send it again: what you "
            "wrote is still here. It is more when you have been here for a while.",
            rights.links or 0,
        ),
    )
    _refuse_more(
        len(html.picture_ids),
        rights.pictures,
        len(before.picture_ids) if before else 0,
        ngettext(
            "As a new member you can put up to %(most)d picture into one text. Take some out, and send it again: what "
            "you wrote is still here. It is more when you have been here for a while.",
            "As a new member you can put up to %(most)d pictures into one text. Take some out, and send it again: what "
            "you wrote is still here. It is more when you have been here for a while.",
            rights.pictures or 0,
        ),
    )
    _refuse_more(
        len(html.named) + len(html.unnamed),
        rights.mentions,
        len(before.named) if before else 0,
        ngettext(
            "As a new member you can name up to %(most)d person with @ in one text. Take the @ from some names, and "
            "send it again: what you wrote is still here.",
            "As a new member you can name up to %(most)d people with @ in one text. Take the @ from some names, and "
            "send it again: what you wrote is still here.",
            rights.mentions or 0,
        ),
    )
    if writing.post is None:
        _hold_first_day(writing, rights)


def _refuse_more(count: int, most: int | None, before: int, words: str) -> None:
    if most is not None and count > max(most, before):
        raise BadText(words % {"most": most})


def _hold_first_day(writing: Writing, rights: Rights) -> None:
    topics, replies = rights.first_day_topics, rights.first_day_replies
    if topics is None or replies is None:
        return
    first = Post.objects.filter(author=writing.author).order_by("created_at", "pk")
    rows = list(first.values_list("created_at", "number")[: topics + replies])
    if not rows or rows[0][0] < timezone.now() - FIRST_DAY:
        return
    begun = sum(number == 0 for _at, number in rows)
    wait = int((rows[0][0] + FIRST_DAY - timezone.now()).total_seconds()) + 1
    if writing.topic is None and begun >= topics:
        raise FirstDayTopics(wait=wait, count=topics)
    if writing.topic is not None and len(rows) - begun >= replies:
        raise FirstDayReplies(wait=wait, count=replies)


def weigh(writing: Writing) -> None:
    """Hold the limits of the author's level, and say why her text waits, if it does."""
    author = writing.author
    rights = rights_of(author)
    if author.is_staff or not settings.FORUMS_LOOKS_FIRST:
        return
    html = writing.html or rendered(writing.body, reader=author)
    if rights.links is not None:
        hold_limits(writing, rights, html)
    now = timezone.now()
    if rights.looked_at_first:
        writing.why += _from_where(author)
    _first_ones(writing, rights, html, now)
    if rights.least_seconds and writing.post is None and writing.submission is not None:
        age = age_of(writing.submission)
        if age is None or age < rights.least_seconds:
            writing.why.append(HeldFor.QUICK)
    if not rights.repeats and len(writing.body) >= SHORT and _said_already(writing, now):
        writing.why.append(HeldFor.AGAIN)
    if rights.in_a_row and writing.topic and not writing.post and _in_a_row(writing, rights, now):
        writing.why.append(HeldFor.ROW)
    if rights.links is not None and _is_spread(writing, hosts_of(html.outside), now):
        writing.why.append(HeldFor.HOST)


def _from_where(author: Member) -> list[str]:
    """Why a newcomer's texts wait by her mail's domain, or the net she signed up from."""
    why: list[str] = []
    mail = lists().mail(author.email)
    if mail is not None and mail.follows == Follows.HOLD:
        why.append(HeldFor.MAIL)
    if NewAccount.objects.filter(member=author, is_held=True).exists():
        why.append(HeldFor.ADDRESS)
    return why


def _first_ones(writing: Writing, rights: Rights, html: "Rendered", now: datetime) -> None:
    """A newcomer's first texts wait where a moderator was here lately; else their links are plain text."""
    if not rights.looked_at_first:
        return
    hers = Post.objects.filter(author=writing.author, topic__hidden_at=None).shown()
    if writing.post is not None:
        hers = hers.exclude(pk=writing.post.pk)
    passed = len(hers.order_by("-created_at", "-pk").values_list("pk")[: rights.looked_at_first])
    if passed >= rights.looked_at_first:
        return
    before = _before(writing)
    if not moderator_was_here(now):
        writing.plain_links = True
    elif before is None:
        writing.why.append(HeldFor.FIRST)
    elif set(html.outside) - set(
        before.outside
    ):  # what was read before is not what stands there now
        writing.why.append(HeldFor.LINK)
    elif _says_more(writing):
        writing.why.append(HeldFor.CHANGE)


def _says_more(writing: Writing) -> bool:
    """Does a change bring more than mending a slip does? What is taken out, or put elsewhere in the text, brings nothing."""
    post = writing.post
    if post is None:
        return False
    before, now = f"{post.topic.title}\n{post.body}", f"{writing.title}\n{writing.body}"
    known = {before[n : n + _PIECE] for n in range(len(before))}
    return sum(now[n : n + _PIECE] not in known for n in range(len(now))) > SHORT


def moderator_was_here(now: datetime) -> bool:
    """Was a moderator of the site here within a day?"""
    state = ReaderState.objects.filter(member=OuterRef("pk"), here_at__gt=now - HERE)
    here = Q(last_login__gt=now - HERE) | Exists(state)
    return Member.objects.filter(here, is_staff=True, is_active=True).exists()


def _said_already(writing: Writing, now: datetime) -> bool:
    hers = Post.objects.filter(author=writing.author, created_at__gt=now - A_DAY, deleted_at=None)
    if writing.post is not None:
        hers = hers.exclude(pk=writing.post.pk)
    return hers.filter(body=writing.body).exists()


def _in_a_row(writing: Writing, rights: Rights, now: datetime) -> bool:
    there = Post.objects.filter(topic=writing.topic, created_at__gt=now - AN_HOUR, number__gt=0)
    newest = there.filter(deleted_at=None).order_by("-created_at", "-pk")
    authors = list(newest.values_list("author_id", flat=True)[: rights.in_a_row])
    return len(authors) == rights.in_a_row and set(authors) == {writing.author.pk}


def _is_spread(writing: Writing, hosts: Iterable[str], now: datetime) -> bool:
    """Did other newcomers link to one of these hosts within a day?"""
    if not (asked := list(hosts)):
        return False
    lately = NewcomersHost.objects.filter(host__in=asked, at__gt=now - A_DAY)
    others: dict[str, int] = {}
    for host in lately.exclude(member=writing.author).values_list("host", flat=True)[:40]:
        others[host] = others.get(host, 0) + 1
    return any(count >= ALSO for count in others.values())


def hosts_of(addresses: Iterable[str]) -> list[str]:
    """The hosts of these addresses that say something of who links to them."""
    found = set()
    for address in addresses:
        try:
            host = (urlsplit(address).hostname or "").removeprefix("www.")
        except ValueError:
            continue
        parts = host.split(".")
        if host and not any(".".join(parts[n:]) in COMMON_HOSTS for n in range(len(parts))):
            found.add(host[:253])
    return sorted(found)


def _before(writing: Writing) -> "Rendered | None":
    """What the text in whose place this stands was rendered to."""
    if writing.post is None:
        return None
    return rendered(writing.post.body, reader=writing.author)
