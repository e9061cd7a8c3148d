"""What a word sounds like, and how near two spellings are: for "did you mean".

Thai writes one sound with many letters (ส ศ ษ ซ; a final ด ต จ ท ศ), so people err where the ear
cannot help. A skeleton is what the ear keeps. It is coarse: it finds what may be meant, and
`distance` says which of that is meant.
"""

import itertools
import math
import re
from collections.abc import Iterable

from forums.text.keyboard import beside

SEPARATOR = "."  # between the consonants of a skeleton and its vowels
AFTER = "/"  # the next character: `c.` <= s < `c/` are all words with the consonants c
LONGEST = 40  # letters of a word that is ever offered
THAI_SOUNDS, LATIN_SOUNDS = "กตนบหอยวงม", "bdfghjklmnprstvw"  # consonants of skeletons

_VOWELS = "ะัาิีึืุูเแโไใำๅ"
_THAI_WORD = re.compile("[เแโใไ]?[ก-ฮ][ก-ฺเ-๎]*")
_LATIN_WORD = re.compile("[a-z]+")

_CLUSTERS = "(?:(?<=[กขคจซดตทธบปพฟศส])ร|(?<=[กขคบปพฟ])ล)"  # the second of กร ขร … กล …
_HEARD = [
    (re.compile(pattern), put)
    for pattern, put in (
        # Marks that writers leave out or add, and letters nobody hears.
        ("ิย์|(?<=[ก-ฮ])[ตทด]ร์|[ก-ฮ][ิุ]?์|[่้๊๋็ฺํ๎์]", ""),
        ("ฤๅ?", "รึ"),
        ("ฦๅ?", "ลึ"),
        (f"รร(?=[ก-ฮ](?![{_VOWELS}]))", "ั"),  # ธรรม is said ธัม
        ("รร", "ัน"),  # and กรรไกร กันไกร
        ("ห(?=[งญณนมยรลวฬ])|^อ(?=ย[าู])", ""),  # moves the tone only: ไหร่, หนอง, อยู่
        # Many leave out the second of two consonants said together (ประเทศ, วิเคราะห์), others add one;
        (f"{_CLUSTERS}(?=[ะัาิีึืุูำ])|(?<=[เแโใไ].){_CLUSTERS}(?=.)", ""),
        # and the last of บัตร, เพชร and สมัคร is silent.
        (f"(?<=[ัาิีึืุู][กคตทช])ร(?![{_VOWELS}])|(?<=[เแโ][ก-ฮ][กคตทช])ร(?![{_VOWELS}])", ""),
        ("ำ", "ัม"),
        (f"[ใไ]([ก-ฮ])(?:ย(?![{_VOWELS}]))?", r"\1ัย"),  # ไหม is said as มั้ย, ไทย as ทัย
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

    ประเทศ and ประเทส are both "บต.เ". Empty for what has no sound of its own (digits, one letter,
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


def said_alike(one: str, other: str, /) -> bool:
    """Are the consonants that are heard in two lines of one kind, one after the other? สังเกตุ and สังเกต, not เนิน and เดิน."""
    first, second = (
        skeleton("".join(line.split())).partition(SEPARATOR)[0] for line in (one, other)
    )
    return first == second


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
    return [f"{each}{SEPARATOR}{vowels}" for each in sorted(found - {said, ""})]


# What it costs to have written one letter for another; 1 is for what nothing explains.
_MARKS = "่้๊๋็์"
_SAME_SOUND = (
    *("ศษสซ", "ณน", "ญย", "ฎด", "ฏต", "ฐถทธฑฒ", "ฬลร", "ภพผ", "ฟฝ", "คขฆฅฃ", "ชฉฌ", "หฮ", "ใไ"),
    *("ckq", "sz", "iy"),
)
_SAME_AT_THE_END = ("กขคฆ", "ตจชฌซศษสดฎฏถฐทฑฒธ", "นณญรลฬ", "บปผพภฝฟ")
_ONE_KIND = ("ะาัๅ", "ิีึื", "ุู", "เแ")
_VOWEL_LETTERS = _VOWELS + "aeiouy"
_BEFORE_A_VOWEL = 0x1000  # added to the code of a consonant that begins a syllable


def _change_costs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}

    def put(kinds: Iterable[str], cost: float) -> None:
        for kind in kinds:
            for pair in itertools.permutations(kind, 2):
                costs.setdefault(pair, cost)

    put([_MARKS], 0.25)
    put(_SAME_SOUND, 0.3)
    put(_ONE_KIND, 0.4)
    put(_SAME_AT_THE_END, 0.6)
    for pair in beside:
        costs.setdefault(pair, 0.7)
    put([_VOWEL_LETTERS], 0.8)
    for (one, other), cost in list(costs.items()):
        if "ก" <= one <= "ฮ" and "ก" <= other <= "ฮ":
            heads = _head(one), _head(other)
            costs[heads] = 0.9 if cost == 0.6 else cost
            costs[heads[0], other] = costs[one, heads[1]] = cost
    for letter in map(chr, range(ord("ก"), ord("ฮ") + 1)):
        costs[letter, _head(letter)] = costs[_head(letter), letter] = 0
    return costs


def _head(letter: str) -> str:
    return chr(ord(letter) + _BEFORE_A_VOWEL)


_CHANGE = _change_costs()
_EXCHANGED, _MARK_EXCHANGED = 0.5, 0.25
_UNLIKE_ON_PAPER = 0.5  # words that sound alike but look unlike
_SECOND = re.compile(f".{_CLUSTERS}")
_HEAD = re.compile(f"(?<=[เแโใไ])[ก-ฮ]|[ก-ฮ](?=[{_MARKS}]?[ะัาิีึืุูำ])")


class Spelled:
    """A word made ready for `distance`."""

    __slots__ = ("heard", "word", "written")

    def __init__(self, word: str) -> None:
        self.word = word
        self.written = _letters(word)
        self.heard = None if word.isascii() else _letters(_heard(word))


def distance(one: Spelled, other: Spelled, *, within: float = math.inf) -> float:
    """How far apart two spellings are: 0 for the same, 1 for each letter that no ear or finger explains.

    An edit distance with exchanges (Damerau 1964, "A technique for computer detection and correction
    of spelling errors") whose costs go by sound, by kind of mark and by place on the keyboard. Any
    number above `within` may stand for one further away.
    """
    written = _edits(one.written, other.written, within)
    if written <= _UNLIKE_ON_PAPER or one.heard is None or other.heard is None:
        return written
    within = min(written, within) - _UNLIKE_ON_PAPER
    return min(written, _UNLIKE_ON_PAPER + _edits(one.heard, other.heard, within))


type _Letters = tuple[str, list[float]]  # and what each costs when the other side lacks it


def _edits(one: _Letters, other: _Letters, within: float) -> float:
    (letters, missing), (against, added) = one, other
    above = list(itertools.accumulate(added, initial=0.0))
    two_above = above
    before = ""
    for letter, dropped in zip(letters, missing, strict=True):
        last = above[0] + dropped
        here = [last]
        previous = ""
        for column, (facing, cost) in enumerate(zip(against, added, strict=True)):
            best = above[column]
            if letter != facing:
                best += _CHANGE.get((letter, facing), 1)
                if letter == previous and facing == before:
                    swap = _MARK_EXCHANGED if letter in _MARKS or facing in _MARKS else _EXCHANGED
                    best = min(best, two_above[column - 1] + swap)
            if (other_cost := above[column + 1] + dropped) < best:
                best = other_cost
            if (other_cost := last + cost) < best:
                best = other_cost
            here.append(best)
            last, previous = best, facing
        if min(here) > within and min(above) > within:
            return math.inf
        two_above, above, before = above, here, letter
    return above[-1]


def _letters(word: str) -> _Letters:
    costs = []
    before = ""
    for letter, after in zip(word, word[1:] + " ", strict=False):
        if letter in _MARKS or after == "์":
            cost = 0.25
        elif letter == before:
            cost = 0.3
        elif (letter in "รล" and _SECOND.match(before + letter)) or (
            letter == "ห" and after in "งญณนมยรลว"
        ):
            cost = 0.4
        elif letter in "ะั":
            cost = 0.5
        else:
            cost = 0.8 if letter in _VOWEL_LETTERS else 1
        costs.append(cost)
        before = letter
    return _HEAD.sub(lambda match: _head(match[0]), word), costs
