"""Full-text search in the ORM's form: Django's own would parse a query again that `text.words` has made."""

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Func


class TsQuery(Func):
    """A tsquery built by `forums.text.words` from quoted words only, so no operator is a typist's."""

    template = "(%(expressions)s)::tsquery"
    output_field = SearchQueryField()


class Matches(Func):
    """Does this tsvector hold that tsquery?"""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()
