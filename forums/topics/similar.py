"""Topics whose titles share words with what somebody types. Reads only."""

from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, FloatField, Func, Value

from forums.text.thai import tsquery_any, words
from forums.topics.models import Topic, TopicQuerySet

MIN_LENGTH = 6  # characters, before a title says what it is about
MANY = 300  # newest matches that are ranked


class TsQuery(Func):
    """A tsquery built by `forums.text.thai` from quoted words only, so no operator is a reader's."""

    template = "(%(expressions)s)::tsquery"
    output_field = SearchQueryField()


class Matches(Func):
    """Does this tsvector hold that tsquery? Django's own lookup would parse the query again."""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


class _Rank(Func):
    """ts_rank with division by 1 + log(length): of the ranks PostgreSQL has, the best for OR
    queries in what was measured before this was built."""

    function = "ts_rank"
    template = "%(function)s(%(expressions)s, 1)"
    output_field = FloatField()


def by_title(text: str, *, topics: TopicQuerySet) -> TopicQuerySet:
    """`topics` whose titles hold some word of `text`, best first; none for a text without words."""
    found = words(text)[:24]
    if not found:
        return topics.none().annotate(rank=Value(0.0))
    query = TsQuery(Value(tsquery_any(found)))
    newest = (
        Topic.objects.filter(Matches(F("title_words"), query)).order_by("-pk").values("pk")[:MANY]
    )
    return (
        topics.filter(pk__in=newest)
        .annotate(rank=_Rank(F("title_words"), query))
        .order_by("-rank", "-pk")
    )


def similar_topics(title: str, *, member: Any, limit: int = 5) -> list[dict[str, str]]:
    """Up to five topics `member` may read whose titles come near `title`."""
    if len(title.strip()) < MIN_LENGTH:
        return []
    topics = by_title(title, topics=Topic.objects.visible_to(member).listed())
    return [
        {"title": topic.title, "url": topic.get_absolute_url(), "board": topic.board.name}
        for topic in topics.filter(rank__gt=0.02).select_related("board")[  # type: ignore[misc]
            :limit
        ]
    ]
