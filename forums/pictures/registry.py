"""Where pictures stand: each wing that shows them says to whom, in its `kinds.py`."""

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

Shown = Callable[[Any], Q]
_PLACES: list[Shown] = []


def pictures_stand_in(shown: Shown) -> Shown:
    """Register the condition (of an Attachment) that `member` sees a picture in one kind of place."""
    _PLACES.append(shown)
    return shown


def shown_to(member: Any) -> Q:
    """The condition that a picture stands somewhere `member` may look; None or anonymous: a visitor."""
    return reduce(or_, (shown(member) for shown in _PLACES))
