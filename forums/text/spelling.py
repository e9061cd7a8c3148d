"""What a word sounds like, and how near two spellings are: for "did you mean".

Thai writes one sound with many letters (ส ศ ษ ซ; a final ด ต จ ท ศ), so people err where the ear
cannot help. A skeleton is what the ear keeps. It is coarse: it finds what may be meant, and
`distance` says which of that is meant.
"""

import re

from forums.text.keyboard import beside

SEPARATOR = "."  # between the consonants of a skeleton and its vowels
AFTER = "/"  # the next character: `c.` <= s < `c/` are all words with the consonants c
LONGEST = 40  # letters of a word that is ever offered
THAI_SOUNDS, LATIN_SOUNDS = "กตนบหอยวงม", "bdfghjklmnprstvw"  # consonants of skeletons

_VOWELS = "ะัาิีึืุูเแโไใำๅ"
_THAI_WORD = re.compile("[เแโใไ]?[ก-ฮ][ก-ฺเ-๎]+")
_LATIN_WORD = re.compile("[a-z]+")

_CLUSTERED = "กขคจซดตทธบปผพฟศสฝ"
_HEARD = [
    (re.compile(pattern), put)
    for pattern, put in (
        # Marks that writers leave out or add, and letters nobody hears.
        ("(?<=[ก-ฮ])[ตทด]ร์|[ก-ฮ][ิุ]?์|[่้๊๋็ฺํ๎์]", ""),
        ("ฤๅ?", "รึ"),
        ("ฦๅ?", "ลึ"),
        (f"รร(?=[ก-ฮ](?![{_VOWELS}]))", "ั"),  # ธรรม is said ธัม
        ("รร", "ัน"),  # and กรรไกร กันไกร
        ("ห(?=[งญณนมยรลวฬ])|^อ(?=ย[าู])", ""),  # moves the tone only: ไหร่, หนอง, อยู่
        # Many leave out the second of two consonants said together (ประเทศ, วิเคราะห์), others add one;
        (f"(?<=[{_CLUSTERED}])[รล](?=[ะัาิีึืุูำ])|(?<=[เแโใไ][{_CLUSTERED}])[รล](?=.)", ""),
        # and the last of บัตร, เพชร and สมัคร is silent.
        (f"(?<=[ัาิีึืุู][กคตทช])ร(?![{_VOWELS}])|(?<=[เแโ][ก-ฮ][กคตทช])ร(?![{_VOWELS}])", ""),
        ("ำ", "ัม"),
        ("ใ", "ไ"),
        (f"([ก-ฮ])ัย(?![{_VOWELS}])", r"ไ\1"),
        (f"(?<=ไ[ก-ฮ])ย(?![{_VOWELS}])", ""),  # ไทย
        (f"ญ(?=[{_VOWELS}])", "ย"),
    )
]
_SOUNDS = str.maketrans(
    {
        letter: kind[0]
        for kind in (
            *("กขฃคฅฆ", "ตจฉชฌซศษสดฎฏถฐทฑฒธ", "นณญรลฬ", "บปผพภฝฟ", "หฮ"),
            *("าๅ", "ิีึื", "ุู"),
        )
        for letter in kind
    }
    | {"ะ": "", "ั": ""}  # a short a is written in one word and not in another: อะไร, ตลาด
)
_DOUBLED = re.compile(r"(.)\1+")
_CONSONANTS, _OTHERS = re.compile("[ก-ฮ]+"), re.compile("[^ก-ฮ]+")
_LATIN_VOWELS, _LATIN_OTHERS = re.compile("[aeiouy]+"), re.compile("[^aeiouy]+")
_LATIN_SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("z", "s"), ("x", "ks"))


def skeleton(word: str, /) -> str:
    """What a word of `text.words` sounds like: its kinds of consonants, ".", its kinds of vowels.

    ประเทศ and ประเทส are both "บตต.เ". Empty for what has no sound of its own (digits, one letter,
    other scripts) and for what is too long to be a word.
    """
    if not 2 <= len(word) <= LONGEST:
        return ""
    if _LATIN_WORD.fullmatch(word):
        for letters, sound in _LATIN_SOUNDS:
            word = word.replace(letters, sound)
        word = _DOUBLED.sub(r"\1", word)
        return f"{_LATIN_VOWELS.sub('', word)}{SEPARATOR}{_LATIN_OTHERS.sub('', word)}"
    if not _THAI_WORD.fullmatch(word):
        return ""
    word = _DOUBLED.sub(r"\1", _heard(word).translate(_SOUNDS))
    return f"{_OTHERS.sub('', word)}{SEPARATOR}{_CONSONANTS.sub('', word)}"


def _heard(word: str) -> str:
    """The letters of a Thai word that are heard."""
    for pattern, put in _HEARD:
        word = pattern.sub(put, word)
    return word


def near_skeletons(sound: str, /) -> list[str]:
    """Skeletons with one consonant too many, too few, another, or two exchanged; the same vowels."""
    said, _, vowels = sound.partition(SEPARATOR)
    letters = LATIN_SOUNDS if (said or vowels).isascii() else THAI_SOUNDS
    found = set()
    for place in range(len(said) + 1):
        before, after = said[:place], said[place:]
        found |= {before + letter + after for letter in letters}
        if after:
            found |= {before + letter + after[1:] for letter in letters}
            found.add(before + after[1:])
        if len(after) > 1:
            found.add(before + after[1] + after[0] + after[2:])
    found = {_DOUBLED.sub(r"\1", each) for each in found} - {said, ""}
    return [f"{each}{SEPARATOR}{vowels}" for each in sorted(found)]


# What it costs to have written one letter for another; a whole letter is 1.
_MARKS = "่้๊๋็์"
_SAME_SOUND = (
    *("ศษสซ", "ณน", "ญย", "ฎด", "ฏต", "ฐถทธฑฒ", "ฬล", "ภพผ", "ฟฝ", "คขฆฅฃ", "ชฉฌ", "หฮ", "ใไ"),
    *("ckq", "sz", "iy"),
)
_ONE_KIND = ("ะาัๅ", "ิีึื", "ุู", "เแ")
_VOWEL_LETTERS = frozenset("ะัาิีึืุูเแโไใำๅaeiouy")


def _change_costs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}

    def put(kinds: tuple[str, ...], cost: float) -> None:
        for kind in kinds:
            for one in kind:
                for other in kind:
                    costs.setdefault((one, other), cost if one != other else 0)

    put((_MARKS,), 0.25)
    put(_SAME_SOUND, 0.3)
    put(_ONE_KIND, 0.4)
    put(("กขคฆ", "ตจชฌซศษสดฎฏถฐทฑฒธ", "นณญรลฬ", "บปผพภฝฟ"), 0.6)
    for pair in beside:
        costs.setdefault(pair, 0.7)
    put(("".join(_VOWEL_LETTERS),), 0.8)
    return costs


_CHANGE = _change_costs()
_EXCHANGED = 0.5
_UNLIKE_ON_PAPER = 0.5  # words that sound alike but look unlike


def distance(one: str, other: str, /) -> float:
    """How far apart two spellings are: 0 for the same, 1 for each letter that no ear or finger explains.

    An edit distance with exchanges (Damerau 1964, "A technique for computer detection and correction
    of spelling errors") whose costs go by sound, by kind of mark and by place on the keyboard.
    """
    written = _edits(one, other)
    if written <= _UNLIKE_ON_PAPER or one.isascii():
        return written
    return min(written, _UNLIKE_ON_PAPER + _edits(_heard(one), _heard(other)))


def _edits(one: str, other: str) -> float:
    left, top = _letter_costs(one), _letter_costs(other)
    above = [0.0]
    for cost in top:
        above.append(above[-1] + cost)
    two_above = above
    for row, letter in enumerate(one):
        here = [above[0] + left[row]]
        for column, against in enumerate(other):
            change = 0 if letter == against else _CHANGE.get((letter, against), 1)
            best = above[column] + change
            if (cost := above[column + 1] + left[row]) < best:
                best = cost
            if (cost := here[column] + top[column]) < best:
                best = cost
            if row and column and letter == other[column - 1] and against == one[row - 1]:
                best = min(best, two_above[column - 1] + _EXCHANGED)
            here.append(best)
        two_above, above = above, here
    return above[-1]


def _letter_costs(word: str) -> list[float]:
    """What each letter of a word costs when it is missing on the other side."""
    costs = []
    before = ""
    for letter, after in zip(word, word[1:] + " ", strict=False):
        if letter in _MARKS or after == "์":
            cost = 0.25
        elif letter == before:
            cost = 0.3
        elif (letter in "รล" and before and before in _CLUSTERED) or (letter == "ห" and after in "งญณนมยรลว"):
            cost = 0.4
        elif letter in "ะั":
            cost = 0.5
        else:
            cost = 0.8 if letter in _VOWEL_LETTERS else 1
        costs.append(cost)
        before = letter
    return costs
