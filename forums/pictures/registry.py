"""Where pictures stand: each wing that shows them says to whom, in its `kinds.py`; and which texts name one. Whom a
text names that is only looked at yet."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from forums.text.render import Names, picture_ids

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


type NamesAt = Callable[[str, Any, Mapping[str, Any]], Names]
_NAMES_AT: list[NamesAt] = []


def names_in_previews(find: NamesAt) -> NamesAt:
    """Register who is named in a text of a writer that will stand somewhere (topic, board: as forms say); a decorator."""
    _NAMES_AT.append(find)
    return find


def names_at(body: str, writer: Any, where: Mapping[str, Any]) -> Names:
    """Those who are named in it."""
    return {typed: who for find in _NAMES_AT for typed, who in find(body, writer, where).items()}
