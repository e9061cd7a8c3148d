"""Looking into the index, as tests do."""

from forums.base.constant_sql import select
from forums.search.index.models import SearchEntry
from forums.search.upkeep.actions import reindex_posts
from forums.text.words import quoted

_FOUND = "SELECT post_id FROM forums_searchentry WHERE words @@ %(query)s::tsquery ORDER BY post_id"


def posts_with(word: str, weights: str = "abcd") -> list[int]:
    """Ids of the posts whose entry has this word with one of these weights."""
    return [pk for (pk,) in select(_FOUND, query=f"{quoted(word)}:{weights}")]


def entries() -> dict[int, tuple[object, ...]]:
    """All that stands in the index, by post."""
    columns = ("text", "names", "words", "pairs", "version")
    return {pk: row for pk, *row in SearchEntry.objects.values_list("post_id", *columns)}


def remade() -> dict[int, tuple[object, ...]]:
    """The index as it is once every post was indexed anew: where it was true, nothing changes."""
    after: int | None = 0
    while after is not None:
        after, _done, failed = reindex_posts(after=after, size=100, everything=True)
        assert failed == []
    return entries()
