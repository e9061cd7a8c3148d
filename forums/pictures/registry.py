"""Where pictures stand: each wing that shows them says to whom, in its `kinds.py`; and which texts name one."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from forums.text.render import picture_ids

if TYPE_CHECKING:
    from forums.pictures.models import Attachment

Shown = Callable[[Any], Q]
_PLACES: list[Shown] = []
type Texts = Callable[[Collection[int], datetime], Iterable[str]]
_TEXTS: list[Texts] = []
NAMES_PICTURES = "/pictures/"  # what such a text contains, in letters of any size


def pictures_stand_in(shown: Shown) -> Shown:
    """Register the condition (of an Attachment) that `member` sees a picture in one kind of place."""
    _PLACES.append(shown)
    return shown


def shown_to(member: Any) -> Q:
    """The condition that a picture stands somewhere `member` may look; None or anonymous: a visitor."""
    return reduce(or_, (shown(member) for shown in _PLACES))


def pictures_named_in(texts: Texts) -> Texts:
    """Register texts of one kind that may name pictures which stand nowhere, and must then keep them.

    Only her who took a picture in is it shown to, so her own texts since then are asked for, and those that
    several write.
    """
    _TEXTS.append(texts)
    return texts


def named_in_texts(pictures: Sequence["Attachment"]) -> set[UUID]:
    """Which of these loose pictures a text names."""
    if not pictures:
        return set()
    uploaders = {picture.uploader_id for picture in pictures}
    since = min(picture.created_at for picture in pictures)
    said = (text for texts in _TEXTS for text in texts(uploaders, since))
    return {UUID(pk) for text in said for pk in picture_ids(text)}
