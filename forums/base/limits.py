"""What somebody typed, as it is stored: this is the only place that says 'nothing there' and 'too long'."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import BadText
from forums.text.links import holds_link
from forums.text.shown_names import network_name_problem
from forums.text.thai import clean_line, graphemes, name_key

SHRINKS = 4  # at most so many letters become one when a line is cleaned: a letter and its marks
_HOST = re.compile(r"https?://[^/?#]{1,300}(?:[/?#]|$)", re.IGNORECASE)
_is_link = URLValidator(schemes=["http", "https"])


# Said of names that are kept, and of what is hidden: so nobody learns from it that there is something hidden.
NOT_TO_USE = gettext_lazy("This name cannot be used here. Please choose another.")


class LinkInName(BadText):
    message = gettext_lazy(
        "A name holds no address of a page. If it is none, put a space behind the full stop."
    )


def refuse_link(name: str, *, before: str = "") -> None:
    """Raise LinkInName for a name with a link, which letters would carry; one that stood `before` stays."""
    if name != before and holds_link(name):
        raise LinkInName


def is_kept(name: str) -> bool:
    """Is this a name no network or organisation bears: a reader takes it for the moderators' or the site's own?"""
    return network_name_problem(name) is not None


def fitting(
    text: str, limit: int, *, nothing: str | Promise = "", count: Callable[[str], int] = len
) -> str:
    """A cleaned text, when it fits. Raises BadText for one longer than `limit`, with both numbers, and
    for an empty one where `nothing` has the words for that.
    """
    if not text and nothing:
        raise BadText(nothing)
    if (length := count(text)) > limit:
        raise BadText(too_long(length, limit))
    return text


def too_long(length: int, limit: int) -> str:
    """What is said of a text of so many characters."""
    words = _("This has %(length)d characters; up to %(limit)d, please.")
    return words % {"length": length, "limit": limit}


def read_length(text: str) -> int:
    """What a reader counts, for `fitting` into a column of four times the limit: a heap of marks on few letters counts more."""
    return max(graphemes(text), -(-len(text) // 4))


def fitting_line(line: str, limit: int, *, nothing: str | Promise = "") -> str:
    """A line, cleaned, when it fits. Raises BadText as `fitting` does."""
    line = line.strip()
    if len(line) <= SHRINKS * limit:  # what is still longer is not worth the work
        line = clean_line(line)
    return fitting(line, limit, nothing=nothing)


def fitting_title(title: str, limit: int) -> str:
    """A title, cleaned, when it fits. Raises BadText, for none too."""
    return fitting_line(title, limit, nothing=_("Please give it a title."))


def fitting_name(name: str, limit: int, *, nothing: str | Promise) -> str:
    """A name, cleaned, when it fits and has letters to be found by. Raises BadText."""
    name = clean_line(name)
    return fitting(name if name_key(name).strip("\x01") else "", limit, nothing=nothing)


def fitting_link(address: str, limit: int) -> str:
    """A whole address of the web, when it fits, or nothing. Raises BadText."""
    if address := fitting_line(address, limit):
        try:
            if not _HOST.match(
                address
            ):  # Django looks through the whole of a name before it counts it
                raise ValidationError("")
            _is_link(address)
        except ValidationError as error:
            said = _("This is no whole address of a page. It begins with https://")
            raise BadText(said) from error
    return address
