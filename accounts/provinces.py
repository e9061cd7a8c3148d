"""The 77 provinces of Thailand: code (TIS 1099-2535), name, region and place, in dictionary order.

provinces.tsv holds them and names its sources; docs/map.md says more.
"""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from forums.text.thai import sort_key


@dataclass(frozen=True, slots=True)
class Province:
    """`latitude` and `longitude` are those of its seat, in degrees."""

    code: str
    name: str
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
        Province(code, name, region, float(latitude), float(longitude))
        for code, name, region, latitude, longitude in rows
    ]
    return sorted(found, key=lambda province: sort_key(province.name))


ALL = _read()
PROVINCES: list[tuple[str, str]] = [(each.code, each.name) for each in ALL]
PROVINCE_NAMES = dict(PROVINCES)
# The codes of each region's provinces, in dictionary order of their names.
OF_REGION: dict[str, list[str]] = {
    region: [each.code for each in ALL if each.region == region] for region, _name in REGIONS
}
