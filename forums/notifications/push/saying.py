"""What is pushed: which kind of thing waits, and how many. No name, no title, no word of anybody's.

It is made when it is sent, of what she has not read and may read then. But it lies at a push service and on a locked screen
afterwards, where nobody can take it back; so what it says stays harmless, and the page asks again who may see.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _

from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Notification
from forums.notifications.registry import kind_of
from forums.notifications.wishes import declined_push

if TYPE_CHECKING:
    from accounts.models import Member

NEW = timedelta(days=1)  # what is older and unread was said before
MOST = 20  # lines that are counted
SIZE = 600  # bytes: all are of one length, which tells the push service nothing


@dataclass(frozen=True, slots=True)
class PushMessage:
    """`newest` is when the newest happened that it speaks of."""

    body: str
    url: str
    newest: datetime

    def payload(self) -> bytes:
        """As the service worker (static/js/worker/push.js) reads it."""
        said = {
            "title": settings.SITE_NAME,
            "body": self.body,
            "url": self.url,
            "icon": static("img/icon-192.png"),
        }
        return json.dumps(said, ensure_ascii=False).encode().ljust(SIZE)


def messages_for(members: Collection["Member"], now: datetime) -> dict[int, PushMessage]:
    """What there is to say to each (by id) of what is new and unread: nothing, for most who were told and looked."""
    waiting = {each.pk: _waiting(each, now) for each in members}
    notes = [note for found in waiting.values() for note in found]
    unwanted = declined_push(waiting)
    # What a visitor may see, every member may: so much is asked once for all.
    seen = set(lines_of(None, notes))
    found = {}
    for member in members:
        rest = [note for note in waiting[member.pk] if note.pk not in seen]
        readable = seen | set(lines_of(member, rest)) if rest else seen
        told = [
            note
            for note in waiting[member.pk]
            if note.pk in readable and (member.pk, _switch(note)) not in unwanted
        ]
        if told:
            with translation.override(member.reads):
                found[member.pk] = _message(told)
    return found


def trial(member: "Member", told_until: datetime) -> PushMessage:
    """What is said to try a device out, which speaks of nothing new."""
    with translation.override(member.reads):
        body = _("It works: this device tells you when something waits for you.")
    return PushMessage(body, "/settings/notifications/", told_until)


def _waiting(member: "Member", now: datetime) -> list[Notification]:
    new = Notification.objects.filter(member=member, read_at=None, newest_at__gt=now - NEW)
    return list(new.order_by("-newest_at", "-id")[:MOST])


def _switch(note: Notification) -> str:
    kind = kind_of(note.kind)
    return kind.switch.name if kind else ""


def _message(notes: list[Notification]) -> PushMessage:
    newest, more = notes[0], len(notes) - 1
    body, url = _label(newest), f"/notifications/{newest.pk}/"
    if more:
        count = f"{more}+" if len(notes) == MOST else str(more)
        body = _("%(first)s, and %(count)s more") % {"first": body, "count": count}
        url = "/notifications/"
    return PushMessage(body, url, newest.newest_at)


def _label(note: Notification) -> str:
    """The words of its row in the settings, which say of what kind it is and no more."""
    kind = kind_of(note.kind)
    assert kind is not None  # noqa: S101 - it has a line
    return str(kind.switch.label)
