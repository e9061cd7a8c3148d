"""From what was typed to what is stored: cleaned text, HTML, and the pictures it shows."""

import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from forums.base.limits import fitting
from forums.pictures.models import Attachment
from forums.text.render import MAX_SOURCE, Picture, Rendered, picture_ids, render
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member

MAX_PICTURES = 30  # in one post


def clean_body(body: str) -> str:
    """The text as it is stored. Raises BadText when nothing is left to read, or too much is."""
    nothing = _("Please write something first.")
    return fitting(clean_text(body).strip(), MAX_SOURCE, nothing=nothing)


def rendered(body: str) -> Rendered:
    """Render a cleaned body with the pictures it names.

    The prefix of its ids follows from the text: a post keeps its anchors when it is rendered
    again, and several posts can stand on one page.
    """
    return render(
        body,
        prefix=f"x{zlib.crc32(body.encode()):x}-",
        pictures=_pictures(picture_ids(body)),
        site_hosts=(settings.FORUMS_SITE_HOST,),
    )


def claim_pictures(writer: "Member", ids: Iterable[str], **place: Model) -> None:
    """Tie the writer's loose pictures to the post or activity that shows them (`post=…`): its readers see them."""
    if ids:
        loose = Attachment.objects.filter(uploader=writer, post=None, activity=None)
        loose.filter(pk__in=list(ids)).update(**place)


def _pictures(ids: tuple[str, ...]) -> dict[str, Picture]:
    if not ids:
        return {}
    return {
        str(row.pk): Picture(
            id=str(row.pk),
            width=row.width,
            height=row.height,
            sizes=row.sizes,
            alt=row.alt,
            caption=row.caption,
        )
        for row in Attachment.objects.filter(pk__in=ids[:MAX_PICTURES])
    }
