"""Which networks bear some letters in their names, also in the middle of one: no index of words knows that.

The letters of all names are one text that a process keeps for a minute, and looking through it costs less than asking: a
page of the directory reads no more when there are five times as many networks.
"""

from array import array
from bisect import bisect_right
from typing import NamedTuple

from django.core.cache import caches

from forums.base.constant_sql import select
from forums.groups.networks.models import NETWORK_LISTED
from forums.text.thai import letters_in

MOST = 50_000  # names kept, of those active last: 3 MB
_MINUTE = 60
_END = "\n"  # stands in no name
_LETTERS = f"""
    SELECT n.id, n.name_key FROM forums_network n WHERE {NETWORK_LISTED.sql}
    ORDER BY n.last_active_at DESC, n.id DESC LIMIT {MOST}
"""  # noqa: S608 - made of constants


class _Names(NamedTuple):
    """`text` has the letters of each name, one after the other; `ids` and where in it theirs begin.

    As arrays: what is kept is unpacked each time it is asked for, and ten thousand numbers of a list one by one.
    """

    text: str
    ids: array[int]
    starts: array[int]


def bearing(letters: str, *, most: int) -> list[int]:
    """Ids of the listed networks whose names had these letters a minute ago, the `most` that were active last."""
    names, found, place = _names(), list[int](), -1
    while letters and len(found) < most and (place := names.text.find(letters, place + 1)) >= 0:
        which = bisect_right(names.starts, place) - 1
        found.append(names.ids[which])
        place = names.starts[which + 1] - 1 if which + 1 < len(names.starts) else len(names.text)
    return found


def _names() -> _Names:
    cache = caches["process"]
    found: _Names | None = cache.get("networks_letters")
    if found is None:
        text, ids, starts, at = [], array("q"), array("q"), 0
        for pk, key in select(_LETTERS):
            letters = letters_in(key) + _END
            text.append(letters)
            ids.append(pk)
            starts.append(at)
            at += len(letters)
        found = _Names("".join(text), ids, starts)
        cache.set("networks_letters", found, _MINUTE)
    return found
