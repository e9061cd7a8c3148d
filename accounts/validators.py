"""The rules of a handle, as Django's forms want them."""

from django.core.exceptions import ValidationError

from forums.text.handles import HANDLE_MESSAGES, handle_problem


def valid_handle(handle: str) -> None:
    """Raises ValidationError, with the words for the member, unless this can be a handle."""
    if problem := handle_problem(handle):
        raise ValidationError(str(HANDLE_MESSAGES[problem]), code=problem)


HANDLE_VALIDATORS = [valid_handle]
