"""The QR code of a link, as what an SVG needs: drawn in the page itself, so that no address of a picture tells the link."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # modules of white around it, which scanners ask for


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square of `size` modules with its quiet zone, and the dark ones as lines one module thick."""

    size: int
    path: str


def qr_code(link: str) -> QrCode:
    """The code of `link`; read even where a seventh of it is soiled or torn (level M)."""
    made = segno.make_qr(link, error="m", boost_error=False)
    rows = []
    for y, row in enumerate(made.matrix):
        runs = ((bool(dark), sum(1 for _module in run)) for dark, run in groupby(row))
        steps = "".join(f"h{length}" if dark else f"m{length} 0" for dark, length in runs)
        rows.append(f"M{QUIET} {y + QUIET}.5{steps}")
    return QrCode(len(made.matrix) + 2 * QUIET, "".join(rows))
