"""What a text will look like, before it is sent."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from forums.pictures.bodies import clean_body, rendered
from forums.pictures.registry import names_at
from forums.text.render import trusted

if TYPE_CHECKING:
    from accounts.models import Member


def preview_html(body: str, *, reader: "Member", where: Mapping[str, Any]) -> SafeString:
    """The HTML of a text as it would be posted, with the pictures its reader may see. Raises BadText.

    `where` says where it will stand, as forms and addresses do (topic, board): so whom it names.
    """
    body = clean_body(body)
    return trusted(rendered(body, reader=reader, names=names_at(body, reader, where)).html)
