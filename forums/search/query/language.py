"""What somebody asks for, read from the one line she typed. Nothing here looks into the database.

Nothing is refused: what cannot be read as it was meant is taken as words, and said so. Every step
goes over the line once, and of the line no more than `MAX_LENGTH` characters are read.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from forums.search.query.filters import FILTERS, KEYS
from forums.text.thai import clean_line, norm, truncate, within, words

MAX_LENGTH = 200  # characters of a line that are read
MAX_TERMS = 12
MAX_FILTERS = 12
_LOOKED_AT = (
    MAX_LENGTH * 10
)  # of what was typed: the rest is cut off before anything is done with it
LEAST_BEGUN = 3  # letters before a star: fewer begin half of all words
_SAID = 40  # characters of what was typed that a notice repeats


@dataclass(frozen=True, slots=True)
class Term:
    """Words to be found in a row: what stood between spaces, or between quotation marks."""

    text: str
    exact: bool = False  # it stood in quotation marks
    excluded: bool = False  # -not
    begun: bool = False  # สมุน*: any words that begin so


@dataclass(frozen=True, slots=True)
class Filter:
    """`name` is one of `FILTERS`; `value` as that reads it, to be looked up by `asking`; `typed` as it stood."""

    name: str
    value: str
    typed: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A line read: what to find, what to hold it against, and what was read otherwise than it was typed."""

    terms: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    notices: tuple[str, ...] = ()  # sentences for the reader; they hold what she typed

    @property
    def words(self) -> str:
        """The words somebody looks for, without filters and without what she wants left out."""
        return words_of(self.terms)


@dataclass(frozen=True, slots=True)
class Question:
    """A line whose filters were looked up: everything `find` goes by.

    `wanted` and `without` (-in:, -author:, -tag: …) have what each filter asks for, by its name: ids
    of what the reader may see, or values.
    """

    terms: tuple[Term, ...] = ()
    wanted: Mapping[str, tuple[int | str, ...]] = field(default_factory=dict)
    without: Mapping[str, tuple[int | str, ...]] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is asked: neither words nor filters."""
        return self == Question(notices=self.notices)


def words_of(terms: Iterable[Term]) -> str:
    """The terms in one line, without those that are left out."""
    return " ".join(term.text for term in terms if not term.excluded)


def read(line: str) -> SearchLine:
    """Read a line. Never raises, whatever the text is."""
    return _Reader(line).read()


def said(typed: str) -> str:
    """What was typed, short enough to be repeated in a notice."""
    return truncate(typed, _SAID)


def only_terms() -> str:
    """That there were too many words."""
    return _("Only the first %(n)d words are looked for.") % {"n": MAX_TERMS}


def only_filters() -> str:
    """That there were too many filters."""
    return _("Only the first %(n)d filters are used.") % {"n": MAX_FILTERS}


def _half_a_pair() -> str:
    return _("A quotation mark has no partner, so the words after it were taken one by one.")


# Typed on one keyboard or another, and meant alike.
_ALIKE = str.maketrans("“”„‟«»＂：＃＠", '"""""""' + ":#@")
_NOT = re.compile(r"[-‐‑‒–—−－](?=[^\s\-‐‑‒–—−－])")
_PHRASE = re.compile(r'"([^"]*)"')
_SIGN = re.compile(r'([#@])([^\s"#@]*[^\W\d_][^\s"#@]*)')  # with a letter: "#1" is a number
_KEY = re.compile(r'([^\s":#@]{1,30}):')
# Behind the colon: a phrase, or what stands up to the next space. A space before it is forgiven,
# unless what follows is something else: another filter, -not, #tag.
_VALUE = re.compile(r' ?"([^"]*)"|"?([^\s"]+)| (?![-‐‑‒–—−－#@])([^\s":]+)(?!\S)')
_LONG_DATE = re.compile(r' ?((?:\d{1,2} )?[^\W\d_][^\s\d":]{0,14} \d{4})(?![^\s,;])')
_WORD = re.compile(r'[^\s"]+')
_BEGUN = re.compile(r"([^*]+)\*")
# What looks like a filter and is none. Addresses (http://…) and times (10:30) do not look like one.
_LIKE_A_KEY = re.compile(r'([^\W\d_][^\s\d":/.\\]{1,19}):(?=[^\W\d_]|")')


class _Reader:
    """One pass over a line; `place` is where the next part begins."""

    def __init__(self, line: str) -> None:
        self.terms: dict[Term, None] = {}
        self.filters: dict[Filter, None] = {}
        self.notices: dict[str, None] = {}
        text = clean_line(line[:_LOOKED_AT])
        self.text = within(text, MAX_LENGTH).translate(_ALIKE).replace("''", '"')
        self.place = 0
        if len(text) > MAX_LENGTH or line[_LOOKED_AT:].strip():
            self._say(_("Only the first %(n)d characters are read.") % {"n": MAX_LENGTH})

    def read(self) -> SearchLine:
        while self.place < len(self.text):
            if self.text[self.place].isspace():
                self.place += 1
            else:
                self._part()
        return SearchLine(tuple(self.terms), tuple(self.filters), tuple(self.notices))

    def _part(self) -> None:
        start = self.place
        excluded = bool(self._take(_NOT))
        if self.text[self.place] == '"':
            self._quote(excluded)
        elif not (self._sign(start, excluded) or self._key(start, excluded)):
            word = self._take(_WORD)
            assert word is not None  # noqa: S101 - neither a space nor a quotation mark is here
            if key := _LIKE_A_KEY.match(self.text, word.start()):
                self._say(
                    _("“%(key)s:” is not a filter, so it was taken as words.")
                    % {"key": said(key[1])}
                )
            self._term(word[0], excluded=excluded, begun=self._is_begun(word[0]))

    def _is_begun(self, word: str) -> bool:
        """word*: one star, and behind it. Others are a list's, or bold letters'."""
        if not (found := _BEGUN.fullmatch(word)) or not words(found[1]):
            return False
        if sum(map(len, words(found[1]))) < LEAST_BEGUN:
            self._say(
                _("“%(part)s” is too short: at least %(n)d letters stand before a star.")
                % {"part": said(word), "n": LEAST_BEGUN}
            )
            return False
        return True

    def _quote(self, excluded: bool) -> None:
        if phrase := self._take(_PHRASE, but=self._inch()):
            self._term(phrase[1], exact=True, excluded=excluded)
            return
        if not self._inch():
            self._say(_half_a_pair())
        self.place += 1

    def _inch(self) -> bool:
        """Does the mark stand for inches (24") rather than begin a phrase?"""
        return self.text[self.place - 1 : self.place].isdigit()

    def _sign(self, start: int, excluded: bool) -> bool:
        """#tag, @handle."""
        if not (found := self._take(_SIGN)):
            return False
        self._filter("tag" if found[1] == "#" else "author", found[2], start, excluded)
        return True

    def _key(self, start: int, excluded: bool) -> bool:
        """key:value. The key is one of ours, or this is no filter."""
        key = _KEY.match(self.text, self.place)
        name = KEYS.get(norm(key[1])) if key else None
        if not key or not name:
            return False
        self.place = key.end()
        long = _LONG_DATE.match(self.text, self.place) if FILTERS[name].is_day else None
        if long and FILTERS[name].read(long[1]):
            self.place = long.end()
            self._filter(name, long[1], start, excluded)
            return True
        if value := self._take(_VALUE):
            if value[1] is None and '"' in value[0]:
                self._say(_half_a_pair())
            typed = next(part for part in value.groups() if part is not None)
            self._filter(name, typed, start, excluded, exact=value[1] is not None)
            return True
        self._say(
            _("Nothing stands behind “%(key)s:”, so it was taken as a word.") % {"key": key[1]}
        )
        self._term(key[1], excluded=excluded)
        return True

    def _filter(
        self, name: str, typed: str, start: int, excluded: bool, *, exact: bool = False
    ) -> None:
        typed = typed.strip(" ,;")
        whole = self.text[start : self.place]
        if not (value := FILTERS[name].read(typed)):
            self._say(
                (
                    _("“%(part)s” names no day, so it was taken as words. Write it like 31/1/2569.")
                    if FILTERS[name].is_day
                    else _("“%(part)s” is not understood, so it was taken as words.")
                )
                % {"part": said(whole)}
            )
            self._term(typed, exact=exact, excluded=excluded)
            return
        one = Filter(name, value, whole, excluded)
        if one in self.filters or len(self.filters) < MAX_FILTERS:
            self.filters[one] = None
        else:
            self._say(only_filters())

    def _term(
        self, text: str, *, exact: bool = False, excluded: bool = False, begun: bool = False
    ) -> None:
        term = Term(text.strip().rstrip("*") if begun else text.strip(), exact, excluded, begun)
        if term in self.terms or not words(text):  # signs and marks alone find nothing
            return
        if len(self.terms) < MAX_TERMS:
            self.terms[term] = None
        else:
            self._say(only_terms())

    def _take(self, pattern: re.Pattern[str], *, but: bool = False) -> re.Match[str] | None:
        """What of this kind begins here, gone past; unless `but`."""
        found = None if but else pattern.match(self.text, self.place)
        if found:
            self.place = found.end()
        return found

    def _say(self, sentence: str) -> None:
        self.notices[sentence] = None
