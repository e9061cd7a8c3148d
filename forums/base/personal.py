"""What the house holds of a person: each noun says so of its tables, one line a column that names a member.

The line stands in the noun's `kinds.py`. From these lines come the page that says what is kept, why and how long
(`privacy.overview`), the copy a member may have of all that is hers (`privacy.copies`), and what becomes of each thing when
she leaves (`privacy.leaving`). A table nobody registered is found by `tests/privacy/test_holdings.py`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Model, Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import Member


class Area(TextChoices):
    """Under which heading of the pages a thing stands; in this order."""

    ACCOUNT = "account", _("Your account")
    WRITTEN = "written", _("What you wrote")
    NETWORKS = "networks", _("Networks, activities and money")
    READING = "reading", _("What you read, follow and keep")
    MAIL = "mail", _("What we told you")
    ORDER = "order", _("Order and safety")


class Basis(TextChoices):
    """On what the law lets it rest (PDPA, s. 24)."""

    TERMS = "terms", _("to do what you asked of us (the terms of use)")
    CONSENT = "consent", _("your consent, which you can take back")
    INTEREST = "interest", _("our interest that the site stays safe and its history true")
    LAW = "law", _("a duty of the law")


class Until(TextChoices):
    """How long it is kept while she stays."""

    MEMBER = "member", _("as long as you are a member")
    BACK = "back", _("until you take it back")
    PUBLIC = "public", _("as long as it can be read here; you may edit and delete it")
    STAYS = "stays", _("as long as the network or the topic it belongs to")
    DRAFTS = "drafts", _("until it is sent or thrown away")
    MINUTES = "minutes", _("some minutes")
    NOTES = "notes", _("180 days")
    MAILS = "mails", _("14 days where they come in great numbers, else as long as you are a member")
    BOUNCES = "bounces", _("30 days")
    SESSIONS = "sessions", _("until you sign out, 60 days at most")
    ORDERLY = "orderly", _("as long as decisions must be explained and compared")
    PROOF = "proof", _("as long as an agreement may have to be shown")


class Leaves(TextChoices):
    """What becomes of it when its member leaves the site."""

    DELETED = "deleted", _("is deleted")
    NAMELESS = "nameless", _("stays, and says your name no more unless you want it to")
    AS_CHOSEN = "chosen", _("as you choose: stays with your name, without it, or is emptied")
    KEPT = "kept", _("stays as long as the law or the safety of others asks for it")


class Farewell(TextChoices):
    """What a member who leaves wants to become of what she wrote."""

    NAMED = "named", _("Keep what I wrote, under my name")
    NAMELESS = "nameless", _("Keep what I wrote, without my name")
    EMPTIED = "emptied", _("Empty what I wrote")


@dataclass(frozen=True, slots=True)
class Parting:
    """A piece of the work when somebody leaves: who, what she chose, where the last piece came to, how much at once.

    Until the last of all she has the name she had; `addresses` are her addresses of e-mail.
    """

    member: "Member"
    choice: Farewell
    addresses: Sequence[str] = ()
    after: int = 0
    size: int = 500

    @property
    def is_named(self) -> bool:
        """Does her name stay on what she wrote?"""
        return self.choice == Farewell.NAMED


# Does the next piece, in a transaction of its own; returns where it came to, None when nothing is left.
type Eraser = Callable[[Parting], int | None]

# Made from other columns, or of use to machines only.
DERIVED = {
    "renderer_version", "sort_key", "handle_key", "handle_skeleton", "search_words", "body_html",
    "report_html", "story_html", "submission",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holding:
    """A column that names a member (`of`, a path from the table), and what that means for her."""

    table: type[Model]
    of: str
    what: Promise
    area: Area
    leaves: Leaves
    basis: Basis
    until: Promise
    copied: bool
    but: Sequence[str]
    also: Sequence[str]
    eraser: Eraser | None
    place: int
    mine: Callable[["Member"], Q] | None

    @property
    def name(self) -> str:
        """Its file in the copy, and its name in the work of leaving: "post-author"."""
        return f"{self.table._meta.model_name}-{self.of.replace('__', '-')}"

    def rows(self, member: "Member") -> QuerySet[Any]:
        """What is hers, oldest first by its key."""
        whose = self.mine(member) if self.mine else Q(**{self.of: member.pk})
        return self.table._default_manager.filter(whose).order_by("pk")

    def columns(self) -> list[str]:
        """What a copy says of each row: its own columns, without what is derived, secret, or somebody else."""
        fields = self.table._meta.concrete_fields
        from_others = {f.attname for f in fields if names_member(f) and f.name != self.of}
        mine = [f.attname for f in fields if f.name not in DERIVED and f.name not in self.but]
        return [name for name in mine if name not in from_others] + list(self.also)

    def hiding(self) -> dict[str, str]:
        """What stands beside it in words of others that can be hidden, and the column that says since when they are."""
        return {each: since for each in self.also if (since := self._hidden_since(each))}

    def _hidden_since(self, path: str) -> str | None:
        table, (*towards, _column) = self.table, path.split("__")
        for step in towards:
            table = cast(Any, table._meta.get_field(step).related_model)
        hides = any(field.name == "hidden_at" for field in table._meta.concrete_fields)
        return "__".join([*towards, "hidden_at"]) if hides else None


def names_member(column: Any) -> bool:
    """Is this a foreign key to a member?"""
    to = column.related_model if column.is_relation else None
    return to is not None and to._meta.label == "accounts.Member"


_HOLDINGS: dict[tuple[str, str], Holding] = {}


def holds(
    table: type[Model],
    *of: str,
    what: Promise,
    area: Area,
    leaves: Leaves,
    basis: Basis = Basis.TERMS,
    until: Promise = Until.MEMBER.label,
    copied: bool = True,
    but: Sequence[str] = (),
    also: Sequence[str] = (),
    eraser: Eraser | None = None,
    place: int = 50,
    mine: Callable[["Member"], Q] | None = None,
) -> None:
    """Register that `table` has something of the members its columns `of` name.

    `what` says it in a few words; `until`, how long it is kept while she stays. In the copy stand the table's own columns, `but`
    some (secrets, what tells of others), and `also` some found beside it ("topic__title"; nothing while that is hidden). What `leaves` as DELETED needs
    nothing more; where more follows than that (counters, files), an `eraser` does it, a piece at a time, before what has a later
    `place`. `mine` finds the rows where no key leads to them: by an address.
    """
    for each in of:
        _HOLDINGS[table._meta.label, each] = Holding(
            table, each, what, area, leaves, basis, until, copied, but, also, eraser, place, mine
        )  # fmt: skip


TEXTS = _("Your topics, posts, their versions and pictures")


def acted(table: type[Model], *of: str, but: Sequence[str] = ()) -> None:
    """Register columns that say who did something there, which belongs to a history others rely on."""
    holds(
        table,
        *of,
        what=_("What you did for networks: registered, asked, agreed, decided, and when"),
        area=Area.NETWORKS,
        leaves=Leaves.NAMELESS,
        basis=Basis.INTEREST,
        until=Until.STAYS.label,
        but=but,
    )


def moderated(table: type[Model], *of: str) -> None:
    """Register columns that say which moderator did something: of her work for the house, not of her."""
    holds(
        table,
        *of,
        what=_("Your work as a moderator"),
        area=Area.ORDER,
        leaves=Leaves.KEPT,
        basis=Basis.INTEREST,
        until=Until.ORDERLY.label,
        copied=False,
    )


def holdings() -> list[Holding]:
    """All that was registered, in the order in which it is taken apart."""
    return sorted(_HOLDINGS.values(), key=lambda each: (each.place, each.name))


_BESIDE: dict[str, tuple[int, Eraser]] = {}


def erases(name: str, *, place: int) -> Callable[[Eraser], Eraser]:
    """Register work of leaving that hangs on no column: her name in the texts of others; a decorator."""

    def register(eraser: Eraser) -> Eraser:
        _BESIDE[name] = place, eraser
        return eraser

    return register


def partings() -> list[tuple[str, Eraser | Holding]]:
    """The pieces of work when somebody leaves, by name, in order; what is a Holding is just deleted."""
    found: list[tuple[int, str, Eraser | Holding]] = [
        (each.place, each.name, each.eraser or each)
        for each in _HOLDINGS.values()
        if each.eraser or each.leaves == Leaves.DELETED
    ]
    found += [(place, name, eraser) for name, (place, eraser) in _BESIDE.items()]
    return [(name, work) for _place, name, work in sorted(found, key=lambda each: each[:2])]
