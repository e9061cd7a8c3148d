"""What naming registers elsewhere: whom a text names that is only looked at yet."""

from collections.abc import Mapping
from typing import Any

from forums.discussions.naming.finding import names_for, place_at
from forums.pictures.registry import names_in_previews
from forums.text.render import NO_NAMES, Names


@names_in_previews
def in_preview(body: str, writer: Any, where: Mapping[str, Any]) -> Names:
    """In the `topic` (its id) it will stand in, or the `board` (its slug), as far as its writer may read there."""
    board, _topic = place_at(writer, where)
    return names_for(body, writer=writer, board=board) if board else NO_NAMES
