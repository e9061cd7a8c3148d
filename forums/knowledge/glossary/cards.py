"""The words of a topic and their cards, for pages; and where a word stands in a text. Reads only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet, Window
from django.db.models.functions import DenseRank, RowNumber
from django.utils import timezone

from accounts.references import MemberRef
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import LONG, NETWORK_SHOWN
from forums.groups.networks.references import NetworkRef
from forums.knowledge.glossary.models import MEANING_SHOWN, Meaning, Word
from forums.text import dates
from forums.text.thai import norm

MOST_WORDS = 20  # of a topic
WORDS, CARDS = 8, 3  # a page of words, and of a word there
PAGE = 20  # cards of one word, on a page of its own
HAS_WORDS = "words"  # in what is known of a topic once it was loaded for a page: most have none, and then nothing is asked


@dataclass(frozen=True, slots=True)
class MeaningRow:
    """A network's card, as it is shown now."""

    id: int
    network: NetworkRef
    network_id: int
    slug: str
    body: str
    author: MemberRef
    iso: str
    when: str


@dataclass(slots=True)
class WordRow:
    """A word with what it means to each network, in the order in which they said so."""

    id: int
    term: str
    cards: list[MeaningRow] = field(default_factory=list)
    more: int = 0  # cards that follow


def shown_of(topic: Topic) -> QuerySet[Meaning]:
    """What is shown of a topic's words, of networks that are."""
    return Meaning.objects.filter(
        MEANING_SHOWN.q(), NETWORK_SHOWN.q(path="network__"), word__topic=topic.pk
    )


def words_of(topic: Topic, *, start: int = 0, most: int = WORDS + 1) -> list[WordRow]:
    """Words of a topic that mean something to a network, from the `start`th on a page and one, each with its first
    cards: one query."""
    ranked = _placed(topic).annotate(rank=Window(DenseRank(), order_by="word"))
    return _rows(
        ranked.filter(rank__gt=start, rank__lte=start + most, place__lte=CARDS), last=CARDS
    )


def word_of(topic: Topic, word: int, *, start: int = 0) -> WordRow | None:
    """One word with a page of its cards, from the `start`th on; None where there are none: one query."""
    found = _placed(topic).filter(word=word, place__gt=start, place__lte=start + PAGE)
    return next(iter(_rows(found, last=start + PAGE)), None)


def _placed(topic: Topic) -> Any:
    return shown_of(topic).annotate(
        place=Window(RowNumber(), partition_by="word", order_by="pk"),
        count=Window(Count("pk"), partition_by="word"),
    )


def _rows(placed: Any, *, last: int) -> list[WordRow]:
    found = (
        placed.select_related("word", "network", "author")
        .defer(*(f"network__{name}" for name in LONG))
        .order_by("word_id", "pk")
    )
    now = timezone.now()
    words: dict[int, WordRow] = {}
    for each in found:
        word = words.setdefault(
            each.word_id, WordRow(each.word_id, each.word.term, more=max(0, each.count - last))
        )
        network, author = each.network, each.author
        word.cards.append(
            MeaningRow(
                id=each.pk,
                network=NetworkRef.of(network.name, network.slug, network.colour, network.emblem),
                network_id=network.pk,
                slug=network.slug,
                body=each.body,
                author=MemberRef.of(author.display_name, author.handle, None),
                iso=each.created_at.isoformat(timespec="seconds"),
                when=dates.ago(each.created_at, now),
            )
        )
    return list(words.values())


@dataclass(frozen=True, slots=True)
class WordRef:
    """A word that stands in some text, and where its cards are."""

    term: str
    url: str


def words_in(topic: Topic, *texts: str) -> list[WordRef]:
    """The words of a topic, with cards, that stand in one of these texts: one query, none where it has no words."""
    if not topic.known.get(HAS_WORDS, True):
        return []
    shown = shown_of(topic).values("word")
    named = Word.objects.filter(topic=topic.pk, pk__in=shown).order_by("pk")
    read = [norm(text) for text in texts]
    return [
        WordRef(term, f"/t/{topic.pk}/common/words/?word={pk}")
        for pk, term in named.values_list("pk", "term")
        if any(_stands_in(term, text) for text in read)
    ]


def cards_in(topic: Topic, texts: Iterable[str]) -> list[WordRow]:
    """The same words with their cards: one query; where the topic has no words none, and no text is looked at."""
    if not topic.known.get(HAS_WORDS, True):
        return []
    read = [norm(text) for text in texts]
    return [
        word
        for word in words_of(topic, most=MOST_WORDS)
        if any(_stands_in(word.term, text) for text in read)
    ]


def _stands_in(term: str, text: str) -> bool:
    """Thai puts no space between words, so a part is enough there; a word of Latin letters stands by itself. `text`
    went through `norm`."""
    term = norm(term)
    if not term.isascii():
        return term in text
    return re.search(rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])", text) is not None
