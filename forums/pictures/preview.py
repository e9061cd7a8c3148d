"""What a text will look like, before it is sent."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from forums.base.asking_first import each_not_public
from forums.pictures.bodies import clean_body, rendered
from forums.pictures.registry import names_at
from forums.text.personal_data import masked
from forums.text.render import MAX_SOURCE, trusted

if TYPE_CHECKING:
    from accounts.models import Member


def preview_html(body: str, *, reader: "Member", where: Mapping[str, Any]) -> SafeString:
    """The HTML of a text as it would be posted, with the pictures its reader may see. Raises BadText.

    What its writer will be asked about is covered: so it looks to whoever has not yet said that it may be published.
    `where` says where it will stand, as forms and addresses do (topic, board): so whom it names.
    """
    body = clean_body(body)
    found = each_not_public(body)
    covered = masked(body, found)
    if found and len(covered) <= MAX_SOURCE:
        body = covered
    return trusted(rendered(body, reader=reader, names=names_at(body, reader, where)).html)
