"""Who may see what: one rule a thing, said twice, side by side.

A rule is a condition of the ORM and, where constant statements ask (decision 034), the same as text.
Both stand in the `models.py` of the thing, and nowhere else: `visible_to(member)`, `for_list(member)`
and every statement take them from there. A test walks RULES and holds the two forms equal.

In a text a board is `b`, a topic `t`, a post `p`, a network `n`, an activity `a`. Its values are
`reader(member)`, whichever things a statement asks about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

Values = Callable[[Any], dict[str, Any]]

EVERYTHING = Q(pk__isnull=False)  # an empty Q would say nothing where it is joined by "or"


@dataclass(frozen=True, slots=True)
class Rule:
    """Which rows of a model a member (None or anonymous: a visitor) may see.

    `condition` makes the Q; None where only the queryset can say it. `sql` is the same as text, over
    `tables`, the model's own first; "" where no constant statement asks.
    """

    model: str
    what: str
    condition: Callable[[Any], Q] | None
    sql: str
    tables: str

    def q(self, member: Any = None, path: str = "") -> Q:
        """The condition of what stands at the end of `path` ("topic__board__"). Without `member`: a visitor's."""
        assert self.condition  # noqa: S101 - who asks knows that there is one
        return _at(path, self.condition(member))


RULES: list[Rule] = []
_VALUES: list[Values] = []


def rule(
    model: str,
    what: str,
    condition: Callable[[Any], Q] | None,
    *,
    sql: str = "",
    tables: str = "",
) -> Rule:
    """Register a rule of a thing; the values are those of `Rule`."""
    RULES.append(Rule(model, what, condition, sql, tables))
    return RULES[-1]


def reader_has(values: Values) -> Values:
    """Register what the texts of rules ask of a reader: a function that returns the values by name."""
    _VALUES.append(values)
    return values


def reader(member: Any) -> dict[str, Any]:
    """The values of every rule's text, by name; `member` may be None or anonymous."""
    return {name: value for values in _VALUES for name, value in values(member).items()}


def is_signed_in(member: Any) -> bool:
    return member is not None and member.is_authenticated


def own(member: Any, of: str = "member") -> Q:
    """The condition of what is a member's own (`of`): nobody else's, whoever asks; nothing is a visitor's."""
    return Q((of, member.pk)) if is_signed_in(member) else Q(pk__in=[])


def sees_all(member: Any) -> bool:
    """Moderators of the site see what is hidden."""
    return is_signed_in(member) and bool(member.is_staff)


@reader_has
def _herself(member: Any) -> dict[str, Any]:
    return {"me": member.pk if is_signed_in(member) else 0, "sees_all": sees_all(member)}


def _at(path: str, condition: Q) -> Q:
    if not path:
        return condition
    moved = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            moved.children.append(_at(path, child))
        else:
            lookup, value = child  # type: ignore[misc]
            moved.children.append((path + lookup, value))
    return moved
