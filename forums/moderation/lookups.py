"""What the admin's search box finds: by number, by words of a title or a text, by the name of a member.

Each function reads an index, and returns at most `MANY` ids: a box must not read a whole table.
"""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Lower

from accounts.models import Member
from forums.base.tsquery import Matches, TsQuery
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Network
from forums.search.index.models import HEADS, SearchEntry
from forums.text.handles import handle_key
from forums.text.thai import clean_line, letters_of, norm, tsquery_all, words
from forums.text.words import quoted

MANY = 1000
_LOOKED_THROUGH = 20_000  # members whose names are read
_LARGEST_ID = 2**63 - 1


def number_in(term: str) -> int | None:
    """The id somebody typed: 123, #123, ๑๒๓; None when it is none."""
    digits = norm(term).removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20):
        return None
    return int(digits) if int(digits) <= _LARGEST_ID else None


def members_by_handle(term: str) -> QuerySet[Member]:
    """Members whose handle begins with what was typed (@ before it or not)."""
    key = handle_key(term.strip().removeprefix("@"))
    return Member.objects.filter(handle_key__startswith=key) if key else Member.objects.none()


def members_by_name(term: str) -> QuerySet[Member]:
    """Members whose name begins with what was typed; tone marks and punctuation do not count."""
    letters = letters_of(clean_line(term))
    return Member.objects.filter(sort_key__startswith=letters) if letters else Member.objects.none()


def members_by_part(term: str) -> QuerySet[Member]:
    """Of the newest members those whose name holds what was typed anywhere: a surname, a nickname behind."""
    letters = letters_of(clean_line(term))
    if not letters:
        return Member.objects.none()
    newest = Member.objects.order_by("-pk").values("pk")[:_LOOKED_THROUGH]
    return Member.objects.filter(pk__in=newest, sort_key__contains=letters)


def members_by_address(term: str) -> QuerySet[Member]:
    """Members whose e-mail is what was typed. For administrators: it is private."""
    email = Lower("email")
    return Member.objects.annotate(address=email).filter(address=term.strip().lower())


def topics_by_title(term: str) -> QuerySet[Topic]:
    """Topics whose titles hold every word that was typed, the last one as its beginning: อาสา finds อาสาสมัคร."""
    if not (asked := _begun(term, "A")):
        return Topic.objects.none()
    entries = SearchEntry.objects.filter(
        Matches(HEADS, TsQuery(Value(asked))), post__number=0, post__reply_number=0
    )
    return Topic.objects.filter(pk__in=entries.values("post__topic"))


def posts_by_words(term: str) -> QuerySet[Post]:
    """Posts whose text holds every word that was typed, the last one as its beginning."""
    if not (asked := _begun(term, "")):
        return Post.objects.none()
    entries = SearchEntry.objects.filter(Matches(F("words"), TsQuery(Value(asked))))
    return Post.objects.filter(pk__in=entries.values("post"))


def _begun(term: str, weight: str) -> str:
    """A tsquery for every word of `term`, the last of which may be half of one; '' where there is none."""
    found = [quoted(word) for word in words(term)[:24]]
    if not found:
        return ""
    *whole, last = found
    return " & ".join([*(f"{word}:{weight or 'ABCD'}" for word in whole), f"{last}:*{weight}"])


def networks_by_name(term: str) -> QuerySet[Network]:
    """Networks whose name or aim holds every word that was typed."""
    found = words(term)[:24]
    if not found:
        return Network.objects.none()
    return Network.objects.filter(Matches(F("search_words"), TsQuery(Value(tsquery_all(found)))))


def networks_by_coordinator(term: str) -> QuerySet[Network]:
    """Networks that a member coordinates whose handle begins with what was typed."""
    found = Membership.objects.filter(role=Role.COORDINATOR, member__in=members_by_handle(term))
    return Network.objects.filter(pk__in=found.values("network"))


def any_of(*found: QuerySet[Any]) -> QuerySet[Any]:
    """The newest `MANY` ids of each, together: for `filter(pk__in=…)`."""
    first, *rest = [rows.order_by("-pk").values("pk")[:MANY] for rows in found]
    return first.union(*rest, all=True)
