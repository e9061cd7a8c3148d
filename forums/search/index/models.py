"""The index: what each post is found by, and how rare each word is."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func
from django.utils.translation import gettext_lazy as _

# kB of new entries a GIN index keeps unsorted until somebody who writes must sort them in, which takes half a second:
# some 2,700 posts. `search.upkeep.actions.sort_in_if_due` comes first. Every search reads what is unsorted (0.1 ms a megabyte).
PENDING = 32_768

# What stands at the head of a topic: its title (A), tags and headings (B). Replies have no title and
# no tags, so an index of heads finds topics without looking at all that was said in them.
HEADS = Func(
    F("words"), template="ts_filter(%(expressions)s, '{a,b}')", output_field=SearchVectorField()
)
HEADS_SQL = "ts_filter(e.words, '{a,b}')"  # the same of an entry `e`, for constant statements


class SearchEntry(models.Model):
    """What one post is found by. Who may read it is not copied here: a search asks the post itself."""

    post = models.OneToOneField(
        "forums.Post",
        verbose_name=_("post"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="entry",
    )
    text = models.TextField()  # without markup and spoilers: passages are cut from it
    names = models.TextField()  # who speaks, and from where; compared to find entries out of date
    words = SearchVectorField()  # `text.words`: ranks, and answers whole questions
    pairs = SearchVectorField()  # `text.pairs`: finds
    version = models.PositiveSmallIntegerField()  # `text.words.INDEX_VERSION` it was made by

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [
            GinIndex(fields=["words"], name="search_words", gin_pending_list_limit=PENDING),
            GinIndex(fields=["pairs"], name="search_pairs", gin_pending_list_limit=PENDING),
            # Similar and related topics, and the admin's search box.
            GinIndex(HEADS, name="search_heads", gin_pending_list_limit=PENDING),
            # `manage.py reindex` looks for what an older form of the index has left.
            models.Index(fields=["version", "post"], name="search_version"),
        ]


class SearchWord(models.Model):
    """A word of what everyone may read, and how many posts have it; the word '' counts the posts.

    Counted now and then (`upkeep.counting`), never while somebody writes: every writer would wait
    at the row of ที่. Only what everyone may read is counted: a spelling that is offered must not
    tell of a closed board.
    """

    word = models.TextField(primary_key=True, db_collation="C")
    documents = models.PositiveIntegerField()
    # `text.spelling.skeleton`: what the word sounds like; '' for what is never offered.
    skeleton = models.TextField(db_collation="C")
    counted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        indexes = [
            # Spellings near what was typed, the most written first.
            models.Index(
                fields=["skeleton", "-documents"],
                name="search_skeleton",
                condition=~models.Q(skeleton=""),
            ),
        ]
