"""What tags count of a board's topics. Called by actions, the board locked."""

from django.db.models import Count

from forums.discussions.boards.models import Access, Board
from forums.tags.models import Tag


def tag_changes(board: Board, read_level: int) -> dict[int, int]:
    """By how much tags move when this board (as it was) gets `read_level`: {tag id: change}."""
    change = (read_level == Access.EVERYONE) - (board.read_level == Access.EVERYONE)
    if not change:
        return {}
    tags = Tag.objects.filter(tagged__content_object__in=board.topics.listed())
    counts = tags.order_by().values_list("pk").annotate(topics=Count("tagged"))
    return {pk: change * topics for pk, topics in counts}
