"""What a filter's value names: by every name a thing has, among what the reader may see. One query each."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Member
from forums.discussions.boards.models import Board
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import Network
from forums.tags.models import Tag
from forums.text.handles import handle_key
from forums.text.naming import tag_key
from forums.text.slugs import slugify
from forums.text.thai import name_key

type Ids = dict[str, set[int]]  # by a filter's value, what it names


def find_authors(typed: set[str], member: Any) -> Ids:
    """Members by handle; by the name shown where no handle is like it. Their pages are open to all."""
    keys = {value: (handle_key(value), _named(value)) for value in typed}
    wanted = Q(handle_key__in=[key for key, _name in keys.values()])
    for _key, name in keys.values():
        wanted |= Q(sort_key__startswith=name)
    rows = list(Member.objects.shown().filter(wanted).values_list("pk", "handle_key", "sort_key"))
    return {
        value: {pk for pk, handle, _by in rows if handle == key}
        or {pk for pk, _handle, by in rows if by.startswith(name)}
        for value, (key, name) in keys.items()
    }


def find_boards(typed: set[str], member: Any) -> Ids:
    """Boards by address or name. Networks may have boards of one name: then all of them."""
    slugs, names = _by(typed, _slugs), _by(typed, _named)
    wanted = Q(slug__in=_all(slugs))
    for name in names.values():
        wanted |= Q(sort_key__startswith=name)
    seen = Board.objects.visible_to(member).order_by().filter(wanted)
    rows = list(seen.values_list("pk", "slug", "sort_key"))
    return {
        value: {pk for pk, slug, by in rows if slug in slugs[value] or by.startswith(names[value])}
        for value in typed
    }


def find_networks(typed: set[str], member: Any) -> Ids:
    """Networks by address, also one they had before, or by name. One that was merged is the other."""
    slugs, names = _by(typed, _slugs), _by(typed, name_key)
    seen = Network.objects.visible_to(member)
    rows = list(
        seen.filter(
            Q(slug__in=_all(slugs))
            | Q(name_key__in=list(names.values()))
            | Q(old_addresses__slug__in=_all(slugs))
        )
        .filter(Q(merged_into=None) | Q(merged_into__in=seen))
        .values_list("pk", "merged_into", "slug", "old_addresses__slug", "name_key")
    )
    return {
        value: {
            into or pk
            for pk, into, slug, old, name in rows
            if slug in slugs[value] or old in slugs[value] or name == names[value]
        }
        for value in typed
    }


def find_tags(typed: set[str], member: Any) -> Ids:
    """Tags of topics the reader may read: what is spoken of in a closed board is not told by its tags."""
    keys = _by(typed, tag_key)
    hers = Exists(Topic.objects.for_list(member).filter(tags=OuterRef("pk")))
    rows = dict(
        Tag.objects.filter(Q(topic_count__gt=0) | hers, key__in=list(keys.values()))
        .order_by()
        .values_list("key", "pk")
    )
    return {value: {rows[key]} for value, key in keys.items() if key in rows}


def _by[Key](typed: set[str], key: Callable[[str], Key]) -> dict[str, Key]:
    return {value: key(value) for value in typed}


def _named(value: str) -> str:
    """What the `sort_key` of whatever has this name begins with: its parts are name_key's, then the name itself."""
    return f"{name_key(value)}\x01"


def _slugs(value: str) -> set[str]:
    """The address, as typed or made from a name; '-' is that of any name without letters we know."""
    return {value, slugify(value)} - {"-"}


def _all(sets: Mapping[str, set[str]]) -> list[str]:
    return [each for some in sets.values() for each in some]
