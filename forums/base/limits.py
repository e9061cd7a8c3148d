"""A line somebody typed: cleaned and measured, or refused with words."""

from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.text.thai import clean_line


def short(text: str, limit: int) -> str:
    """`text`, when it fits. Raises BadText with both numbers for one that does not."""
    if len(text) > limit:
        raise BadText(
            _("This has %(length)d characters; up to %(limit)d, please.")
            % {"length": len(text), "limit": limit}
        )
    return text


def clean_title(title: str, limit: int) -> str:
    """A title as it is stored. Raises BadText when nothing visible is left, or too much is."""
    title = clean_line(title)
    if not title:
        raise BadText(_("Please give it a title."))
    if len(title) > limit:
        raise BadText(
            _("The title has %(length)d characters; up to %(limit)d, please.")
            % {"length": len(title), "limit": limit}
        )
    return title
