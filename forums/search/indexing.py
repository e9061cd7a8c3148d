"""What a post's entry in the index is made of. Each function is called inside the action's transaction."""

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from forums.networks.models import Network
from forums.posts.models import Post
from forums.search.models import SearchEntry
from forums.text.pairs import pairs_vector
from forums.text.render import Rendered
from forums.text.words import INDEX_VERSION, runs, words_vector

if TYPE_CHECKING:
    from accounts.models import Member


def names_of(member: "Member", network: str = "") -> str:
    """Who speaks and from where, as `SearchEntry.names` keeps it (`reindexing` writes the same in SQL)."""
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


def index_post(
    post: Post, html: Rendered, *, author: "Member", title: str = "", tags: Iterable[str] = ()
) -> None:
    """Write the entry of a post that was just written or changed; its row is locked."""
    network = ""
    if post.network_id is not None:
        network = Network.objects.values_list("name", flat=True).get(pk=post.network_id)
    entry = entry_of(post.pk, html, names=names_of(author, network), title=title, tags=tags)
    write([entry])


def write(entries: list[SearchEntry]) -> None:
    """Store entries, new or in place of older ones."""
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["post"],
        update_fields=["text", "names", "words", "pairs", "version"],
    )
