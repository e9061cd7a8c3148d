"""What is asked of a text before it is shown, beside its words: who writes it, how fast, how often, with which links."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from accounts.trust import FIRST_DAY, Rights, rights_of
from forums.base.constant_sql import select
from forums.base.errors import BadText, TooFast
from forums.base.stamps import age_of
from forums.discussions.posts.models import POST_SHOWN
from forums.discussions.posts.registry import Writing
from forums.moderation.holding.models import HeldFor, NewcomersHost
from forums.moderation.watched.matching import lists
from forums.moderation.watched.models import Follows
from forums.pictures.bodies import rendered

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


class _Hers(NamedTuple):
    """What is known of the author when a text of hers is weighed."""

    from_held_net: bool = False
    passed: int = 0  # texts that others read, so many at most as are looked at first
    moderator_was_here: bool = False  # of the site, lately; asked only where fewer have passed
    said_already: bool = False
    in_a_row: bool = False
    first_at: datetime | None = None
    begun: int = 0  # of her first texts
    answered: int = 0


# Nothing is asked that her level does not need. In a row are her newest texts of an hour in the topic where nobody else's
# that can be read came between (+ 0: by what is hers, for which the server would read all of a long topic's, too).
_ASKED = f"""
    SELECT
        %(first)s > 0 AND EXISTS (SELECT FROM forums_newaccount a WHERE a.member_id = %(me)s AND a.is_held),
        passed.n,
        passed.n < %(first)s AND EXISTS (
            SELECT FROM accounts_member m WHERE m.is_staff AND m.is_active AND (m.last_login > %(here)s OR EXISTS (
                SELECT FROM forums_readerstate r WHERE r.member_id = m.id AND r.here_at > %(here)s))),
        %(once)s AND EXISTS (
            SELECT FROM forums_post p WHERE p.author_id = %(me)s AND p.created_at > %(day)s
            AND p.deleted_at IS NULL AND p.id <> %(but)s AND p.body = %(body)s),
        %(row)s > 0 AND latest.n = %(row)s AND NOT EXISTS (
            SELECT FROM forums_post p WHERE p.topic_id = %(topic)s AND p.created_at > latest.first_at
            AND {POST_SHOWN.sql} AND p.number > 0 AND p.author_id <> %(me)s),
        begun.first_at, begun.topics, begun.replies
    FROM (
            SELECT count(*) AS n FROM (
                SELECT FROM forums_post p JOIN forums_topic t ON t.id = p.topic_id
                WHERE p.author_id = %(me)s AND t.hidden_at IS NULL AND {POST_SHOWN.sql} AND p.id <> %(but)s
                LIMIT %(first)s) few) passed,
        (
            SELECT count(*) AS n, min(created_at) AS first_at FROM (
                SELECT p.created_at FROM forums_post p
                WHERE p.author_id = %(me)s AND p.created_at > %(hour)s AND p.topic_id + 0 = %(topic)s
                    AND p.number > 0 AND p.deleted_at IS NULL
                ORDER BY p.created_at DESC LIMIT %(row)s) few) latest,
        (
            SELECT min(created_at) AS first_at, count(*) FILTER (WHERE number = 0) AS topics,
                count(*) FILTER (WHERE number > 0) AS replies
            FROM (
                SELECT p.created_at, p.number FROM forums_post p WHERE p.author_id = %(me)s
                ORDER BY p.created_at, p.id LIMIT %(day_one)s) few) begun
"""  # noqa: S608 - made of constants


def _hers(writing: Writing, rights: Rights, now: datetime) -> _Hers:
    """One statement; none of those who are trusted so far that it would ask nothing."""
    first_day = (rights.first_day_topics or 0) + (rights.first_day_replies or 0)
    if not (rights.looked_at_first or rights.in_a_row or first_day) and rights.repeats:
        return _Hers()
    is_new = writing.post is None
    ((*found,),) = select(
        _ASKED,
        me=writing.author.pk,
        topic=writing.topic.pk if writing.topic else 0,
        but=writing.post.pk if writing.post else 0,
        body=writing.body,
        first=rights.looked_at_first,
        once=not rights.repeats and len(writing.body) >= SHORT,
        row=rights.in_a_row or 0 if is_new and writing.topic else 0,
        day_one=first_day if is_new else 0,
        day=now - A_DAY,
        hour=now - AN_HOUR,
        here=now - HERE,
    )
    return _Hers(*found)


def hold_limits(writing: Writing, rights: Rights, html: "Rendered") -> None:
    """Raise BadText for more links, pictures or names than the author's level has."""
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


def _refuse_more(count: int, most: int | None, before: int, words: str) -> None:
    if most is not None and count > max(most, before):
        raise BadText(words % {"most": most})


def _hold_first_day(writing: Writing, rights: Rights, hers: _Hers) -> None:
    """Raise TooFast for more texts than a newcomer may write on the day of her first."""
    topics, replies = rights.first_day_topics, rights.first_day_replies
    if topics is None or replies is None or writing.post is not None:
        return
    if hers.first_at is None or hers.first_at < timezone.now() - FIRST_DAY:
        return
    wait = int((hers.first_at + FIRST_DAY - timezone.now()).total_seconds()) + 1
    if writing.topic is None and hers.begun >= topics:
        raise FirstDayTopics(wait=wait, count=topics)
    if writing.topic is not None and hers.answered >= replies:
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
    hers = _hers(writing, rights, now)
    _hold_first_day(writing, rights, hers)
    if rights.looked_at_first:
        _from_where(writing, hers)
        _first_ones(writing, rights, html, hers)
    if rights.least_seconds and writing.post is None and writing.submission is not None:
        age = age_of(writing.submission)
        if age is None or age < rights.least_seconds:
            writing.why.append(HeldFor.QUICK)
    if hers.said_already:
        writing.why.append(HeldFor.AGAIN)
    if hers.in_a_row:
        writing.why.append(HeldFor.ROW)
    if rights.links is not None and _is_spread(writing, hosts_of(html.outside), now):
        writing.why.append(HeldFor.HOST)


def _from_where(writing: Writing, hers: _Hers) -> None:
    """A newcomer's texts wait by her mail's domain, or the net she signed up from."""
    mail = lists().mail(writing.author.email)
    if mail is not None and mail.follows == Follows.HOLD:
        writing.why.append(HeldFor.MAIL)
    if hers.from_held_net:
        writing.why.append(HeldFor.ADDRESS)


def _first_ones(writing: Writing, rights: Rights, html: "Rendered", hers: _Hers) -> None:
    """A newcomer's first texts wait where a moderator was here lately; else their links are plain text."""
    if hers.passed >= rights.looked_at_first:
        return
    before = _before(writing)
    if not hers.moderator_was_here:
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
