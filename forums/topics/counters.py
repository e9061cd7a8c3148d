"""What boards and tags remember of their topics. Called by actions only."""

from collections.abc import Iterable

from django.db.models import F

from forums.boards.models import Access, Board
from forums.topics.models import Tag, Topic


def count_board(board_id: int, change: int) -> None:
    """Move the number of listed topics of a board (its row is locked by this update)."""
    Board.objects.filter(pk=board_id).update(topic_count=F("topic_count") + change)


def count_tags(tag_ids: Iterable[int], change: int) -> None:
    """Move the number of topics everyone may read, rows in the order of their ids."""
    for pk in sorted(tag_ids):
        Tag.objects.filter(pk=pk).update(topic_count=F("topic_count") + change)


def is_public(topic: Topic, board: Board) -> bool:
    """May everyone read it? Only such topics are counted at a tag: a count must not tell of a private board."""
    return topic.is_listed and board.read_level == Access.EVERYONE


def tag_ids(topic: Topic) -> set[int]:
    return set(Tag.objects.filter(tagged__content_object=topic).values_list("pk", flat=True))
