"""What a text will look like, before it is sent."""

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from forums.pictures.bodies import clean_body, rendered
from forums.text.render import trusted

if TYPE_CHECKING:
    from accounts.models import Member


def preview_html(body: str, *, reader: "Member") -> SafeString:
    """The HTML of a text as it would be posted, with the pictures its reader may see. Raises BadText."""
    return trusted(rendered(clean_body(body), reader=reader).html)
