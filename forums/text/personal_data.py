"""Find what may be someone's personal data in a text, so that its writer is asked before sending.

Hints for a person, not a filter: they warn, and never block (Thai data protection act, section 37).
"""

import re
from typing import Literal

from forums.text.cleaning import THAI_DIGITS, clean_text

type PersonalData = Literal["phone", "id_card", "email"]

# Thirteen digits together, or 1-4-5-2-1 as on the card: looser forms hit budgets and codes.
_ID_CARD = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,-])(?:[0-9]{13}|[0-9]([- ])[0-9]{4}\1[0-9]{5}\1[0-9]{2}\1[0-9])(?![0-9A-Za-z]|[.,-][0-9])"
)
_SEP = r"(?:[-. ]|\) ?)?"
_PHONE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,/-])\(?(?:"
    # Mobile: 06, 08, 09 and eight digits; abroad +66 takes the place of the 0.
    rf"(?:0|\+?66{_SEP}\(?0?\)? ?)[689]{_SEP}[0-9]{{8}}"
    rf"|(?:0|\+?66{_SEP}\(?0?\)? ?)[689][0-9]{_SEP}[0-9]{{3}}{_SEP}[0-9]{{4}}"
    rf"|(?:0|\+?66{_SEP}\(?0?\)? ?)[689]{_SEP}[0-9]{{4}}{_SEP}[0-9]{{4}}"
    rf"|0[689][0-9]{_SEP}[0-9]{{4}}{_SEP}[0-9]{{3}}|0[689][0-9]{{2}}{_SEP}[0-9]{{3}}{_SEP}[0-9]{{3}}"
    # Bangkok 02, other provinces 03 to 07: nine digits.
    rf"|(?:0|\+66{_SEP}\(?0?\)? ?)2{_SEP}[0-9]{{3}}{_SEP}[0-9]{{4}}"
    rf"|(?:0|\+66{_SEP}\(?0?\)? ?)[3-7][0-9]{_SEP}[0-9]{{3}}{_SEP}[0-9]{{3}}"
    rf"|0{_SEP}2[0-9]{{3}}{_SEP}[0-9]{{4}}|0{_SEP}[3-7][0-9]{{3}}{_SEP}[0-9]{{4}}"
    r")(?![0-9A-Za-z]|[.,/][0-9])"
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}"
)
_LINKS = re.compile(r"https?://\S+|/pictures/\S+")


def find(text: str, /) -> list[PersonalData]:
    """The kinds found, in a fixed order: 'phone', 'id_card', 'email'. Hotlines (1669) are no hit."""
    digits = clean_text(text).translate(THAI_DIGITS)
    digits = _LINKS.sub(" ", digits)  # numbers in an address are no telephone numbers
    kinds: list[PersonalData] = []
    if _PHONE.search(digits):
        kinds.append("phone")
    if any(_is_id_card(match[0]) for match in _ID_CARD.finditer(digits)):
        kinds.append("id_card")
    if "@" in digits and _EMAIL.search(digits):
        kinds.append("email")
    return kinds


def _is_id_card(written: str) -> bool:
    """The thirteenth digit is (11 - sum of digit x weight 13..2 mod 11) mod 10."""
    digits = [int(letter) for letter in written if letter.isdigit()]
    total = sum(digit * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False))
    return digits[0] != 0 and (11 - total % 11) % 10 == digits[12]
