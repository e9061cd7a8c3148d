"""A post's words as the beginning of an answer to it."""

import re

from django.utils.translation import gettext as _

from forums.discussions.posts.models import Post, post_url
from forums.text.glance import glance

QUOTED = 600  # characters at most, where nobody chose the words
_GAP = re.compile(r"\n[ \t]*\n\s*")
_SIGN = re.compile(r"[\\`*_\[\]<>|~&]")
_BEGINNING = re.compile(r"^(\d*)([-+=#:.)])")


def quoted(post: Post) -> str:
    """Whom one quotes, then her words, every line behind `> `; nothing of a post that is gone."""
    if post.is_gone:
        return ""
    said = _("%(name)s wrote:") % {"name": f"[{plain(str(post.author))}]({post_url(post.pk)})"}
    lines = [said, "", *_beginning(post).splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def _beginning(post: Post) -> str:
    """The first paragraphs as they were typed, so that no mark is left open; of one that is too long, its
    first words without marks. A note's text would leave the quotation for the end of the page: it stays.
    """
    kept: list[str] = []
    paragraphs = _GAP.split(post.body.strip())
    for paragraph in paragraphs:
        if sum(map(len, kept)) + len(paragraph) > QUOTED:
            break
        kept.append(paragraph.replace("[^", "\\[^"))
    if not kept:
        return plain(glance(post.body_html, QUOTED))
    if len(kept) < len(paragraphs):
        kept.append("…")
    return "\n\n".join(kept)


def plain(text: str) -> str:
    """Markdown that shows just these words."""
    return _BEGINNING.sub(r"\1\\\2", _SIGN.sub(r"\\\g<0>", text))
