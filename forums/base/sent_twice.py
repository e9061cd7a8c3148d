"""One form filled in once makes one thing, however often it is sent.

A double press, a connection that broke before the answer, and Back in a browser that loads the page anew but
puts the sent text into it again: the same from the same member, shortly after, is the same form. So whoever
makes something holds the maker's lock (`forums.base.rate_limits.one_at_a_time`, or the network's row), looks
`lately` for what it is about to make, and returns that. A key the form carries (`submission`, unique in the
database) says it for ever, and also of what was changed or taken away since.
"""

from datetime import timedelta

from django.db.models import Model, QuerySet
from django.utils import timezone

SENT_TWICE = timedelta(hours=1)


def lately[Made: Model](made: QuerySet[Made]) -> QuerySet[Made]:
    """Of what one member has made (`created_at`), what a form sent again can have become."""
    return made.filter(created_at__gt=timezone.now() - SENT_TWICE)
