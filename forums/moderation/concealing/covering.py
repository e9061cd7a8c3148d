"""Words of a text covered by marks, and uncovered."""

import re
from collections.abc import Iterable, Mapping

from forums.base.asking_first import not_public
from forums.discussions.posts.models import Post, Revision
from forums.discussions.topics.models import Topic
from forums.moderation.concealing.models import WORDS_LENGTH
from forums.moderation.concealing.spelling import Bare, any_spelling
from forums.text.cleaning import THAI_DIGITS
from forums.text.render import MAX_SOURCE

_DIGIT = "0-9๐-๙０-９"


def replaced(text: str, instead: Mapping[str, str]) -> str:
    """The text with other words in the place of these, the longer first; a number only where it stands whole."""
    if not instead:
        return text
    patterns = "|".join(map(_whole, sorted(instead, key=len, reverse=True)))
    return re.sub(patterns, lambda words: instead[words[0]], text)


def _whole(words: str) -> str:
    before = f"(?<![{_DIGIT}])" if words[0].translate(THAI_DIGITS).isdigit() else ""
    after = f"(?![{_DIGIT}])" if words[-1].translate(THAI_DIGITS).isdigit() else ""
    return f"{before}{re.escape(words)}{after}"


def spelled_in(texts: Iterable[str], words: Iterable[str], *, most: int = 0) -> list[str]:
    """How these words stand in the texts: each way they are written there, once; `most` of them, if it is said."""
    there = [(text, Bare.of(text)) for text in dict.fromkeys(texts) if text]
    spelled: dict[str, None] = {}
    for each in words:
        said = [text for text, bare in there if bare.may_say(each)]
        for text in said:
            found = (match[0] for match in any_spelling(each).finditer(text))
            spelled.update((one, None) for one in found if len(one) <= WORDS_LENGTH)
        if most and len(spelled) >= most:
            break
    return list(spelled)[: most or None]


def found_in_all(texts: Iterable[str]) -> list[str]:
    """What the finder finds in these texts, as it is written in each."""
    found: dict[str, None] = {}
    for text in texts:
        piece = text[:MAX_SOURCE]
        for each in not_public(piece).values():
            found.setdefault(piece[each.start : each.end])
    return list(found)


def texts_of(post: Post, topic: Topic) -> list[str]:
    """What a post says and said; the opening's topic's title too."""
    texts = [post.body]
    if post.number == 0:
        texts.append(topic.title)
    for body, title, reason in _versions(post):
        texts += [body, title, reason]
    return texts


def _versions(post: Post) -> Iterable[tuple[str, str, str]]:
    return Revision.objects.filter(post=post).values_list("body", "title", "reason").iterator()
