"""From a question to the posts that answer it: what stands there as asked, then what comes near.

1. *Matches*: every term stands there as words of its own (`text.pairs.as_words`). Where no post has
   it so, the same letters count wherever they stand: names are cut one way alone and another way in
   a sentence. Where nobody wrote even those, the nearest spelling is looked for instead, and said;
   where few did and many more write a long word as it sounds, that is looked for as well (สังเกตุ).
2. *Inside other words*: fewer than `FEW_MATCHES`, so the same letters inside longer words as well.
3. *Partial*: some of the words, the rare ones first: what answers a whole question.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

from django.db import OperationalError, connections, transaction

from forums.base.reading_from import reading_alias
from forums.search.index.rarity import rarity, score, telling
from forums.search.query.language import Question, Term
from forums.search.results import statements
from forums.search.results.did_you_mean import is_a_slip, spellings
from forums.search.results.statements import MOST, Among, EntryMatch, Hit, Ranked
from forums.search.results.wanted import Wanted, cut
from forums.text.cleaning import norm
from forums.text.clusters import is_thai, words_of
from forums.text.lexicon import is_often_written
from forums.text.pairs import SURE, as_words, inside, loosely
from forums.text.spelling import Spelled, distance, said_alike
from forums.text.words import quoted, tsquery_any
from roypalang.measuring import search_capped

FEW_MATCHES = 20  # fewer, and what comes near is looked for as well
# Fewer, and other spellings are offered; instead of none, the likeliest is taken.
MAY_BE_MISSPELLED = 5
# What was typed is known from so many times in the lexicon, or so many posts of the site: then no word of another
# sound is meant. As one word that is known well only a mark more or less may be.
KNOWN, KNOWN_WELL = (3, MAY_BE_MISSPELLED), (20, 20)
MANY_MORE = 4  # times as many posts in all, and what sounds alike is looked for as well
_A_MARK = 0.3  # as `distance` counts
MOST_NEAR = 60  # of what comes near is shown
MILLISECONDS = 300  # for one statement
SECONDS = 0.6  # for all of them; a statement has what is left of it
# Where the time was up and nothing was found: for a statement that looks among the newest, and for all.
MILLISECONDS_MORE = 150
SECONDS_WITH_MORE = 0.9
_TIMED_OUT = "57014"  # query_canceled
_LONGEST_MISSPELLED = 25  # characters; a longer line is a question, and answered word by word


@dataclass(slots=True)
class Found:
    """What a question found. Hits are best first (or newest, as asked), each post in one list only."""

    matches: list[Hit] = field(default_factory=list)  # at most MOST
    inside: list[Hit] = field(default_factory=list)
    partial: list[Hit] = field(default_factory=list)
    more: bool = False  # there are more than MOST matches
    only_newest: bool = False  # nearly everywhere: only the newest posts were looked at
    too_slow: bool = False  # the time was up before all was looked at
    corrected: str = ""  # the spelling that was looked for, because what was typed is nowhere
    also: str = (
        ""  # another spelling that was looked for beside what was typed, because many more write so
    )
    spellings: list[str] = field(default_factory=list)  # near ones, to choose from
    terms: tuple[Term, ...] = ()  # what is to be marked in passages
    # The same in `partial`: the words that brought it in, and how much each says.
    words: dict[str, float] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        return bool(self.matches or self.inside or self.partial)


class _TimeIsUp(Exception):
    """What was found by now is all there will be."""


def find(question: Question, *, member: Any, newest_first: bool = False) -> Found:
    """Look for `question` among what `member` may read."""
    found = Found(terms=question.terms)
    among = Among(question, member)
    wanted = [one for term in question.terms if (one := cut(term)).row]
    if any(not one.term.excluded for one in wanted):
        search = _Search(found, among, wanted, newest_first)
        _in_time(found, search.run)
        if found.too_slow and not found.any:
            search.look_among_the_newest()
    elif among.narrowed:
        _in_time(found, partial(_newest, found, among))
    found.more = len(found.matches) > MOST
    del found.matches[MOST:]
    for by, capped in (
        ("time", found.too_slow),
        ("newest", found.only_newest),
        ("most", found.more),
    ):
        if capped:
            search_capped(by)
    return found


def _in_time(found: Found, look: Callable[[], Any], milliseconds: int | None = None) -> None:
    """Look until the time is up: what was found by then stays, and `too_slow` says so."""
    try:
        with _limited(milliseconds or MILLISECONDS):
            look()
    except _TimeIsUp:
        found.too_slow = True
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _TIMED_OUT:
            raise
        found.too_slow = True


def _newest(found: Found, among: Among) -> None:
    found.matches = statements.newest(among=among)


class _Search:
    def __init__(
        self, found: Found, among: Among, wanted: Sequence[Wanted], newest_first: bool
    ) -> None:
        self.found, self.among, self.newest_first = found, among, newest_first
        self.began = monotonic()
        self.only_newest = False
        self._take(wanted)

    def _take(self, wanted: Sequence[Wanted]) -> None:
        self.asked = [one for one in wanted if not one.term.excluded]
        self.unwanted = [one for one in wanted if one.term.excluded]
        self.words = [word for one in self.asked for word in one.words]
        self.rare = rarity(self.words)
        self.often = self._often()
        self._order_by(telling(self.words))

    def _order_by(self, told: Sequence[str]) -> None:
        open_words = {one.words[-1] for one in self.asked if one.term.begun}
        by_score, values = score("m.words", told, self.rare, in_order=True, begun=open_words)
        in_title = " & ".join(
            f"{quoted(word)}:{'*' * (word in open_words)}A" for word in dict.fromkeys(told)
        )
        self.order = Ranked(by_score, values, in_title)

    def run(self) -> None:
        """Look for all there is, the surest first."""
        found = self.found
        if self._look_for_matches():
            return
        if len(found.matches) < FEW_MATCHES:
            self._look_inside()
        if len(found.matches) < MAY_BE_MISSPELLED:
            self._spell()
        if found.corrected or len(found.matches) >= FEW_MATCHES:
            return
        if not found.matches or len(self.asked) > 1:
            self._look_for_some()

    def look_among_the_newest(self) -> None:
        """The time was up too soon: the same again, among the newest posts only, or some the filters leave.

        What one of them is too slow for, another may find.
        """
        self.only_newest = self.found.only_newest = True
        looks = (self._look_for_matches, self._look_inside, self._spell, self._look_for_some)
        for look in looks:
            if not self.found.any:
                _in_time(self.found, look, MILLISECONDS_MORE)

    def _newest(self, match: EntryMatch) -> list[Hit]:
        hits: list[Hit]
        if not self.among.can_start:
            return self._hits(statements.among_newest, match)
        how = partial(statements.from_filters, looked_at=statements.NEWEST // 4)
        hits, _whole = self._hits(how, match)
        return hits

    def _look_for_matches(self) -> bool:
        """In full; of what may be in very many posts the newest; with filters first among some of those they leave, and in
        full where that brings little.

        True: a word that is nearly everywhere stands in nothing more of what the filters leave.
        """
        found = self.found
        if self.only_newest:
            found.matches = self._newest(self._by_words())
            return False
        if self.often > statements.OFTEN and not self.among.narrowed:
            match = self._by_words_or_pairs()
            # By the index all of them are gathered; from the newest on, so many posts are passed by as hold what is ranked.
            soon = match.column == "words" and self.often > MOST * self.rare.posts / self.often
            how = statements.from_the_newest_on if soon else statements.newest_by_index
            found.matches = self._hits(how, match)
            if len(found.matches) >= FEW_MATCHES:
                return False
        elif self.often > statements.OFTEN:
            found.matches, whole = self._among_some(self._by_words(), self.often)
            found.only_newest = not whole and len(found.matches) <= MOST
            if whole or len(found.matches) >= FEW_MATCHES:
                return whole and len(self.asked) == 1
        # Of more than are ranked those as kept are enough: the same letters cut otherwise would come after them.
        enough = self.often > statements.LOOKED_AT and not self.among.narrowed
        match = self._by_words_or_pairs() if enough else self._by_pairs(as_words)
        everything = self._by_index(match, self.often)
        if len(everything) >= len(found.matches):
            found.matches, found.only_newest = everything, False
        return False

    def _by_index(self, match: EntryMatch, often: float) -> list[Hit]:
        """Every post that answers; the newest, where they are more than can be ranked."""
        if self.only_newest:
            return self._newest(match)
        hits: list[Hit] = []
        if often > statements.LOOKED_AT and not self.among.narrowed:
            hits = self._hits(statements.newest_by_index, match)
        if len(hits) < FEW_MATCHES:
            hits = self._hits(statements.by_index, match)
        return hits

    def _among_some(self, match: EntryMatch, often: float) -> tuple[list[Hit], bool]:
        """What answers among the posts the filters leave, else among the newest; and whether those are all.

        It is in `often` posts; of those the filters leave, as many are looked at as should hold all that a page counts.
        """
        if not self.among.can_start:
            return self._hits(statements.among_newest, match), False
        expected = statements.NEWEST * often / self.rare.posts
        looked_at = statements.NEWEST if expected > MOST else statements.FURTHEST
        how = partial(statements.from_filters, looked_at=looked_at)
        hits, whole = self._hits(how, match)
        return hits, whole

    def _hits(self, how: Any, match: EntryMatch) -> Any:
        self._hold_time()
        return how(match, among=self.among, order=self.order, newest_first=self.newest_first)

    def _hold_time(self, *, statements: int = 1) -> None:
        """So many statements follow: they may take what is left. Raises _TimeIsUp where nothing is."""
        each, in_all = (
            (MILLISECONDS_MORE, SECONDS_WITH_MORE) if self.only_newest else (MILLISECONDS, SECONDS)
        )
        left = int((self.began + in_all - monotonic()) * 1000 / statements)
        if left <= 0:
            raise _TimeIsUp
        if left < each:
            _limit(left)

    def _often(self) -> float:
        """How many posts may have all the terms: as if they were strewn at random, eightfold."""
        posts = self.rare.posts
        expected, least = float(posts), float(posts)
        for one in self.asked:
            rarest = min(self.rare.documents.get(word, 0) for word in one.words)
            expected *= rarest / posts
            least = min(least, rarest)
        return min(least, expected * 8)

    def _by_pairs(self, how: Any) -> EntryMatch:
        wanted = " & ".join(one.stands(how) for one in self.asked)
        query = " & ".join([wanted, *(f"!{one.stands()}" for one in self.unwanted)])
        alone = loosely(wanted)
        return EntryMatch("pairs", query, alone if alone != query else "")

    def _by_words(self) -> EntryMatch:
        return EntryMatch("words", " & ".join(self._phrases(self.asked)))

    def _by_words_or_pairs(self) -> EntryMatch:
        """A word by itself as it is kept; several in a row by pairs, which know them however they were cut, and sooner."""
        if all(len(one.words) == 1 for one in self.asked):
            return self._by_words()
        return self._by_pairs(as_words)

    def _phrases(self, asked: Sequence[Wanted]) -> list[str]:
        """The words of each term in a row, and none of what is not wanted."""
        return [one.in_a_row for one in asked] + [f"!{one.in_a_row}" for one in self.unwanted]

    def _look_inside(self) -> None:
        found = self.found
        sure = all(len(one.row) >= SURE and is_thai(one.row[-1].text) for one in self.asked)
        if sure and not self.only_newest:
            return  # those were found wherever they stand
        if not found.matches:
            found.matches = self._by_index(self._by_pairs(inside), 0)
            return
        if any(len(one.row) == 1 and is_thai(one.row[0].text) for one in self.asked):
            return  # of one cluster there is no end inside other words
        there = statements.ids(found.matches)
        hits = self._hits(statements.by_index, self._by_pairs(inside))
        found.inside = [hit for hit in hits if hit.post_id not in there][:MOST_NEAR]

    def _spell(self) -> None:
        """Nearest spellings; where nobody wrote what was typed, the likeliest is looked for instead."""
        found = self.found
        typed = " ".join(one.term.text for one in self.asked)
        if len(typed) > _LONGEST_MISSPELLED:
            return
        written = list(words_of(cluster for one in self.asked for cluster in one.row))
        if found.matches and all(map(is_often_written, written)):
            return
        self._hold_time(statements=2)
        may_be = self._spelled_so(typed, written) if found.matches else None
        found.spellings = spellings(
            typed, found=lambda line: (not may_be or may_be(line)) and self._is_there(line)
        )
        if not found.spellings:
            return
        if found.matches:
            if self._is_likely(typed, found.spellings[0]):
                self._look_for_both(found.spellings[0])
            return
        found.corrected, *found.spellings = found.spellings
        found.terms = tuple(map(Term, found.corrected.split()))
        self._take([*map(cut, found.terms), *self.unwanted])
        self._look_for_matches()

    def _is_likely(self, typed: str, line: str) -> bool:
        """Was one word typed that is a slip of `line`?"""
        if len(self.asked) > 1 or self.asked[0].term.exact or self.asked[0].term.begun:
            return False
        return is_a_slip(norm(typed), line)

    def _look_for_both(self, line: str) -> None:
        """What was typed and, where many more wrote it so, what it sounds like."""
        found = self.found
        other = [cut(Term(text)) for text in line.split()]
        typed = self._by_pairs(as_words)
        sounds = " & ".join(one.stands() for one in other)
        theirs = " & ".join([sounds, *(f"!{one.stands()}" for one in self.unwanted)])
        words = [word for one in other for word in one.words]
        self.rare = rarity([*self.words, *words])
        self._order_by(telling([*self.words, *words]))
        often = min(self.rare.documents.get(word, 0) for word in words)
        either = f"({typed.loosely or typed.query}) | ({loosely(sounds)})"
        match = EntryMatch("pairs", f"({typed.query}) | ({theirs})", loosely=either)
        both = self._by_index(match, often)
        if len(both) > MANY_MORE * len(found.matches):
            found.matches, found.also = both, line
            found.terms += tuple(one.term for one in other)
            del found.spellings[0]

    def _spelled_so(self, typed: str, written: Sequence[str]) -> Callable[[str], bool] | None:
        """How near another spelling must be to what stands there as it was typed; None: as any must."""
        if len(written) == 1 and self._is_known(written[0], *KNOWN_WELL):
            near = Spelled(written[0])
            return lambda line: distance(near, Spelled(line), within=_A_MARK) <= _A_MARK
        if all(self._is_known(word, *KNOWN) for word in written):
            return partial(said_alike, norm(typed))
        return None

    def _is_known(self, word: str, times: int, posts: int) -> bool:
        return is_often_written(word, times) or self.rare.documents.get(word, 0) >= posts

    def _is_there(self, line: str) -> bool:
        """May this reader read a post that answers `line`, as it stands?"""
        wanted = [cut(Term(text)) for text in line.split()]
        query = " & ".join(as_words(one.row) for one in wanted if one.row)
        if self.only_newest:
            return bool(query) and bool(self._newest(EntryMatch("pairs", query)))
        self._hold_time()
        return bool(query) and statements.is_there(query, among=self.among)

    def _look_for_some(self) -> None:
        found = self.found
        exact = [one for one in self.asked if one.term.exact]
        loose = [word for one in self.asked if not one.term.exact for word in one.words]
        rarest = self.rare.rarest(telling(loose))
        if not rarest or len(set(self.words)) < 2:
            return
        query = EntryMatch("words", " & ".join([f"({tsquery_any(rarest)})", *self._phrases(exact)]))
        often = sum(self.rare.documents.get(word, 0) for word in rarest)
        says = {word: self.rare.of(word) + 1 for word in rarest}
        found.words = {one.term.text: max(says.values()) for one in exact} | says
        there = statements.ids(found.matches) | statements.ids(found.inside)
        if often > statements.OFTEN and not self.only_newest:
            hits, whole = self._among_some(query, often)
            found.partial = [hit for hit in hits if hit.post_id not in there][:MOST_NEAR]
            if whole or len(found.partial) >= FEW_MATCHES:
                return
        hits = self._by_index(query, often)
        found.partial = [hit for hit in hits if hit.post_id not in there][:MOST_NEAR]


def _limit(milliseconds: int | str) -> None:
    """No statement of this transaction may take longer from now on."""
    with connections[reading_alias()].cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {milliseconds}")


@contextmanager
def _limited(milliseconds: int) -> Iterator[None]:
    """No statement in here may take longer of the server's time."""
    alias = reading_alias()
    with transaction.atomic(using=alias):
        _limit(milliseconds)
        yield
        if connections[alias].savepoint_ids:  # inside another transaction, as tests are
            _limit("DEFAULT")
