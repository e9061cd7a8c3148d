"""The words a network is found by: whoever writes what they are made of stores them anew, in one way."""

from collections.abc import Collection, Iterable

from django.db import connection
from django.db.models import Model

from forums.groups.networks.models import Network, TaggedNetwork
from forums.text.thai import tsvector

# In SQL: only what differs is written, and said, of many at once.
_STORE = """
    UPDATE {table} row SET search_words = found.words
    FROM (SELECT unnest(%(ids)s::bigint[]) AS id, unnest(%(words)s::text[])::tsvector AS words) found
    WHERE row.id = found.id AND row.search_words IS DISTINCT FROM found.words RETURNING row.id
"""


def search_words(name: str, aim: str, tags: Iterable[str], story: str) -> str:
    """Text for `Network.search_words`: the name weighs most (A), then aim and tags (B), then the story (D)."""
    return tsvector([("A", name), ("B", aim), ("B", " ".join(tags)), ("D", story)])


def store_search_words(network_ids: Collection[int]) -> set[int]:
    """Store the words of these networks as they are now; returns the ids of those it changed.

    Called by every write to a name, an aim, a story or tags, after it, with the networks' rows locked.
    """
    ids = list(network_ids)
    tags: dict[int, list[str]] = {}
    tagged = TaggedNetwork.objects.filter(network__in=ids).order_by("pk")
    for pk, name in tagged.values_list("network_id", "tag__name"):
        tags.setdefault(pk, []).append(name)
    said = Network.objects.filter(pk__in=ids)
    made = {
        pk: search_words(name, aim, tags.get(pk, ()), story)
        for pk, name, aim, story in said.values_list("pk", "name", "aim", "story")
    }
    return stored(Network, made)


def stored(model: type[Model], made: dict[int, str]) -> set[int]:
    """Write `made` (tsvectors as text, by id) into `search_words` of `model`'s rows; the ids that changed."""
    with connection.cursor() as cursor:
        store = _STORE.format(table=connection.ops.quote_name(model._meta.db_table))
        cursor.execute(store, {"ids": list(made), "words": list(made.values())})
        return {pk for (pk,) in cursor.fetchall()}
