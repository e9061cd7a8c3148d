"""What a post's entry in the index is made of. Each function is called inside the action's transaction."""

from collections.abc import Collection, Iterable
from itertools import chain
from typing import TYPE_CHECKING

from forums.base.constant_sql import write_each
from forums.discussions.posts.models import Post
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import Network
from forums.search.index.models import SearchEntry
from forums.text.pairs import pairs_vector
from forums.text.render import Rendered
from forums.text.words import INDEX_VERSION, runs, words_vector

if TYPE_CHECKING:
    from accounts.models import Member


def names_of(member: "Member", network: str = "") -> str:
    """Who speaks and from where, as `SearchEntry.names` keeps it (`search.upkeep` writes the same in SQL)."""
    return f"{member.display_name} @{member.handle} {network}"


def entry_of(
    post_id: int, html: Rendered, *, names: str, title: str = "", tags: Iterable[str] = ()
) -> SearchEntry:
    """The entry of a post: title weighs most (A), then tags and headings (B), text (C), names (D).

    Title and tags are the topic's, and stand in the entry of its own text, whatever the order tags
    were given in. Names help to rank; they are not among the pairs, or a search for มาลี would find
    every line she wrote.
    """
    topic_tags = [run for tag in sorted(map(runs, tags)) for run in tag]
    heading, text = runs(title), runs(html.plain)
    headings = runs(" ".join(entry.text for entry in html.toc))
    weighed = [("A", heading), ("B", topic_tags), ("B", headings), ("C", text), ("D", runs(names))]
    return SearchEntry(
        post_id=post_id,
        text=html.plain,
        names=names,
        words=words_vector((weight, chain.from_iterable(found)) for weight, found in weighed),
        pairs=pairs_vector([heading, topic_tags, text]),
        version=INDEX_VERSION,
    )


_WRITE = """
    INSERT INTO forums_searchentry (post_id, text, names, words, pairs, version)
    VALUES (%(post)s, %(text)s, %(names)s, %(words)s::tsvector, %(pairs)s::tsvector, %(version)s)
    ON CONFLICT (post_id) DO UPDATE SET text = EXCLUDED.text, names = EXCLUDED.names,
        words = EXCLUDED.words, pairs = EXCLUDED.pairs, version = EXCLUDED.version
"""


def index_post(
    post: Post, html: Rendered, *, author: "Member", title: str = "", tags: Iterable[str] = ()
) -> None:
    """Write the entry of a post that was just written or changed; its row is locked."""
    names = names_of(author, _network_of(post, author))
    write([entry_of(post.pk, html, names=names, title=title, tags=tags)])


def _network_of(post: Post, author: "Member") -> str:
    """The name of the network it is spoken from; she who is in it has it at hand."""
    if post.network_id is None:
        return ""
    if mine := roles_of(author).get(post.network_id):
        return mine.name
    return Network.objects.values_list("name", flat=True).get(pk=post.network_id)


def forget(posts: Collection[int]) -> None:
    """Drop the entries of posts whose text is another now; `search.upkeep` makes them anew within the hour."""
    SearchEntry.objects.filter(pk__in=posts).delete()


def write(entries: Iterable[SearchEntry]) -> None:
    """Store entries, new or in place of older ones."""
    names = ("text", "names", "words", "pairs", "version")
    rows = [
        {name: getattr(entry, name) for name in names} | {"post": entry.pk} for entry in entries
    ]
    write_each(_WRITE, rows)
