"""The lines of the registry as the pages show them: by area, what is said alike once."""

from collections.abc import Sequence
from dataclasses import dataclass

from forums.base.personal import Area, holdings


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One thing that is held."""

    what: str
    why: str
    until: str
    leaves: str


def held() -> Sequence[tuple[str, list[HeldRow]]]:
    """Every area with its rows, each said once."""
    areas: dict[Area, dict[HeldRow, None]] = {area: {} for area in Area}
    for each in holdings():
        row = HeldRow(
            str(each.what), str(each.basis.label), str(each.until), str(each.leaves.label)
        )
        areas[each.area][row] = None
    return [(str(area.label), list(rows)) for area, rows in areas.items()]
