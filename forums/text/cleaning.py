"""Clean text for storing (`clean_line`, `clean_text`) and its key for comparing (`norm`).

Every step is one pass over the text and cannot be made quadratic: patterns that begin with a
repeated class are possessive or guarded by a lookbehind, so no start is tried twice.
"""

import re
import unicodedata

# What a browser draws as nothing: controls, soft hyphen, joiners, bidirectional marks, fillers,
# variation selectors, tags, noncharacters. Line ends and tabs are white space, not invisible.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
)
_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe\u2600-\u27bf"
    "\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_ELEMENT = f"[{_EMOJI}]\ufe0f?[\U0001f3fb-\U0001f3ff]?"
_INVISIBLE_RE = re.compile(
    # An emoji of several code points is kept whole: keycaps, flags of regions, joined families.
    "([0-9#*]\ufe0f?\u20e3|\U0001f3f4[\U000e0020-\U000e007e]{1,10}\U000e007f"
    f"|{_ELEMENT}(?:\u200d{_ELEMENT})*)|[{_INVISIBLE}]+"
)
_HAS_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
SURROGATE = re.compile("[\ud800-\udfff]")
# Printable ASCII and Thai need neither NFC nor a search for invisible characters.
_NOT_PLAIN = re.compile("[^\t\n\x20-\x7e\u0e01-\u0e3a\u0e3f-\u0e5b]")
_TOWER = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# Marks over and under a Thai consonant in the one order they are stored in.
_MARK_CLASSES = ("ฺ", "ุู", "ัิีึื็", "ํ", "่้๊๋", "์", "๎")
_RANK = {mark: rank for rank, marks in enumerate(_MARK_CLASSES) for mark in marks}
_MARKS = "".join(_MARK_CLASSES)
_TONES = "่้๊๋"
_OUT_OF_ORDER = re.compile(
    "|".join(
        f"[{''.join(_MARK_CLASSES[i + 1 :])}][{marks}]"
        for i, marks in enumerate(_MARK_CLASSES[:-1])
    )
    + f"|([{_MARKS}])\\1|ํ[{_MARKS}]*+า|ำ[ำ{_TONES}]|เเ|[\uf700-\uf71a]"
)
_MARK_RUN = re.compile(
    f"([{_MARKS}]++)([าำ]?)(?:([{_MARKS}]++)(?![าำ]))?"
    f"|(?<![าำ{_MARKS}])([าำ])([{_MARKS}]++)(?![าำ])"
)
_SARA_AM_AGAIN = re.compile("ำ{2,}")
# Old Windows fonts kept shifted marks and letters without their foot in the private area;
# text copied from PDF files still brings them.
PRIVATE = str.maketrans(dict(zip(map(chr, range(0xF700, 0xF71B)), "ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู", strict=True)))

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_THAI_DIGIT = re.compile("[๐-๙]")
_JOINERS = re.compile("[\u200d\ufe0f]+")
_ONE_TO_MANY = re.compile(
    "[\ufdfa\ufdfb]"
)  # a phrase in one letter: 18 letters in compatibility form
_SAID_AGAIN = re.compile("(?:ฯลฯ|[ๆฯ])+")
# Three of one consonant meet where words do: แบบบ้าน, ระบบบริการ, ถนนนเรศวร, ยังงง, เนื้อออก. Only at the
# end of what is written together are they one drawn out (มากกก), unless two of them are a word: งง, ออ.
_STRETCHED = re.compile(
    r"([ะาำๅแโใไ])\1+|(?<![ก-๎])(งง)ง{2,}|([ก-ฮ])\3{3,}|(?<=[ก-๎])([ก-ฆจ-ฬฮ])\4\4(?![ก-๎])"
)
# These end in two of one consonant, and keep both when it is drawn out.
_DOUBLED = ("ถนน", "คะแนน", "แดด", "โดด", "แบบ", "ระบบ", "แวว")
_ABBREVIATIONS_OF_ONE_LETTER = {"สสส", "ททท", "ปปป"}
_PIECE = "[เแโใไ]?[ก-ฮ]{1,2}[ิ-ู]?"  # of an abbreviation: พ.ร.บ., มี.ค.
_ABBREVIATION = re.compile(
    rf"(?<![ก-๎.])(?:(?:{_PIECE}\.){{2,}}|(?:{_PIECE}\.)+{_PIECE}(?![ก-๎])\.?)"
)


def clean_line(s: str, /) -> str:
    """One line for storing: a title, a name, a tag. Empty when nothing visible is left.

    Lone surrogates become U+FFFD; NFC; controls, bidirectional and invisible characters go (joiners
    stay inside emoji); Thai marks are put in order (น้ํา and นำ้ become น้ำ, เเ becomes แ); white
    space is collapsed and stripped.
    """
    return " ".join(in_one_form(s).split())


def clean_text(s: str, /) -> str:
    """A body of several lines for storing: as `clean_line`, but white space is left as typed.

    Line ends become \\n; blank lines around the text and space after it go.
    """
    return in_one_form(s).strip("\n").rstrip()


def norm(s: str, /) -> str:
    """The key for searching and for uniqueness; never shown. norm(norm(s)) == norm(s).

    Over `clean_line`: compatibility forms (full width, ligatures), letter case, Thai digits as 0-9,
    letters stretched for effect (มากกกก), ๆ and ฯ out, dots of abbreviations out (พ.ร.บ. is พรบ).
    """
    s = clean_line(s)
    if _NOT_PLAIN.search(s):
        s = _fold(s)
    s = s.lower()
    if _THAI_DIGIT.search(s):  # `translate` alone would take as long as all the rest
        s = s.translate(THAI_DIGITS)
    if not s.isascii():
        s = _SAID_AGAIN.sub(" ", s)
        s = _STRETCHED.sub(_once, s)
        if "." in s:
            s = _ABBREVIATION.sub(_without_dots, s)
            s = _STRETCHED.sub(_once, s)
    return " ".join(s.split())


def strip_invisible(s: str, /) -> str:
    """Drop what is drawn as nothing; an emoji of several code points is kept whole."""
    if _HAS_INVISIBLE.search(s):
        s = _INVISIBLE_RE.sub(_keep_emoji, s)
    return s


def valid_unicode(s: str, /) -> str:
    """Join surrogate pairs, and put U+FFFD for a lone half: such text cannot be encoded."""
    if SURROGATE.search(s):
        s = s.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return s


def in_one_form(s: str, /) -> str:
    """What is drawn alike, written alike: marks in order, NFC, nothing invisible. White space stays.

    Digits, letter case and compatibility forms stay as well: `norm` folds those.
    """
    plain = not _NOT_PLAIN.search(s)
    if not plain:
        s = _LINE_END.sub("\n", valid_unicode(s))
        s = unicodedata.normalize("NFC", strip_invisible(s))
        s = _TOWER.sub(r"\1", s)
    if _OUT_OF_ORDER.search(s):
        s = s.translate(PRIVATE)
        for _ in range(4):  # one pass is enough for anything a person types
            before, s = s, _SARA_AM_AGAIN.sub("ำ", s.replace("เเ", "แ"))
            s = unicodedata.normalize("NFC", _MARK_RUN.sub(_in_order, s))
            if s == before or (plain and not _OUT_OF_ORDER.search(s)):
                break
    return s


def _keep_emoji(match: re.Match[str]) -> str:
    return match[1] or ""


def _in_order(match: re.Match[str]) -> str:
    """One run of Thai marks, with the vowel after it: each mark once, in the stored order."""
    before = match[1] or ""
    after = match[3] or match[5] or ""
    if len(before) <= 1 and not after and before != "ํ":
        return match[0]  # nothing to put in order: nearly every time
    vowel = match[2] or match[4] or ""
    marks = set(before)
    if vowel == "า" and "ํ" in marks:  # NIKHAHIT + SARA AA is how NFKC and some keyboards spell ำ
        marks.discard("ํ")
        vowel = "ำ"
    rest = set(after)
    if vowel == "ำ":  # นำ้ for น้ำ
        tones = {mark for mark in rest if mark in _TONES}
        marks |= tones
        rest -= tones
    return _sorted(marks) + vowel + _sorted(rest)


def _sorted(marks: set[str]) -> str:
    if len(marks) < 2:
        return "".join(marks)
    return "".join(sorted(marks, key=lambda mark: (_RANK[mark], mark)))


def _fold(s: str) -> str:
    """Compatibility forms and case of what is not plain. NFKC would split ำ, so it is kept out of it."""
    s = _ONE_TO_MANY.sub(" ", _JOINERS.sub("", s))
    return clean_line("ำ".join(map(_fold_part, s.split("ำ"))))


def _fold_part(s: str) -> str:
    for _ in range(2):
        s = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", s).casefold())
    return s


def _once(match: re.Match[str]) -> str:
    """The letter that was drawn out, once; twice where the word has it twice."""
    if match[2] or match[0] in _ABBREVIATIONS_OF_ONE_LETTER:
        return match[2] or match[0]
    twice = match.string.endswith(_DOUBLED, 0, match.start() + 2)
    return match[0][: 1 + twice]


def _without_dots(match: re.Match[str]) -> str:
    # The space keeps what follows apart, so that a second pass finds nothing new to join.
    return match[0].replace(".", "") + " "
