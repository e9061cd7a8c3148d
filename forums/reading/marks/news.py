"""What is new for a member in a topic: one text, for the rows of lists, for /unread/ and for a topic's page. Reads only.

In the texts the topic is `t`, its board `b`, her mark `k`, all of it NULL where she has none. They ask for what
`outlook.Outlook.values` holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from forums.discussions.posts.models import POST_SHOWN, post_label, post_url
from forums.discussions.posts.stream import PostRow
from forums.discussions.topics.models import Topic
from forums.discussions.topics.registry import News
from forums.reading.following.levels import standing_sql
from forums.reading.following.models import Level

MOST = 100  # posts of a topic that are counted
_AHEAD = 200  # of the posts beyond a mark, the last so many are looked at

MARKED = "LEFT JOIN forums_readmark k ON k.member_id = %(me)s AND k.topic_id = t.id"
# Has anything been written since? Of most topics of a list nothing has, and no more is asked.
STIRRED = """t.last_post_at > %(floor)s
    AND (k.topic_id IS NULL OR t.last_post_at > k.seen_at OR t.last_number > k.number)"""
# OFFSET 0: asked once a topic, not wherever it is used.
LEVEL = f"LATERAL (SELECT {standing_sql(of_many=True)} %% 10 AS level OFFSET 0) s"
IS_NEW = "(k.topic_id IS NULL AND t.created_at > %(since)s AND t.author_id <> %(me)s)"
TOLD = f"(s.level >= {Level.TRACKING:d} OR {IS_NEW} AND s.level > {Level.MUTED:d})"


def unread_sql(
    limit: int, floor: str = "%(floor)s", quiet: str = "ALL(%(quiet)s::bigint[])"
) -> str:
    """Posts after her mark, not her own, at least `limit` of them if there are so many.

    What came after all she knows, by its time; and what is beyond her mark by its number, where a late answer on an
    early page was newer than that. Neither reads more than it may count.
    """
    columns = "p.number, p.reply_number, p.id"
    shown = f"{POST_SHOWN.sql} AND p.number > 0 AND p.author_id <> {quiet}"
    return f"""
        (SELECT {columns} FROM forums_post p
         WHERE p.topic_id = t.id AND {shown} AND p.created_at > GREATEST(k.seen_at, {floor})
         ORDER BY p.created_at, p.id LIMIT {limit})
        UNION ALL
        (SELECT {columns} FROM (
            SELECT * FROM forums_post ahead
            WHERE ahead.topic_id = t.id AND ahead.number > k.number
                AND t.last_number > k.number AND k.seen_at > {floor}
            ORDER BY ahead.number DESC, ahead.reply_number DESC LIMIT {_AHEAD}) p
         WHERE {shown} AND p.created_at > {floor} AND p.created_at <= k.seen_at LIMIT {limit})
    """  # noqa: S608 - made of constants


_COUNTED = f"""
    SELECT count(*) AS n, min(ARRAY[u.number, u.reply_number, u.id]) AS first
    FROM ({{unread}} LIMIT {MOST}) u
"""  # noqa: S608 - made of constants
OF_ROWS = f"""
    SELECT 'news', t.id, CASE WHEN NOT {IS_NEW} THEN c.n END::text,
        c.first[1]::text, c.first[2]::text, c.first[3]::text, NULL::uuid
    FROM forums_topic t JOIN forums_board b ON b.id = t.board_id {MARKED},
        {LEVEL},
        LATERAL ({_COUNTED.format(unread=unread_sql(MOST))}) c
    WHERE t.id = ANY(%(topics)s) AND {STIRRED} AND {TOLD} AND ({IS_NEW} OR c.n > 0)
"""  # noqa: S608 - made of constants
# With the topic of a page: her mark, how many posts are after it, which of them is the first.
OF_TOPIC = f"""
    (SELECT ARRAY[k.number, (extract(epoch FROM k.seen_at) * 1000000)::bigint, c.n, c.first[3]]
     FROM forums_readmark k,
        LATERAL ({_COUNTED.format(unread=unread_sql(MOST, "'-infinity'", "%(me)s"))}) c
     WHERE k.member_id = %(me)s AND k.topic_id = t.id)
"""  # noqa: S608 - made of constants


def worded(count: str | None, number: str, reply_number: str, post: str) -> News:
    """What a row says: of a topic she never opened only that."""
    if count is None:
        return News(_("New topic"), _("not opened yet"), "")
    label = post_label(int(number), int(reply_number))
    return News(
        counted(int(count)), _("Read on from comment %(no)s") % {"no": label}, post_url(int(post))
    )


def counted(count: int) -> str:
    """“3 new”, as rows and pages say it."""
    return _("%(n)s new") % {"n": f"{MOST - 1}+" if count >= MOST else count}


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the reader of a page has come in its topic, and how much is after that."""

    number: int
    seen_at: datetime
    count: int
    first: int  # the id of the first unread post, 0 where there is none

    def is_after(self, row: PostRow) -> bool:
        """Whether she has not been served this post."""
        return row.number > self.number or row.created_at > self.seen_at


def mark_of(topic: Topic) -> Mark | None:
    """Where the reader of `topic`, which `loading.topic_at` found, has come; None who never opened it, or a visitor."""
    found = topic.known.get("mark")
    if not found:
        return None
    number, seen, count, first = found
    return Mark(number, _EPOCH + timedelta(microseconds=seen), count, first or 0)


def tell_new(rows: Iterable[PostRow], mark: Mark | None, member_id: int | None) -> None:
    """Say of each post of a page whether it is new for its reader, and before which comment all the new ones begin.

    None is where she comes for the first time; no line is drawn where everything is.
    """
    if mark is None:
        return
    begins = mark.number == 0
    for row in rows:
        row.is_new = row.number > 0 and row.author_id != member_id and mark.is_after(row)
        if not begins and row.number > mark.number:
            row.begins_new = begins = True


def way_to_new(rows: Iterable[PostRow], mark: Mark | None) -> News | None:
    """How many posts of its topic the reader of a page has not read, and the way to the first; None: she knows all."""
    if mark is None or not mark.count:
        return None
    is_here = any(row.pk == mark.first for row in rows)
    return News(counted(mark.count), "", f"#p{mark.first}" if is_here else post_url(mark.first))
