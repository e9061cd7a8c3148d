"""Lines of a network's history as sentences. Plain text: a template adds the links."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forums.front.networks.timeline import ARTICLE, JOINED_IN_MONTH, EventRow, HistoryRow
from forums.groups.memberships.models import Role
from forums.groups.networks.models import EventKind, Network
from forums.text import dates


@dataclass(slots=True)
class SentenceRow:
    """A line as pages show it: when, a sentence, and what that is about."""

    day: str
    text: str
    about: str = ""
    url: str = ""
    more: Sequence[str] = ()


# A sentence for everyone: no names of persons in it.
_PUBLIC = {
    EventKind.REGISTERED: gettext_lazy("The network was registered here"),
    EventKind.ORGANISATION_JOINED: gettext_lazy("An organisation joined"),
    EventKind.ORGANISATION_LEFT: gettext_lazy("An organisation left"),
    EventKind.LINKED: gettext_lazy("Linked with another network"),
    EventKind.UNLINKED: gettext_lazy("No longer linked with another network"),
    EventKind.ACTIVITY_REPORTED: gettext_lazy("Reported on an activity"),
    EventKind.TOPIC_JOINED: gettext_lazy("Joined a topic"),
    EventKind.VIEW: gettext_lazy("Set its view beside a topic"),
    EventKind.VERIFIED: gettext_lazy("The moderators verified the network"),
    EventKind.ARCHIVED: gettext_lazy("The network was archived"),
    EventKind.REOPENED: gettext_lazy("The network was opened again"),
    EventKind.MERGED: gettext_lazy("Another network was merged into this one"),
    EventKind.UNMERGED: gettext_lazy("A merge with another network was undone"),
    EventKind.TAKEN_OVER: gettext_lazy("New coordinators took the network over"),
    ARTICLE: gettext_lazy("An article"),
}

# For coordinators: who did what, to whom.
_FULL = {
    EventKind.REGISTERED: gettext_lazy("%(actor)s registered the network"),
    EventKind.EDITED: gettext_lazy("%(actor)s changed the page"),
    EventKind.CONFIRMED: gettext_lazy("%(actor)s confirmed that the page is still right"),
    EventKind.JOINED: gettext_lazy("%(member)s joined"),
    EventKind.LEFT: gettext_lazy("%(member)s left"),
    EventKind.REMOVED: gettext_lazy("%(actor)s removed %(member)s"),
    EventKind.ROLE: gettext_lazy("%(actor)s gave %(member)s another role"),
    EventKind.ASKED: gettext_lazy("%(member)s asked to join"),
    EventKind.DECLINED: gettext_lazy("%(actor)s declined the request of %(member)s"),
    EventKind.INVITED: gettext_lazy("%(actor)s made an invitation"),
    EventKind.REVOKED: gettext_lazy("%(actor)s revoked an invitation"),
    EventKind.ORGANISATION_JOINED: gettext_lazy("%(actor)s confirmed an organisation as a member"),
    EventKind.ORGANISATION_LEFT: gettext_lazy("%(actor)s ended the membership of an organisation"),
    EventKind.LINKED: gettext_lazy("%(actor)s linked the network with another one"),
    EventKind.UNLINKED: gettext_lazy("%(actor)s ended the link with another network"),
    EventKind.BOARD: gettext_lazy("%(actor)s opened or changed a board"),
    EventKind.ACTIVITY: gettext_lazy("%(actor)s announced an activity"),
    EventKind.ACTIVITY_CANCELLED: gettext_lazy("%(actor)s cancelled an activity"),
    EventKind.ACTIVITY_REPORTED: gettext_lazy("%(actor)s reported on an activity"),
    EventKind.TOPIC_JOINED: gettext_lazy("%(actor)s joined a topic for the network"),
    EventKind.TOPIC_LEFT: gettext_lazy("%(actor)s took a topic off the network's page"),
    EventKind.VIEW: gettext_lazy("%(actor)s set the network's view beside a topic"),
    EventKind.ANNOUNCED: gettext_lazy("%(actor)s made an announcement to the members"),
    EventKind.UNANNOUNCED: gettext_lazy("%(actor)s took an announcement back"),
    EventKind.LEDGER: gettext_lazy("%(actor)s changed who may see the money"),
    EventKind.VERIFIED: gettext_lazy("%(actor)s verified the network"),
    EventKind.UNVERIFIED: gettext_lazy("%(actor)s took the verification back"),
    EventKind.ARCHIVED: gettext_lazy("%(actor)s archived the network"),
    EventKind.REOPENED: gettext_lazy("%(actor)s opened the network again"),
    EventKind.MERGED: gettext_lazy("%(actor)s merged another network into this one"),
    EventKind.UNMERGED: gettext_lazy("%(actor)s undid a merge with another network"),
    EventKind.TAKEN_OVER: gettext_lazy("%(actor)s handed the network over to %(member)s"),
}


def tell(rows: Iterable[EventRow]) -> list[SentenceRow]:
    """The lines of a timeline."""
    return [_joined(row) if row.what == JOINED_IN_MONTH else _told(row) for row in rows]


def _told(row: EventRow) -> SentenceRow:
    text = _came(row) if row.other else str(_PUBLIC[row.what])
    return SentenceRow(dates.day(row.at), text, row.about, row.url)


def _came(row: EventRow) -> str:
    """Another network joined a topic of this one."""
    return _("“%(network)s” joined a topic") % {"network": row.other}


def _joined(row: EventRow) -> SentenceRow:
    month = row.at.astimezone(dates.BANGKOK)
    text = ngettext("%(n)d person joined", "%(n)d people joined", row.count) % {"n": row.count}
    return SentenceRow(dates.month(month.year, month.month), text)


def began(network: Network) -> SentenceRow:
    """The line of when a network began, long before it was registered here."""
    return SentenceRow(dates.month(network.since_year or 0, network.since_month), _("It began"))


def tell_all(rows: Iterable[HistoryRow]) -> list[SentenceRow]:
    """The lines of the whole history."""
    nobody = _("The house")
    return [
        SentenceRow(
            dates.exactly(row.at),
            _came(row)
            if row.other
            else str(_FULL[EventKind(row.what)])
            % {"actor": row.actor or nobody, "member": row.member or row.actor},
            row.about,
            row.url,
            list(_details(row.details)),
        )
        for row in rows
    ]


def _details(details: dict[str, Any]) -> Iterable[str]:
    """What a line adds in words; keys nobody knows here are left out, whoever wrote them."""
    changed = details.get("changed")
    if isinstance(changed, list):
        yield ", ".join(part_name(part) for part in changed)
    name = details.get("name")
    if isinstance(name, list) and len(name) == 2:
        yield f"{name[0]} → {name[1]}"
    role = details.get("role", details.get("to"))
    if role in Role.values:
        yield str(Role(role).label)
    for key in ("why", "reason", "answer"):
        if isinstance(details.get(key), str) and details[key]:
            yield details[key]


_PARTS = {
    "contacts": gettext_lazy("contacts"),
    "structure": gettext_lazy("who does what"),
    "tags": gettext_lazy("tags"),
    "home_id": gettext_lazy("home organisation"),
}


def part_name(part: str) -> str:
    """What a part of a network's page is called."""
    if part in _PARTS:
        return str(_PARTS[part])
    names = {field.name: field for field in Network._meta.get_fields()}
    return str(getattr(names.get(part), "verbose_name", part))
