"""What the search page shows of the query language: what to type, and what it does."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Example(NamedTuple):
    typed: str | Promise
    does: Promise


# Each is read by `language.read` as it says, in either language: a test holds it.
EXAMPLES = (
    Example(_('"drinking water"'), _("These words exactly, one right after the other")),
    Example(_("-flood"), _("Without this word; a minus also stands before all that follows here")),
    Example(_("author:malee"), _("Written by this member; @malee says the same")),
    Example(_('in:"Community health"'), _("In this board, by its name or its address")),
    Example(_("network:canal"), _("From this network, or in its boards")),
    Example(_("tag:rice"), _("With this tag; #rice says the same")),
    Example(_("kind:question"), _("Questions only; also article, news, conversation")),
    Example(_("after:2569-01-31"), _("From this day on; a month (1/2569) or a year is enough")),
    Example(_("before:31/1/2569"), _("Before this day, month or year")),
    Example(_("has:image"), _("With a picture")),
    Example(
        _("is:unanswered"), _("Questions without an accepted answer; is:answered for the others")
    ),
)
