"""What the reader of some notifications may see of what they speak of, loaded for all of them together."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from forums.notifications.models import Notification
from forums.notifications.registry import loaders


class Seen:
    """What `member` (None: a visitor) may see of the things of some notifications."""

    def __init__(self, member: Any, notes: Collection[Notification]) -> None:
        self.member = member
        self._found: dict[str, Mapping[int, Any]] = {}
        for name, load in loaders().items():
            ids = {pk for note in notes if isinstance(pk := note.data.get(name), int)}
            ids |= {pk for note in notes for pk in _gathered(note, name)}
            self._found[name] = load(member, sorted(ids)) if ids else {}

    def one(self, note: Notification, name: str) -> Any:
        """What stands in the notification's data under `name`, or None."""
        pk = note.data.get(name)
        return None if pk is None else self._found[name].get(pk)

    def gathered(self, note: Notification) -> list[Any]:
        """Of the posts that were gathered those that can be read, oldest first."""
        found = self._found["post"]
        return [found[pk] for pk in note.things if pk in found]

    def names(self, people: Sequence[int]) -> str:
        """“มาลี”, “สมชาย และมาลี”, “สมชาย และอีก 3 คน”: the last of `people` first, each once."""
        known = self._found["person"]
        newest_first = dict.fromkeys(reversed(people))
        return joined([str(known[pk]) for pk in newest_first if pk in known])


def joined(names: Sequence[str]) -> str:
    """Names as one says them; of many, the first and how many more."""
    if not names:
        return _("Somebody")
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return _("%(first)s and %(second)s") % {"first": names[0], "second": names[1]}
    return _("%(first)s and %(count)d others") % {"first": names[0], "count": len(names) - 1}


def _gathered(note: Notification, name: str) -> Sequence[int]:
    return {"post": note.things, "person": note.people}.get(name, ())
