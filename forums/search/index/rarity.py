"""How rare words are, and the score that follows from it."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from forums.base.constant_sql import select
from forums.text.lexicon import share
from forums.text.words import quoted

# Posts the rarest words of a question may bring in all: each is looked at. More on a site of more than 280,000 posts, or fewer
# and fewer of the words would be looked for as it grows.
FEW, SHARE, MOST = 350, 1 / 800, 1250
# Posts of everyday Thai that are counted with the site's own: of a few hundred posts alone, chance would
# make a plain word rare. Of a hundred thousand they are not noticed.
PRIOR = 3_000
MOST_RANKED = 8  # words of a question that its answers are ranked by
_KNOWN = "SELECT word, documents FROM forums_searchword WHERE word = ANY(%(words)s) OR word = ''"


# What a question asks with, and is polite with: it says nothing about the answer, which seldom has it.
ASKING = frozenset(
    "อะไร ใคร ไหน ใด อย่างไร ไง ไร ทำไม ไฉน เมื่อไร ไหร่ เท่าไร เท่าใด กี่ ไหม มั้ย มัย ป่าว บ้าง ที่ไหน"
    " ครับ คับ ครับผม ค่ะ คะ จ้ะ จ้า จ๊ะ นะ น่ะ ล่ะ สิ หน่อย เหรอ หรอ"
    " what how why who whom whose when where which".split()
)


def telling(found: Sequence[str]) -> list[str]:
    """The words without those that only ask; all of them, where nothing else is there."""
    return [word for word in found if word not in ASKING] or list(found)


@dataclass(frozen=True, slots=True)
class Rarity:
    """In how many posts each word stands, as it was last counted; a word not counted is in none."""

    documents: dict[str, int]
    posts: int  # how many were counted

    def of(self, word: str) -> float:
        """Weight of a word: ln(1 + (N - n + 0.5) / (n + 0.5)), the inverse document frequency of BM25.

        Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with
        the 1 inside the logarithm that keeps it above 0, as Lucene has it; n and N with those of PRIOR
        posts that would have the word.
        """
        found = self.documents.get(word, 0) + PRIOR * share(word)
        return math.log(1 + max(0, self.posts + PRIOR - found + 0.5) / (found + 0.5))

    def of_all(self, words: Iterable[str]) -> float:
        """In how many posts all the words would stand, had none to do with another."""
        return self.posts * math.prod(self.documents.get(word, 0) / self.posts for word in words)

    def rarest(self, found: Iterable[str], *, few: int = 0, most: int = 6) -> list[str]:
        """The rarest of the words: as many as bring `few` posts in all, at least one, at most `most`.

        Words that are nowhere are left out, unless all are.
        """
        words = sorted(dict.fromkeys(found), key=lambda word: self.documents.get(word, 0))
        there = [word for word in words if self.documents.get(word)]
        kept: list[str] = []
        budget = few or max(FEW, min(MOST, int(self.posts * SHARE)))
        for word in (there or words)[:most]:
            budget -= self.documents.get(word, 0)
            if kept and budget < 0:
                break
            kept.append(word)
        return kept


def rarity(words: Iterable[str]) -> Rarity:
    """One query, whatever is asked. Before anything was counted, everyday Thai alone says how rare a word is."""
    rows = dict(select(_KNOWN, words=list(words)))
    posts = rows.pop("", 0)
    return Rarity(rows, posts or 1)


# Weights of D, C, B and A (names, text, tags and headings, title). Even weights find paragraphs that
# have no title as well as those that have one; docs/search.md has the figures.
WEIGHTS = "{0.3,0.7,0.9,1.0}"
_POWER = 1.5
# What two words add that stand side by side as they were asked: so much of what both say, their geometric mean.
_BESIDE = 0.5


def score(
    column: str,
    words: Sequence[str],
    rare: Rarity,
    *,
    in_order: bool = False,
    begun: Collection[str] = (),
) -> tuple[str, dict[str, object]]:
    """SQL for how well a tsvector answers `words`, and its parameters (w0, r0, …, n0, s0, …).

    (sum over words of rarity^1.5 × ts_rank(w) + sum over neighbours that stand so of half of what both say)
    / (1 + ln(1 + length)): ts_rank of one word is its weight × Σ 1/j² over its occurrences, which flattens as BM25's
    saturation does, and the logarithm of the length keeps long posts from winning by length. The eight rarest words count,
    and their neighbours, where words come `in_order`: what is further into a question changes no order. Of what is `begun`,
    every word counts that begins so.
    """
    kept = sorted(dict.fromkeys(words), key=rare.of, reverse=True)[:MOST_RANKED]
    if not kept:
        return "1::float", {}
    says = {word: round(rare.of(word) ** _POWER, 4) for word in dict.fromkeys(words)}
    lexemes = {word: quoted(word) + ":*" * (word in begun) for word in says}
    values: dict[str, object] = {}
    for place, word in enumerate(kept):
        values |= {f"w{place}": lexemes[word], f"r{place}": says[word]}
    parts = [
        f"%(r{place})s * ts_rank('{WEIGHTS}', {column}, %(w{place})s::tsquery)"
        for place in range(len(kept))
    ]
    for place, pair in enumerate(dict.fromkeys(pairwise(words)) if in_order else ()):
        if not set(kept).isdisjoint(pair):
            row = " <-> ".join(lexemes[word] for word in pair)
            both = _BESIDE * math.sqrt(says[pair[0]] * says[pair[1]])
            values |= {f"n{place}": row, f"s{place}": round(both, 4)}
            parts.append(f"%(s{place})s * ts_match_vq({column}, %(n{place})s::tsquery)::int")
    return f"({' + '.join(parts)}) / (1 + ln(1 + length({column})))", values
