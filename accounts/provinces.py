"""The 77 provinces of Thailand: code (TIS 1099-2535), names, region and place, in dictionary order.

provinces.tsv holds them and names its sources; docs/map.md says more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from forums.text.thai import sort_key


@dataclass(frozen=True, slots=True)
class Province:
    """`latitude` and `longitude` are those of its seat, in degrees."""

    code: str
    name: str
    english: str
    region: str
    latitude: float
    longitude: float


# The six regions of the National Geographical Committee, from north to south.
REGIONS = [
    ("north", _("Northern region")),
    ("northeast", _("Northeastern region")),
    ("central", _("Central region")),
    ("east", _("Eastern region")),
    ("west", _("Western region")),
    ("south", _("Southern region")),
]


def _read() -> list[Province]:
    lines = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    found = [
        Province(code, name, english, region, float(latitude), float(longitude))
        for code, name, english, region, latitude, longitude in rows
    ]
    return sorted(found, key=lambda province: sort_key(province.name))


ALL = _read()
_THAI = {each.code: each.name for each in ALL}
_ENGLISH = {each.code: each.english for each in ALL}


class _Names(Mapping[str, str]):
    """Code → name, in the language of the page: nobody who reads English knows ชัยภูมิ from ชัยนาท."""

    def __getitem__(self, code: str) -> str:
        return self.now()[code]

    def now(self) -> Mapping[str, str]:
        """The same, for who asks many times for one page."""
        return _ENGLISH if get_language() == "en" else _THAI

    def __iter__(self) -> Iterator[str]:
        return iter(_THAI)

    def __len__(self) -> int:
        return len(_THAI)


PROVINCE_NAMES = _Names()
_label = lazy(PROVINCE_NAMES.__getitem__, str)
# What a column may hold; a page offers them by `in_order` or `choices_after`.
PROVINCES: list[tuple[str, Any]] = [(each.code, _label(each.code)) for each in ALL]
# The codes of each region's provinces, in dictionary order of their names.
OF_REGION: dict[str, list[str]] = {
    region: [each.code for each in ALL if each.region == region] for region, _name in REGIONS
}


def in_order(codes: Iterable[str] = tuple(_THAI)) -> list[tuple[str, str]]:
    """Code and name of these provinces, in the order of the reader's own dictionary."""
    pairs = [(code, PROVINCE_NAMES[code]) for code in codes]
    return sorted(pairs, key=lambda pair: pair[1]) if get_language() == "en" else pairs


def choices_after(first: str | Promise) -> Callable[[], list[tuple[str, str | Promise]]]:
    """The choices of a form's field: none, with these words for it, then all."""
    return lambda: [("", first), *in_order()]
