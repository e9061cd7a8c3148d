"""The rules of a handle, as Django's forms want them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forums.text.handles import HANDLE_MESSAGES, handle_problem
from forums.text.links import holds_link


def valid_handle(handle: str) -> None:
    """Raises ValidationError, with the words for the member, unless this can be a handle."""
    if problem := handle_problem(handle):
        raise ValidationError(str(HANDLE_MESSAGES[problem]), code=problem)
    if holds_link(handle):  # it stands in letters as a name
        raise ValidationError(
            _("A handle cannot look like the address of a page. Put a hyphen in place of the dot.")
        )


HANDLE_VALIDATORS = [valid_handle]
