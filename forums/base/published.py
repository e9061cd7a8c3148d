"""The door every text passes that a member writes for others, but for posts, which have one of their own and can wait.

An action asks with what it is about to store, stores what came of it, and says then of what it was:

    looked = published(member, name, about)
    name, about = looked.texts
    …
    looked.of("organisation", organisation)

A wing to the right registers who looks. tests/base/test_published.py holds that no table with words of members is forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from accounts.models import Member


@dataclass(slots=True)
class Published:
    """Texts on their way to be stored. What looks at them may put others in their place, and say what in them moderators
    want to know of (`reported`): never of what is `private`, which nobody but its readers reads."""

    writer: "Member"
    texts: list[str]
    is_private: bool = False
    topic: Any = None  # beside which they are to stand
    reported: list[str] = field(default_factory=list)

    def of(self, kind: str, thing: Any) -> None:
        """They were stored, as words of this thing (a kind of subjects of moderation)."""
        for then in _NOTICED if self.reported else ():
            then(kind, thing)


_LOOKS: list[Callable[[Published], None]] = []
_NOTICED: list[Callable[[str, Any], None]] = []


def on_published(look: Callable[[Published], None]) -> Callable[[Published], None]:
    """Call `look` with all that is written for others; it may raise BadText."""
    _LOOKS.append(look)
    return look


def on_noticed(then: Callable[[str, Any], None]) -> Callable[[str, Any], None]:
    """Call `then` with the kind of a thing, and the thing, in whose words something was found that moderators want to know of."""
    _NOTICED.append(then)
    return then


def published(writer: "Member", *texts: str, private: bool = False, topic: Any = None) -> Published:
    """Look at these texts of hers. Called by actions, which store what comes of it; raises BadText."""
    looked = Published(writer, list(texts), private, topic)
    for look in _LOOKS:
        look(looked)
    return looked
