"""Whom or what a half-typed name may mean, for forms that take one: what the form would take, nothing else.

A form says by `places` where it stands (?topic=12, ?network=…): who may not send it is told nothing, as what
is left out tells who was asked already. A row's `value` is what the form reads, and only one bears it: names of
networks and of organisations are unique, topics have addresses, members handles.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from accounts.models import Member, member_url
from forums.activities.models import Open
from forums.base.errors import NotAllowed
from forums.discussions.boards.permissions import can_start
from forums.discussions.naming.finding import nameable, place_at
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import can_reply
from forums.discussions.voices import lists as voices
from forums.discussions.voices.permissions import can_invite
from forums.groups.links.lists import to_link
from forums.groups.memberships.models import Membership, may_see, roles_of
from forums.groups.memberships.permissions import can_coordinate
from forums.groups.networks.models import Network, network_url
from forums.groups.organisations import lists as organisations
from forums.groups.organisations.models import Organisation, organisation_url
from forums.groups.organisations.permissions import can_look_after
from forums.reading.following.models import Block
from forums.search.suggestions.lists import LEAST, suggestions
from forums.text.handles import handle_key
from forums.text.thai import clean_line, letters_of

MOST = 8
NAMED = 5  # people offered behind an @: the keyboard of a telephone leaves no room for more
LATELY = 200  # posts of a topic whose authors come first


class Suggestion(NamedTuple):
    """What is offered: its words, what tells it from its like, what a form reads, its page; and how it looks."""

    text: str
    note: str
    value: str
    url: str
    look: str = ""


def networks(typed: str, member: Any, places: QueryDict) -> list[Suggestion]:
    """Living networks: those `member` may invite into ?topic=, link with ?network=, ask for ?organisation=; or all."""
    rows: QuerySet[Network] = Network.objects.listed()
    if pk := places.get("topic"):
        topics = Topic.objects.visible_to(member).select_related("board")
        topic = get_object_or_404(topics, pk=_number(pk))
        _must(can_invite(member, topic))
        rows = voices.to_invite(topic)
    elif slug := places.get("network"):
        rows = to_link(_coordinated(slug, member))
    elif slug := places.get("organisation"):
        rows = organisations.to_ask(_looked_after(slug, member))
    found = organisations.best_named(rows.exclude(slug=places.get("but", "")), typed)
    return [
        Suggestion(name, aim, name, network_url(slug))
        for name, aim, slug in found.values_list("name", "aim", "slug")[:MOST]
    ]


def of_organisations(typed: str, member: Any, places: QueryDict) -> list[Suggestion]:
    """Organisations: those `member` may invite into ?network=, or all."""
    rows: QuerySet[Organisation] = Organisation.objects.listed()
    if slug := places.get("network"):
        rows = organisations.to_invite(_coordinated(slug, member))
    found = organisations.best_named(rows.exclude(slug=places.get("but", "")), typed)
    return [
        Suggestion(
            each.name,
            " · ".join(filter(None, [each.get_sector_display(), each.get_province_display()])),
            each.name,
            organisation_url(each.slug),
        )
        for each in found.only("name", "sector", "province", "slug")[:MOST]
    ]


def topics(typed: str, member: Any, places: QueryDict) -> list[Suggestion]:
    """Topics by their titles: that `member` may read, or where ?open_to= is everyone, that everyone may."""
    reader = AnonymousUser() if places.get("open_to") == Open.EVERYONE else member
    found = suggestions(typed, member=reader).titles
    return [Suggestion(row.title, row.board, row.url, row.url) for row in found]


def members(typed: str, member: Any, places: QueryDict) -> list[Suggestion]:
    """Who is in ?network=, to whom it shows its members; anyone, to moderators. By the beginning of a name."""
    rows = Member.objects.shown().filter(is_active=True)
    if slug := places.get("network"):
        network = get_object_or_404(Network.objects.visible_to(member), slug=slug)
        _must(may_see(member, network.pk, network.members_shown_to))
        rows = rows.filter(pk__in=Membership.objects.filter(network=network).values("member"))
    else:
        _must(member.is_staff)
    begins = Q(sort_key__startswith=letters) if (letters := letters_of(typed)) else Q(pk=None)
    if handle := handle_key(typed.removeprefix("@")):
        begins |= Q(handle_key__startswith=handle)
    found = rows.filter(begins).order_by("sort_key", "id").values_list("display_name", "handle")
    return [
        Suggestion(name, f"@{handle}", handle, member_url(handle)) for name, handle in found[:MOST]
    ]


def people(typed: str, member: Any, places: QueryDict) -> list[Suggestion]:
    """Whom a text in ?topic=, or in a new topic of ?board=, may name: first those who took part lately, also where
    nothing is typed behind the @; then whose name, or handle, begins so; then the networks she speaks for.
    """
    board, topic = place_at(member, places)
    if board is None:
        raise Http404
    _must(can_reply(member, topic) if topic else can_start(member, board))
    rows = nameable(member, board).exclude(pk=member.pk)
    rows = rows.exclude(pk__in=Block.objects.filter(person=member).values("member"))
    by_name, by_handle = letters_of(typed), handle_key(typed)
    begins = [Q(sort_key__startswith=by_name), Q(handle_key__startswith=by_handle)]
    lately = Post.objects.shown().filter(topic=topic) if topic else Post.objects.none()
    newest = lately.order_by("-created_at", "-pk").values_list("author_id", flat=True)
    took_part = list(dict.fromkeys(newest[:LATELY]))
    there = rows.filter(begins[0] | begins[1], pk__in=took_part)
    found = sorted(there, key=lambda each: took_part.index(each.pk))[:NAMED]
    for begin, asked in zip(begins, (by_name, by_handle), strict=True):
        if asked and len(found) < NAMED:
            more = rows.filter(begin).exclude(pk__in=[each.pk for each in found])
            found += more.order_by("sort_key", "id")[: NAMED - len(found)]
    offered = [
        Suggestion(str(each), f"@{each.handle}", each.handle, member_url(each.handle))
        for each in found
    ]
    for each in roles_of(member).values():
        if each.speaks and by_handle and each.slug.startswith(by_handle):
            offered.append(Suggestion(each.name, f"@{each.slug}", each.slug, each.url))
    return offered[:MOST]


KINDS: dict[str, Callable[[str, Any, QueryDict], list[Suggestion]]] = {
    "networks": networks,
    "organisations": of_organisations,
    "topics": topics,
    "members": members,
    "people": people,
}


def named(kind: str, asked: QueryDict, *, member: Any) -> list[Suggestion]:
    """Up to `MOST` of a kind that ?q= may become. Raises Http404, or NotAllowed for who may not send the form."""
    if kind not in KINDS:
        raise Http404
    typed = clean_line(asked.get("q", "")[: organisations.LENGTH])
    if kind != "people" and (len(typed) < LEAST or not any(map(str.isalnum, typed))):
        return []
    return KINDS[kind](typed, member, asked)


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        raise Http404
    return int(typed)


def _coordinated(slug: str, member: Any) -> Network:
    network = get_object_or_404(Network.objects.visible_to(member), slug=slug)
    _must(can_coordinate(member, network))
    return network


def _looked_after(slug: str, member: Any) -> Organisation:
    found = get_object_or_404(Organisation.objects.visible_to(member), slug=slug)
    _must(can_look_after(member, found))
    return found


def _must(may: bool) -> None:
    if not may:
        raise NotAllowed
