"""The kinds of what a member is told: each says, when it is shown or sent, what may still be told.

A noun to the right registers its kinds in its own `kinds.py`, which `forums.apps` loads. So this
module knows none of them, and imports run one way. A kind is one name: its line on the page
(`notification`), its email if it has one (`email_kind`), and the row of the settings that turns them on and off
(`switch`). The same for what has to be looked at from time to time to know whether somebody must be written to, or
something forgotten (`scheduled`).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db.models import TextChoices
from django.utils.encoding import iri_to_uri
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.base.mail_bodies import MailSection

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.notifications.models import Email, Notification, Telling
    from forums.notifications.seen import Seen


@dataclass(frozen=True, slots=True)
class EmailText:
    """What an email says: plain text, by paragraphs; links are whole addresses. Before it, things under headings.

    `why` stands at its end: why its reader gets it. Left out, the house says its own. Mail programs show what has the same
    `thread` ("topic-12") together, if the subject is the same too.
    """

    subject: str
    body: str
    why: str = ""
    sections: Sequence[MailSection] = ()
    thread: str = ""


def whole_address(path: str) -> str:
    """An address of this site as it stands in an email: in letters every program knows for a link."""
    return iri_to_uri(settings.SITE_URL + path)


type Writer = Callable[["Email"], EmailText | None]
_WRITERS: dict[str, Writer] = {}
_GUARDS: set[str] = set()
_PASSING: set[str] = set()
_TO_SUSPENDED: set[str] = set()

TOLD = "told"  # the email that gathers what was told of one thing (`notification`, gathered)
DIGEST = "digest"


def email_kind(
    kind: str, *, guards: bool = False, passing: bool = False, to_suspended: bool = False
) -> Callable[[Writer], Writer]:
    """Register the function that words a kind of email.

    It is given the Email and returns its EmailText, in its reader's language, or None for what its reader may no longer
    know or need not be told any more: then nothing is sent, ever. What `guards` her account goes out also to who wants
    no emails, and however many she got that day. What is `passing` comes in great numbers and is never written twice, its
    keys naming a post, a message or a day: it is forgotten after two weeks (Email's index `letter_gone_by` has them).
    Nothing goes to who is suspended, but what is `to_suspended`: that she is, and why.
    """

    def register(writer: Writer) -> Writer:
        _WRITERS[kind] = writer
        if guards:
            _GUARDS.add(kind)
        if passing:
            _PASSING.add(kind)
        if to_suspended:
            _TO_SUSPENDED.add(kind)
        return writer

    return register


def passing_kinds() -> list[str]:
    """Kinds of emails that are forgotten soon after they went out."""
    return sorted(_PASSING)


def guards_account(kind: str) -> bool:
    """Does an email of this kind guard its reader's account?"""
    return kind in _GUARDS


def reaches(kind: str, member: "Member") -> bool:
    """Does an email of this kind go to her, suspended as she may be?"""
    return member.is_active or kind in _TO_SUSPENDED


def text_of(email: "Email") -> EmailText | None:
    """What `email` says now; None when nothing is left to say. Raises KeyError for an unknown kind."""
    return _WRITERS[email.kind](email)


def has_email(kind: str) -> bool:
    """Is there an email of this kind?"""
    return kind in _WRITERS


# -- On the page --------------------------------------------------------------------------------


class Group(TextChoices):
    """Under which heading of the settings a switch stands."""

    ME = "me", _("To you")
    FOLLOWED = "followed", _("What you follow")
    NETWORKS = "networks", _("Networks and activities")
    CARE = "care", _("Care for the site")


@dataclass(frozen=True, slots=True)
class Switch:
    """A row of the settings: kinds that a member turns on and off together."""

    name: str
    group: Group
    label: Promise
    hint: Promise | None = None
    always: bool = False  # on the page they cannot be turned off
    place: int = 0  # under its heading; what has the same stands as it was registered

    @property
    def has_email(self) -> bool:
        hers = (kind for kind in _KINDS.values() if kind.switch is self)
        return any(kind.gathered or kind.name in _WRITERS for kind in hers)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What stands on the page: the words, which lead to `url`; below them a quotation or a reason.

    `bead` is the network it came from (its colour and emblem); without one a ring with the `icon` hangs there.
    """

    text: str
    url: str
    note: str = ""
    bead: Any = None
    icon: str = "bell"


type LineWriter = Callable[["Notification", "Seen"], Sentence | None]


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    switch: Switch
    line: LineWriter
    again: bool  # what joins a line that was read makes it unread
    mailed: bool  # the worker writes its email along with the line
    gathered: bool  # is mailed some minutes later, with all that was told of the same thing


_SWITCHES: dict[str, Switch] = {}
_KINDS: dict[str, Kind] = {}


def switch(
    name: str,
    group: Group,
    label: Promise,
    hint: Promise | None = None,
    *,
    always: bool = False,
    place: int = 0,
) -> Switch:
    """Register a row of the settings."""
    _SWITCHES[name] = Switch(name, group, label, hint, always, place)
    return _SWITCHES[name]


def notification(
    kind: str, switch: Switch, *, again: bool = True, mailed: bool = False, gathered: bool = False
) -> Callable[[LineWriter], LineWriter]:
    """Register the function that says a kind's line; `mailed`: who hears it is worked out afterwards, and gets its email too.

    What is `gathered` needs no email of its own: some minutes later one says all that was told of the same thing by such
    kinds and that its reader has not seen meanwhile (`reading.mail`). It is told of a "post", and the key of its
    lines is its name and the thing's: "replied-12".

    It is given the Notification and what its reader may see (`Seen`) and returns the Sentence, in the language of
    the page, or None for what she may no longer know or need not answer any more: then nothing is shown. It asks
    the database nothing: what it needs is named by the ids in `data`, and loaded for all lines together (`thing`).
    """

    def register(line: LineWriter) -> LineWriter:
        _KINDS[kind] = Kind(kind, switch, line, again, mailed, gathered)
        return line

    return register


def kind_of(name: str) -> Kind | None:
    """The kind of this name, if it has a line."""
    return _KINDS.get(name)


def gathered_switches() -> list[Switch]:
    """The rows whose kinds are mailed gathered."""
    found = {kind.switch.name: kind.switch for kind in _KINDS.values() if kind.gathered}
    return list(found.values())


def switches() -> list[tuple[Group, list[Switch]]]:
    """The rows of the settings under their headings."""
    ordered = sorted(_SWITCHES.values(), key=lambda each: each.place)
    return [(group, [each for each in ordered if each.group == group]) for group in Group]


type Loader = Callable[[Any, Collection[int]], Mapping[int, Any]]
_LOADERS: dict[str, Loader] = {}


def thing(name: str) -> Callable[[Loader], Loader]:
    """Register how the things are loaded whose ids stand in `data` under `name`, and in `things` ("post").

    The function is given a member (None: a visitor) and ids, and returns by id those the member may see, in a fixed
    number of queries. What a visitor sees, every member must see too.
    """

    def register(load: Loader) -> Loader:
        _LOADERS[name] = load
        return load

    return register


def loaders() -> dict[str, Loader]:
    """How each kind of thing is loaded, by its name in `data`."""
    return _LOADERS


type QuickLook = Callable[[Collection[Any], int], Collection[int]]
_QUICK: dict[str, QuickLook] = {}


def quick_look(name: str) -> Callable[[QuickLook], QuickLook]:
    """Register which of many members may see one thing (its id), sooner than it is loaded for each; a decorator."""

    def register(look: QuickLook) -> QuickLook:
        _QUICK[name] = look
        return look

    return register


def quick_looks() -> dict[str, QuickLook]:
    """By the names of things in `data`."""
    return _QUICK


class Share(NamedTuple):
    """What one member is told of a Telling."""

    member: int
    kind: str
    key: str


type Audience = Callable[["Telling"], tuple[Sequence[Share], int | None]]
_AUDIENCES: dict[str, Audience] = {}


def audience(kind: str) -> Callable[[Audience], Audience]:
    """Register who is told of a Telling of this kind, and what, where that is worked out afterwards.

    The function is given the Telling and returns the shares of some hundred members at most whose ids come after
    `telling.after`, each member once, and the id it has come to: None when nobody is left. What it returns for the same
    `after` must lie between the two, so that nobody is told twice.
    """

    def register(who: Audience) -> Audience:
        _AUDIENCES[kind] = who
        return who

    return register


def audience_of(kind: str) -> Audience | None:
    """Who is told of a Telling of this kind, if that is worked out."""
    return _AUDIENCES.get(kind)


type Deaf = Callable[["Telling", Collection[int]], Collection[int]]
_DEAF: list[Deaf] = []


def hears_nothing(deaf: Deaf) -> Deaf:
    """Register who of some members (ids) wants to hear nothing of a Telling: of who did it, or what it is about; a decorator."""
    _DEAF.append(deaf)
    return deaf


def deaf_to(telling: "Telling", members: Collection[int]) -> set[int]:
    """Those of `members` who want to hear nothing of it."""
    return {pk for deaf in _DEAF for pk in deaf(telling, members)}


type AfterTold = Callable[[Collection[int], datetime], None]
_AFTER_TOLD: list[AfterTold] = []


def after_told(then: AfterTold) -> AfterTold:
    """Register what follows when members have got lines, in the same transaction; a decorator.

    The function is given their ids and when what they are told of happened.
    """
    _AFTER_TOLD.append(then)
    return then


def tell_on(members: Collection[int], at: datetime) -> None:
    """These members have got lines of what happened then."""
    for then in _AFTER_TOLD:
        then(members, at)


# -- From time to time ----------------------------------------------------------------------------

type Job = Callable[[datetime], None]
_JOBS: dict[str, Job] = {}


def scheduled(name: str) -> Callable[[Job], Job]:
    """Register a function that writes emails which fall due by themselves (reminders), or forgets what is too old.

    It is given the time and run about once an hour by `manage.py deliver --forever` (or by
    `manage.py remind`), in a transaction of its own, and must be idempotent: two processes may run
    it at once, and the key of an email (`outbox.write_emails`) says what was said already.
    """

    def register(job: Job) -> Job:
        _JOBS[name] = job
        return job

    return register


def scheduled_jobs() -> dict[str, Job]:
    """Every scheduled function by its name."""
    return dict(_JOBS)
