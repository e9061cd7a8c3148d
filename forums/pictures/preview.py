"""What a text will look like, before it is sent."""

from django.utils.safestring import SafeString

from forums.pictures.bodies import clean_body, rendered
from forums.text.render import trusted


def preview_html(body: str) -> SafeString:
    """The HTML of a text as it would be posted. Raises BadText."""
    return trusted(rendered(clean_body(body)).html)
