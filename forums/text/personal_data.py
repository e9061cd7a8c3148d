"""Find what may be someone's personal data in a text: its writer is asked before it is sent, the public log leaves it out.

Signs for a person, not proofs. What is public by its nature is no find: hotlines, the addresses of offices (info@…), LINE
accounts of organisations (@…), numbers inside links. Every step is one pass, and no part of it can be made to take long:
a text of 10,000 letters costs about a millisecond.
"""

import re
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from forums.text.cleaning import THAI_DIGITS, strip_invisible
from forums.text.personal_numbers import numbers_in
from forums.text.personal_places import addresses_in, plates_in

type PersonalData = Literal["phone", "id_card", "account", "address", "plate", "email", "line"]
KINDS: tuple[PersonalData, ...] = (
    "phone",
    "id_card",
    "account",
    "address",
    "plate",
    "email",
    "line",
)
MASK = "▮▮▮▮▮"  # always as long, whatever it covers

_WIDE_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_THAI_DIGIT = re.compile("[๐-๙]")
_WIDE = re.compile("[０-９]")
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}(?:@| ?[(\[](?:at|AT)[)\]] ?)"
    r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}"
)
# Who reads these is an office, not a person.
_OFFICES = re.compile(
    r"(?:info|contact|admin|office|support|help|helpdesk|service|services|webmaster|saraban|hr|pr|press|news|mail|"
    r"hello|team|noreply|no-reply|callcenter|complaint|privacy|dpo|donate|register|member|members|editor)@",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"(?:ไลน์|ไลน|(?<![A-Za-z])line)\s{0,2}(?:ไอดี|id|ส่วนตัว)?\s{0,2}(?:คือ|[:=])?\s{0,2}"
    r"(?<![A-Za-z0-9])([A-Za-z0-9][A-Za-z0-9._-]{3,29})",
    re.IGNORECASE,
)
_MAY_BE_LINE = re.compile("ไลน|[Ll][Ii][Nn][Ee]")
_LINE_SAID = re.compile(r"ไอดี|id|ส่วนตัว|คือ|[:=]", re.IGNORECASE)
_NOT_LINE = re.compile(
    r"(?:official|openchat|group|notify|today|shopping|login|pay)\b", re.IGNORECASE
)
_LINKS = re.compile(r"https?://[^\s)>\]]+|/(?:pictures|[ptubn])/[^\s)>\]]+")
_AT = re.compile(r"@|[(\[](?:at|AT)[)\]]")
_DIGIT = re.compile("[0-9]")
_HIDDEN_AMONG_DIGITS = re.compile(r"[^\t\n\x20-\x7e\u0e01-\u0e5b]")


class PersonalFind(NamedTuple):
    """text[start:end] is of this kind."""

    start: int
    end: int
    kind: PersonalData


def found_in(text: str, /) -> list[PersonalFind]:
    """What is found, in the order in which it stands; nothing overlaps."""
    plain, places = _plain(text)
    digits, mails, lines = (sign.search(plain) for sign in (_DIGIT, _AT, _MAY_BE_LINE))
    if not (digits or mails or lines):
        return []
    looked = _LINKS.sub(lambda link: " " * len(link[0]), plain)
    found: list[PersonalFind] = []
    if digits:
        found += [PersonalFind(*each) for each in numbers_in(looked)]
        found += [PersonalFind(start, end, "plate") for start, end in plates_in(looked)]
        found += [PersonalFind(start, end, "address") for start, end in addresses_in(looked)]
    for mail in _EMAIL.finditer(looked) if mails else ():
        if not _OFFICES.match(mail[0]):
            found.append(PersonalFind(mail.start(), mail.end(), "email"))
    for line in _LINE.finditer(looked) if lines else ():
        said = _LINE_SAID.search(line[0], 0, line.start(1) - line.start())
        numbered = any(letter.isdigit() for letter in line[1])
        if (said or numbered) and not _NOT_LINE.match(line[1]):
            found.append(PersonalFind(line.start(1), line.end(1), "line"))
    found = _apart(found)
    if places is None:
        return found
    return [PersonalFind(places[each.start], places[each.end - 1] + 1, each.kind) for each in found]


def find(text: str, /) -> list[PersonalData]:
    """The kinds found, each once, in the order of KINDS."""
    there = {each.kind for each in found_in(text)}
    return [kind for kind in KINDS if kind in there]


def masked(
    text: str, found: Iterable[PersonalFind], /, mark: Callable[[str], str] | str = MASK
) -> str:
    """The text with `mark` in the place of each find; `mark` may make it of the words."""
    parts, last = [], 0
    for start, end, _kind in found:
        parts += [text[last:start], mark if isinstance(mark, str) else mark(text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def key_of(words: str, /) -> str:
    """By what two ways of writing the same are known: a number's digits (+66 as 0), all else in small letters without gaps."""
    plain = _plain(words)[0].lower()
    digits = re.sub(r"[^0-9]", "", plain)
    if len(digits) >= 9 and not re.search(r"[a-zก-ฮ]", plain):
        return "0" + digits[2:].lstrip("0") if digits.startswith("66") else digits
    return "".join(plain.split())


def keys_in(text: str, /) -> dict[str, PersonalFind]:
    """What is found in a text by its `key_of`, each once."""
    keys: dict[str, PersonalFind] = {}
    for each in found_in(text):
        keys.setdefault(key_of(text[each.start : each.end]), each)
    return keys


def hinted(words: str, kind: PersonalData, /) -> str:
    """So much of a find that its writer knows which it is: 081-•••-••78, m•••@example.org."""
    if kind == "email" and "@" in words:
        name, host = words.split("@", 1)
        return f"{name[:1]}•••@{host}"
    seen = [at for at, letter in enumerate(words) if letter.isalnum()]
    ends = 3 if kind in ("phone", "id_card", "account") else 2
    shown = {*seen[:ends], *seen[-2:]} if len(seen) > ends + 3 else set(seen[:1])
    if kind == "address":
        return words.split()[0] + " •••"
    return "".join("•" if at in seen and at not in shown else words[at] for at in range(len(words)))


def _plain(text: str) -> tuple[str, list[int] | None]:
    """The text with digits of one kind and without what is drawn as nothing; and where each of its letters stood, where
    that is not the same place."""
    plain = text.translate(THAI_DIGITS) if _THAI_DIGIT.search(text) else text
    if not _HIDDEN_AMONG_DIGITS.search(plain):
        return plain, None
    if _WIDE.search(plain):
        plain = plain.translate(_WIDE_DIGITS)
    if strip_invisible(plain) == plain:
        return plain, None
    letters = [(at, letter) for at, letter in enumerate(plain) if strip_invisible(letter)]
    return "".join(letter for _at, letter in letters), [at for at, _letter in letters]


def _apart(found: list[PersonalFind]) -> list[PersonalFind]:
    """Without those that overlap an earlier or a longer one."""
    kept: list[PersonalFind] = []
    for each in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
