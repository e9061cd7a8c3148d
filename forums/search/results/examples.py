"""What the search page shows of the query language: what to type, and what it does."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.search.query.filters import FILTERS


class Example(NamedTuple):
    typed: str | Promise
    does: Promise


# Each is read by `language.read` as it says, in either language: a test holds it.
EXAMPLES = (
    Example(_('"drinking water"'), _("These words exactly, one right after the other")),
    Example(_("herb*"), _("All words that begin so, from three letters on")),
    Example(_("-flood"), _("Without this word; a minus also stands before all that follows here")),
    *(Example(one.example, one.does) for one in FILTERS.values()),
)
