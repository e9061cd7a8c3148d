"""A term of a question, cut once: into words for ranking, into clusters for finding."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from forums.search.query.language import Term
from forums.text.clusters import Cluster, clusters_of
from forums.text.pairs import as_words, begun
from forums.text.words import runs, tsquery_phrase


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a term stands in the index."""

    term: Term
    words: list[str]
    row: list[Cluster]

    def stands(self, how: Callable[[Sequence[Cluster]], str] = as_words) -> str:
        """Text for a tsquery over pairs: the term stands there; `how`, but for what is only begun."""
        return begun(self.row) if self.term.begun else how(self.row)

    @property
    def in_a_row(self) -> str:
        """The same over words."""
        return f"({tsquery_phrase(self.words)}{':*' * self.term.begun})"


def cut(term: Term) -> Wanted:
    """The words and the clusters of a term; of signs alone there are none."""
    found = runs(term.text)
    return Wanted(term, [word for run in found for word in run], clusters_of(found))
