"""From what was typed to what is stored: cleaned text, HTML, and the pictures it shows."""

import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import BadText
from forums.base.limits import fitting
from forums.pictures.models import Attachment
from forums.text.render import (
    MAX_SOURCE,
    NO_NAMES,
    Names,
    Picture,
    Rendered,
    picture_ids,
    render,
)
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member

MAX_PICTURES = 30  # in one post


def clean_body(body: str) -> str:
    """The text as it is stored. Raises BadText when nothing is left to read, or too much is."""
    nothing = _("Please write something first.")
    return fitting(clean_text(body).strip(), MAX_SOURCE, nothing=nothing)


class PictureGone(BadText):
    """Pictures that stood in no text are taken away after some days (`take_loose_away`), also while one writes."""

    message = gettext_lazy(
        "A picture in this text is no longer here: what stands in no text is kept for some days only. Take its "
        "line out, or attach the picture again. What you wrote is still here."
    )


def written(
    body: str,
    *,
    writer: "Member | None",
    before: str = "",
    names: Names = NO_NAMES,
    links: bool = True,
) -> Rendered:
    """Render a cleaned body that `writer` wants to have stored, in the place of `before`. Without a writer it shows
    what every visitor sees. `names` are those that may be named in it.

    Raises PictureGone for a picture that is not there any more; what `before` named already may go on being named.
    """
    html = rendered(body, reader=writer, names=names, links=links)
    if missing := set(html.missing).intersection(picture_ids(body)[:MAX_PICTURES]):
        missing -= set(picture_ids(before))
        if Attachment.objects.filter(pk__in=missing).count() < len(missing):
            raise PictureGone
    return html


def rendered(body: str, *, reader: Any, names: Names = NO_NAMES, links: bool = True) -> Rendered:
    """Render a cleaned body with those pictures it names that `reader` (None: a visitor) may see.

    Of a text that many read, its writer: she may show what she sees. The prefix of its ids follows from the text: a
    post keeps its anchors when it is rendered again, and several posts can stand on one page.
    """
    return render(
        body,
        prefix=f"x{zlib.crc32(body.encode()):x}-",
        pictures=_pictures(picture_ids(body)[:MAX_PICTURES], reader),
        names=names,
        site_hosts=(settings.FORUMS_SITE_HOST,),
        links=links,
    )


def writer_of(pk: int | None) -> Any:
    """The reader with whose eyes a stored text is rendered again: looked up where it names pictures."""
    return SimpleLazyObject(lambda: get_user_model().objects.get(pk=pk)) if pk else None


def claim_pictures(writer: "Member", ids: Iterable[str], **place: Model) -> None:
    """Tie the writer's loose pictures to the post or activity that shows them (`post=…`): its readers see them.
    One that stood in closed versions alone goes along.

    Raises PictureGone for one that was taken away since the text was rendered.
    """
    if not (named := set(ids)):
        return
    there = Attachment.objects.filter(pk__in=named)
    nowhere = Q(post=None, activity=None) | Q(withdrawn_at__isnull=False)
    loose = there.filter(nowhere, uploader=writer)
    mine = list(loose.select_for_update().order_by("pk").values_list("pk", flat=True))
    if there.count() < len(named):
        raise PictureGone
    free: dict[str, Model | None] = {"post": None, "activity": None, "withdrawn_at": None}
    Attachment.objects.filter(pk__in=mine).update(**(free | place))


def _pictures(ids: tuple[str, ...], reader: Any) -> dict[str, Picture]:
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
        for row in Attachment.objects.visible_to(reader).in_sight().filter(pk__in=ids)
    }
