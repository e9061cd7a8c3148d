"""Where the files of pictures lie, and how a text names one.

In the store of pictures (`roypalang.picture_store`): pictures/<first two letters>/<id>/<width>.webp.
"""

import re

from forums.pictures.models import Attachment


def picture_path(picture: Attachment, size: int) -> str:
    """Where `picture` lies, `size` pixels wide; `size` is one of its `sizes`."""
    key = str(picture.pk)
    return f"pictures/{key[:2]}/{key}/{size}.webp"


def picture_paths(picture: Attachment) -> list[str]:
    """The same of all its sizes."""
    return [picture_path(picture, size) for size in picture.sizes]


def markdown(picture: Attachment) -> str:
    """What a text says to show `picture`: its description in brackets, its caption in quotes."""
    alt = re.sub(r"([\\\[\]`*_<>])", r"\\\1", picture.alt)
    caption = re.sub(r'([\\"])', r"\\\1", picture.caption)
    return f"![{alt}]({picture.address}" + (f' "{caption}")' if caption else ")")
