"""What boards and tags remember of their topics. Called by actions only."""

from collections.abc import Mapping, Sequence

from django.db.models import Count, F

from forums.discussions.boards.models import Access, Board
from forums.discussions.topics.models import TOPIC_FOR_LIST, Topic
from forums.tags.counters import count_tags
from forums.tags.models import Tag


def count_board(board_id: int, change: int) -> None:
    """Move the number of listed topics of a board (its row is locked by this update)."""
    Board.objects.filter(pk=board_id).update(topic_count=F("topic_count") + change)


def is_public(topic: Topic, board: Board) -> bool:
    """May everyone read it? Only such topics are counted at a tag: a count must not tell of a private board."""
    return topic.is_listed and board.read_level == Access.EVERYONE


def tag_ids(topic: Topic) -> set[int]:
    return set(Tag.objects.filter(tagged__content_object=topic).values_list("pk", flat=True))


def repair_boards(boards: Sequence[Board]) -> list[tuple[Board, int]]:
    """Correct the counts of those of `boards` (locked) that are wrong; returns them with the old count."""
    counts = dict(
        Topic.objects.listed()
        .filter(board__in=boards)
        .order_by()
        .values("board_id")
        .annotate(topics=Count("pk"))
        .values_list("board_id", "topics")
    )
    return _repair(boards, counts)


def repair_tags(tags: Sequence[Tag]) -> list[tuple[Tag, int]]:
    """Correct the counts of those of `tags` (locked) that are wrong; returns them with the old count."""
    public = TOPIC_FOR_LIST.q(path="tagged__content_object__")
    counts = dict(
        Tag.objects.filter(pk__in=[tag.pk for tag in tags])
        .order_by()
        .annotate(topics=Count("tagged", filter=public))
        .values_list("pk", "topics")
    )
    return _repair(tags, counts)


def _repair[Row: (Board, Tag)](
    rows: Sequence[Row], counts: Mapping[int, int]
) -> list[tuple[Row, int]]:
    wrong = []
    for row in rows:
        before, row.topic_count = row.topic_count, counts.get(row.pk, 0)
        if before != row.topic_count:
            type(row).objects.filter(pk=row.pk).update(topic_count=row.topic_count)
            wrong.append((row, before))
    return wrong


def unlist(topic: Topic) -> None:
    """Boards and tags forget a listed topic (its board and it are locked) that is about to leave the lists."""
    count_board(topic.board_id, -1)
    if is_public(topic, topic.board):
        count_tags(topic.tags.values_list("pk", flat=True), -1)
