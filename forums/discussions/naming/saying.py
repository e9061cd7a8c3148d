"""What a writer is told of those her text was to name, and does not."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from forums.discussions.naming.finding import MOST_IN_GROUP
from forums.text.render import MOST_NAMED, Rendered

LISTED = 5  # names that are said; a message travels in a cookie


def say_untold(request: HttpRequest, html: Rendered | None) -> None:
    """Say whom the text that was just sent does not name, being too many; and that its links are plain text for now."""
    if html is None:
        return
    if html.unlinked:
        said = _(
            "The links in your first texts are plain text until a moderator has been here, or you have been for a while."
        )
        messages.info(request, said)
    if html.unnamed:
        listed = " ".join(html.unnamed[:LISTED]) + (" …" if len(html.unnamed) > LISTED else "")
        said = _(
            "One text tells the first %(most)d people it names. These were not told: %(names)s"
        )
        messages.warning(request, said % {"most": MOST_NAMED, "names": listed})
    for group in html.named:
        if group.is_crowd:
            said = _("“%(network)s” has more than %(most)d members: naming it tells nobody.")
            messages.warning(request, said % {"network": group.group, "most": MOST_IN_GROUP})
