"""Addresses as people type them, one or several in a line."""

import re
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

LONGEST = 254  # characters
_ADDRESS = EmailValidator()
_SAME = str.maketrans("“”„，；、", '""",;,')  # what telephones and word processors make of signs
_NAMED = re.compile(r'((?:"[^"]*+"|[^<"])*+)<([^<>]*+)>?')
_AROUND = "<>()[]{}'\"‘’.:"


def is_address(typed: str) -> bool:
    """Can letters be sent there?"""
    try:
        if len(typed) <= LONGEST:
            _ADDRESS(typed)
            return True
    except ValidationError:
        pass
    return False


def addresses_in(line: str) -> Iterator[str]:
    """What stands for an address in a line, right or wrong: สมชาย ใจดี <somchai@example.org>; Nok@Example.ORG

    A name before <…> is left out, in quotation marks or not, also one parted by a comma (ใจดี, สมชาย <…>). A
    word of it with an @, or a piece before its last comma with a dot, is looked at: wrong rather than lost.
    """
    rest = line.translate(_SAME)
    while named := _NAMED.match(rest):
        *before, name = re.split("[,;]", re.sub('"[^"]*"', "", named[1]))
        yield from (word for piece in before for word in _bare(piece) if re.search("[@.]", word))
        yield from (word for word in _bare(name) if "@" in word)
        yield from _bare(named[2]) if named[2].strip() else ["<>"]
        rest = rest[named.end() :]
    yield from _bare(rest)


def _bare(text: str) -> Iterator[str]:
    for word in re.split(r"[\s,;]+", text):
        if address := word.strip(_AROUND).removeprefix("mailto:"):
            yield address
