"""Counting in how many posts each word stands: `SearchWord`, for how rare words are and for spellings.

Only what everyone may read is counted. What has changed since is corrected the next time: until then
some results may stand in another order, and a word of a post just hidden may still be offered.
"""

from django.db import connection, transaction
from django.utils import timezone

from forums.base.constant_sql import select
from forums.discussions.boards.models import Access
from forums.discussions.topics.models import LISTED
from forums.text.spelling import skeleton

BIG = 20_000  # posts; a word that stands once on a site so big is a slip more often than a word

_PUBLIC = f"""SELECT e.words FROM forums_searchentry e
    JOIN forums_post p ON p.id = e.post_id
    JOIN forums_topic t ON t.id = p.topic_id
    JOIN forums_board b ON b.id = t.board_id
    WHERE b.read_level = {Access.EVERYONE:d} AND p.hidden_at IS NULL AND p.deleted_at IS NULL
        AND {LISTED}"""  # noqa: S608 - made of constants
# Who speaks stands in an entry as well (weight D): those words rank, but a search does not find
# posts by them, and a network whose name it is may be hidden. So they are counted, never offered.
_COUNT = """SELECT word, a.ndoc, coalesce(text.ndoc, 0)
    FROM ts_stat(%s) a LEFT JOIN ts_stat(%s, 'abc') text USING (word) ORDER BY word"""
_POSTS = f"SELECT count(*) FROM ({_PUBLIC}) public"  # noqa: S608
_STORE = """INSERT INTO forums_searchword (word, documents, skeleton, counted_at)
    SELECT *, %s FROM unnest(%s::text[], %s::integer[], %s::text[])
    ON CONFLICT (word) DO UPDATE SET documents = EXCLUDED.documents, skeleton = EXCLUDED.skeleton,
        counted_at = EXCLUDED.counted_at
    WHERE (forums_searchword.documents, forums_searchword.skeleton)
        IS DISTINCT FROM (EXCLUDED.documents, EXCLUDED.skeleton) OR EXCLUDED.word = ''"""
_FORGET = "DELETE FROM forums_searchword WHERE NOT word = ANY(%s)"


@transaction.atomic
def count_words() -> int:
    """Bring `SearchWord` up to date; returns how many words there are.

    Searches go on meanwhile, on the old counts; a second count waits for the first. Rows that are
    right stay untouched, so that `counted_at` is when a word's count last changed, and for the word
    '' when everything was last counted.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE forums_searchword IN SHARE ROW EXCLUSIVE MODE")
    posts = select(_POSTS)[0][0]
    enough = 1 if posts < BIG else 2
    words, documents, skeletons = [""], [posts], [""]
    for word, found, written in select(_COUNT, _PUBLIC, _PUBLIC):
        words.append(word)
        documents.append(found)
        skeletons.append(skeleton(word) if written >= enough else "")
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [timezone.now(), words, documents, skeletons])
        cursor.execute(_FORGET, [words])
    return len(words) - 1
