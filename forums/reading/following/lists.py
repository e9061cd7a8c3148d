"""What a member follows and whom she blocked, for her own eyes. Reads only; pages are keysets."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.known import blocked_by
from accounts.models import Member, member_url
from forums.base.constant_sql import select
from forums.base.keyset import NUMBER, Keyset, Page, kept
from forums.base.visibility import is_signed_in
from forums.discussions.boards.models import Board, board_url
from forums.discussions.topics.models import Topic, topic_url
from forums.groups.networks.models import Network, network_url
from forums.reading.following.levels import NORMAL, Closeness, Source
from forums.reading.following.models import TARGETS, Block, Follow, FollowUndo, Level
from forums.reading.following.targets import Target
from forums.tags.models import Tag, tag_url

SIZE = 30
_NEWEST = Keyset({"pk": NUMBER}, falling=True, onward="before", forgiving=True)

# What a level means, as one chooses it. Of a thing topics stand in it is a level of all its topics.
MEANINGS: dict[int, str | Promise] = {
    Level.WATCHING: gettext_lazy("Tell me of every new post"),
    Level.TRACKING: gettext_lazy("Count what is new; tell me when I am answered or named"),
    Level.NORMAL: gettext_lazy("Tell me only when I am answered or named"),
    Level.MUTED: gettext_lazy("Tell me nothing of it"),
}
_FROM: dict[int, str | Promise] = {
    Source.TAG: gettext_lazy("as you chose for one of its tags"),
    Source.BOARD: gettext_lazy("as you chose for its board"),
    Source.NETWORK: gettext_lazy("as you chose for one of its networks"),
    Source.BLOCKED: gettext_lazy("because you blocked who started it"),
}
_MINE_TOO: dict[str, str | Promise] = {
    "board": gettext_lazy("The same for all my topics in this board"),
    "network": gettext_lazy("The same for all my topics of this network"),
    "tag": gettext_lazy("The same for all my topics with this tag"),
}


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One of the levels, as a button."""

    value: str  # '' takes the choice back
    label: str | Promise
    meaning: str | Promise
    is_now: bool


@dataclass(frozen=True, slots=True)
class Control:
    """What the form to follow one thing shows."""

    kind: str
    pk: int | str
    level: int
    label: str | Promise  # what holds now
    source: str | Promise  # where that comes from, where it was not chosen here
    choices: list[LevelChoice]
    mine_too: str | Promise

    @property
    def address(self) -> str:
        """Where the form is sent."""
        return f"/follow/{self.kind}/{self.pk}/"


def control(kind: str, pk: int | str, standing: Closeness, *, chosen: bool) -> Control:
    """The form for a thing that stands so; `chosen`: by a level of its own."""
    label: str | Promise = standing.level.label
    choices = [
        LevelChoice(str(level), Level(level).label, meaning, chosen and level == standing.level)
        for level, meaning in MEANINGS.items()
    ]
    if kind == "person":
        watched = standing.level == Level.WATCHING
        label = _("Following") if watched else pgettext_lazy("button", "Follow")
        on = LevelChoice(
            str(Level.WATCHING), _("Follow"), _("Tell me when she starts a topic"), watched
        )
        choices = [on]
    elif standing == NORMAL and not chosen:
        label = pgettext_lazy("button", "Follow")
    if chosen:
        above = "" if kind == "person" else _("As for what it stands in, or normal")
        choices.append(LevelChoice("", pgettext_lazy("button", "Stop following"), above, False))
    source = "" if chosen else _FROM.get(standing.source, "")
    return Control(kind, pk, standing.level, label, source, choices, _MINE_TOO.get(kind, ""))


# Each page of a network and of a board asks it.
_CHOSEN = {
    kind: f"SELECT f.{kind}_id, f.level FROM forums_follow f"  # noqa: S608 - constants
    f" WHERE f.member_id = %(me)s AND f.{kind}_id = ANY(%(its)s::bigint[])"
    for kind in TARGETS
}


def control_of(kind: str, thing: Any, member: Any) -> Control | None:
    """The form for a thing on a page of `member`'s; None for a visitor, and for herself."""
    found = chosen_for(kind, thing, member)
    return control(kind, thing.pk, found[0], chosen=found[1]) if found else None


def chosen_for(kind: str, thing: Any, member: Any) -> tuple[Closeness, bool] | None:
    """How closely `member` follows a thing, and whether by a level of its own; None as above.

    A topic that `topic_at` found and a network whose page this is know how they stand; of anything else it is one query.
    """
    if not is_signed_in(member) or (kind == "person" and thing.pk == member.pk):
        return None
    if kind == "topic":
        standing = Closeness.of(thing.known["standing"])
        return standing, standing.source == Source.TOPIC
    if kind == "network" and "level" in thing.known:
        level = thing.known["level"]
        return (NORMAL, False) if level is None else (Closeness(Level(level), Source.DEFAULT), True)
    parent = thing.parent_id if kind == "board" else None
    found = dict(select(_CHOSEN[kind], me=member.pk, its=[thing.pk, parent or thing.pk]))
    if thing.pk in found:
        own = Source.BOARD if kind == "board" else Source.DEFAULT
        return Closeness(Level(found[thing.pk]), own), True
    if parent in found:
        return Closeness(Level(found[parent]), Source.BOARD), False
    return NORMAL, False


# -- All she follows -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowRow:
    """One thing she chose a level for."""

    pk: int  # of the thing
    kind: str
    name: str
    url: str
    chosen: str  # its level, as a form sends it


@dataclass(frozen=True, slots=True)
class _Shown:
    """How the follows of a kind become rows: which she may still see, their columns, name and address."""

    seen: Any  # member -> queryset of the things
    columns: tuple[str, str]  # that a name and an address are made of
    name: str
    url: Any


_KINDS: dict[str, _Shown] = {
    "topic": _Shown(Topic.objects.visible_to, ("topic__title", "topic__slug"), "{}", topic_url),
    "network": _Shown(
        Network.objects.visible_to,
        ("network__name", "network__slug"),
        "{}",
        lambda _pk, slug: network_url(slug),
    ),
    "board": _Shown(
        Board.objects.visible_to,
        ("board__name", "board__slug"),
        "{}",
        lambda _pk, slug: board_url(slug),
    ),
    "tag": _Shown(
        lambda _member: Tag.objects.all(),
        ("tag__name", "tag__slug"),
        "#{}",
        lambda _pk, slug: tag_url(slug),
    ),
    "person": _Shown(
        lambda _member: Member.objects.shown(),
        ("person__display_name", "person__handle"),
        "{}",
        lambda _pk, handle: member_url(handle),
    ),
}


def following(member: Any, kind: str, query: Any) -> Page[FollowRow]:
    """What of a kind she chose a level for and may still see, the newest choice first."""
    shown = _KINDS[kind]
    found = Follow.objects.filter(member=member, **{f"{kind}__in": shown.seen(member)})
    page = _NEWEST.page(
        found.annotate(its=F(f"{kind}_id")).values_list(
            "pk", "its", "level", *shown.columns, named=True
        ),
        query,
        size=SIZE,
        keep=kept(kind=kind),
    )
    rows = []
    for _follow, pk, level, name, slug in page.rows:
        rows.append(FollowRow(pk, kind, shown.name.format(name), shown.url(pk, slug), str(level)))
    return page.with_rows(rows)


def all_at_once(member: Any) -> int:
    """How many topics she changed with her last choice for many, as long as it can be taken back."""
    kept = FollowUndo.objects.filter(member=member).first()
    return len(kept.undo["topics"]) if kept else 0


# -- Whom she blocked ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BlockedRow:
    """A person she blocked."""

    name: str
    handle: str
    url: str


def blocked(member: Any, query: Any) -> Page[BlockedRow]:
    """Whom she blocked, the last first."""
    found = Block.objects.filter(member=member).select_related("person")
    page = _NEWEST.page(found, query, size=SIZE)
    rows = [
        BlockedRow(str(row.person), row.person.handle, row.person.get_absolute_url())
        for row in page.rows
    ]
    return page.with_rows(rows)


def is_blocked(member: Any, person: Member) -> bool:
    """Has `member` blocked her? Known with `member`, no query."""
    return person.pk in blocked_by(member)


def level_of(member: Any, target: Target) -> Level | None:
    """The level she chose for the thing itself, or None."""
    found = Follow.objects.filter(member=member, **{target.kind: target.pk})
    level = found.values_list("level", flat=True).first()
    return None if level is None else Level(level)
