"""Whom a text names, as its writer and in its board: looked up before it is rendered. Reads only."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.known import blocked_by
from accounts.models import Member, member_url
from forums.discussions.boards.models import Access, Board, readers_of
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership, MyNetwork, may_see, roles_of
from forums.text.handles import handle_key
from forums.text.render import NO_NAMES, Name, Names, names_in

MOST_IN_GROUP = 100  # members of a network who are told; of a larger one nobody is
MOST_ASKED = 30  # members of whom it is asked whether they blocked the writer


def nameable(writer: Any, board: Board) -> QuerySet[Member]:
    """Members whom `writer` may name in `board`: who may read there.

    A board of a network tells who is in it. Where its writer may not know that, she names those who wrote there what
    she can read: a hidden comment tells nobody whose it was.
    """
    found = Member.objects.shown().filter(readers_of(board), is_active=True)
    network = board.network if board.read_level > Access.MEMBERS else None
    if network is None or may_see(writer, network.pk, network.members_shown_to):
        return found
    said = Topic.objects.for_list(writer).filter(
        board=board,
        posts__author=OuterRef("pk"),
        posts__hidden_at=None,
        posts__deleted_at=None,
    )
    return found.filter(Exists(said))


def place_at(reader: Any, where: Mapping[str, Any]) -> tuple[Board | None, Topic | None]:
    """Where a text will stand, as far as `reader` may read there: the `topic` (its id) with its board, or the `board`
    (its slug) of one that is not there yet.
    """
    pk, slug = str(where.get("topic", "")), str(where.get("board", ""))
    if pk.isascii() and pk.isdigit() and len(pk) < 19:
        topics = Topic.objects.visible_to(reader).select_related("board__network")
        topic = topics.filter(pk=pk).first()
        return (topic.board, topic) if topic else (None, None)
    boards = Board.objects.visible_to(reader).select_related("network")
    return (boards.filter(slug=slug).first() if slug else None), None


def names_for(body: str, *, writer: Any, board: Board) -> Names:
    """What stands behind an @ in `body` and means somebody, for `render`: three queries and one for each who is
    meant, none without an @.
    """
    found = names_in(body)
    if not found:
        return NO_NAMES
    keys = {reading: handle_key(reading) for readings in found for reading in readings}
    there = Member.objects.shown().filter(handle_key__in=set(keys.values()))
    members = {each.handle_key: each for each in there.only("handle", "handle_key")}
    may = nameable(writer, board).filter(pk__in=[each.pk for each in members.values()])
    named = set(may.values_list("pk", flat=True)) if members else set()
    networks = {each.slug: each for each in roles_of(writer).values() if each.speaks}
    names: dict[str, Name | None] = {}
    for reading in _meant(found, keys, {*members, *networks}):
        key = keys[reading]
        if member := members.get(key):
            is_asked = member.pk in named and len(names) < MOST_ASKED
            is_heard = is_asked and writer.pk not in blocked_by(member)
            names[reading] = Name(member_url(member.handle), (member.pk,)) if is_heard else None
        else:
            names[reading] = _group(networks[key], writer)
    return names


def _meant(found: Iterable[tuple[str, ...]], keys: dict[str, str], there: set[str]) -> list[str]:
    """Of each @ the longest reading that somebody bears, in the order of the text."""
    longest = (next((each for each in readings if keys[each] in there), "") for readings in found)
    return list(dict.fromkeys(filter(None, longest)))


def _group(network: MyNetwork, writer: Any) -> Name:
    inside = Membership.objects.filter(network=network.network_id).exclude(member=writer.pk)
    members = tuple(inside.values_list("member_id", flat=True)[: MOST_IN_GROUP + 1])
    if len(members) > MOST_IN_GROUP:
        return Name(network.url, (), network.name, is_crowd=True)
    return Name(network.url, members, network.name)
