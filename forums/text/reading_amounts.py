"""Amounts in baht as people type them, read strictly: refused, with words, rather than guessed.

1,234.50 and ๑,๒๓๔.๕๐ are one amount. A comma groups thousands, a point parts baht from satang; what
could be meant the other way (1.234,50) is refused.
"""

import re
import unicodedata
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGEST = Decimal("999999999999.99")
LONGEST = 40  # characters; nobody's amount is longer, and what is longer is not looked at
_RAW = 4 * LONGEST  # the same with spaces and what nobody sees

_PLAIN = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?|\.(\d+)")
_NEGATIVE = re.compile(r"[-‐‑‒–—−]|^\(.*\)$")
_CURRENCY = re.compile(r"^(?:฿|THB|บาท)\s*|\s*(?:฿|THB|บาทถ้วน|บาท|บ\.|\.-)$", re.IGNORECASE)


class NotAnAmount(ValueError):
    """What was typed is no amount of money. `message` is for who typed it."""

    message: str | Promise = _("This is no amount we can read. Write it like 1,234.50.")

    def __init__(self, message: str | Promise = "") -> None:
        self.message = message or self.message
        super().__init__(self.message)  # translated when it is shown


class AmbiguousAmount(NotAnAmount):
    """What was typed could be more than one amount."""

    message = _(
        "A comma groups thousands here and a point comes before satang, like 1,234.50. "
        "Please write this amount that way."
    )


def read_amount(text: str) -> Decimal:
    """The amount that was typed, in baht, above zero, with two decimals.

    Raises NotAnAmount for what is none, is zero, negative, has more than two decimals or is too large,
    and AmbiguousAmount for commas and points that may mean more than one thing.
    """
    if len(text) > _RAW:
        raise NotAnAmount
    if not (text.isascii() and text.isprintable()):
        text = "".join(
            str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter
            for letter in text
            if letter.isspace() or unicodedata.category(letter) not in {"Cf", "Cc"}
        )
    typed = _CURRENCY.sub("", text.strip()).strip()
    if not typed:
        raise NotAnAmount(_("Please write an amount, like 1,234.50."))
    if len(typed) > LONGEST:
        raise NotAnAmount
    if _NEGATIVE.search(typed):
        raise NotAnAmount(
            _("An amount is above zero. What was paid out is an expense, without a minus.")
        )
    found = _PLAIN.fullmatch(typed)
    if found is None:
        raise AmbiguousAmount if re.fullmatch(r"[\d.,]+", typed) else NotAnAmount
    if len(found[1] or found[2] or "") > 2:
        raise NotAnAmount(_("Up to two digits may stand after the point."))
    amount = Decimal(typed.replace(",", ""))
    if not amount:
        raise NotAnAmount(_("An amount is above zero."))
    if amount > LARGEST:  # before it is rounded: of 27 digits and more `quantize` makes an error
        raise NotAnAmount(_("This amount is larger than a ledger here can hold."))
    return amount.quantize(Decimal("0.01"))
