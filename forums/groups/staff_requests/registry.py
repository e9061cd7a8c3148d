"""What follows when the site's moderators are asked for something: nouns to the right register it in their `kinds.py`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forums.groups.staff_requests.models import StaffRequest

type Asked = Callable[["StaffRequest"], None]
_ASKED: list[Asked] = []


def on_asked(then: Asked) -> Asked:
    """Call `then` with each new request, its network being locked; a decorator."""
    _ASKED.append(then)
    return then


def asked(staff_request: "StaffRequest") -> None:
    """This was asked. Called by actions."""
    for then in _ASKED:
        then(staff_request)
