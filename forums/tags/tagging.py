"""From the line of tags somebody typed to tags."""

import re

from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.tags.models import KEY_LENGTH, MAX_TAGS, TAG_LENGTH, Tag
from forums.text.naming import tag_key
from forums.text.slugs import first_free
from forums.text.thai import clean_line, sort_key

# A # begins a tag, but for one that ends a word in Latin letters: C#.
_BETWEEN = re.compile(r"[,،、;\s]+|(?<![A-Za-z])[#＃]+|[#＃]++(?![,،、;\s-]|$)")


def split_tags(line: str) -> list[str]:
    """The names in a typed line: between spaces, commas or #, each once by its key.

    Raises BadText when one is too long or there are more than five.
    """
    names: dict[str, str] = {}
    for part in _BETWEEN.split(line):
        name = clean_line(part).strip("-_.")
        key = tag_key(name)
        if not key or key in names:
            continue
        if len(name) > TAG_LENGTH or len(key) > KEY_LENGTH:
            raise BadText(
                _("The tag “%(tag)s…” is too long; up to %(limit)d characters, please.")
                % {"tag": name[:20], "limit": TAG_LENGTH}
            )
        names[key] = name
    if len(names) > MAX_TAGS:
        raise BadText(_("Up to %(limit)d tags, please.") % {"limit": MAX_TAGS})
    return list(names.values())


def get_tags(names: list[str]) -> list[Tag]:
    """The tags of these names, in their order, made where they are new; two writers at once make one tag."""
    wanted = {tag_key(name): name for name in names}
    found = {tag.key: tag for tag in Tag.objects.filter(key__in=wanted)}
    while missing := sorted(wanted.keys() - found.keys()):
        taken = set(Tag.objects.filter(slug__in=missing).values_list("slug", flat=True))
        Tag.objects.bulk_create(
            [
                Tag(
                    name=wanted[key],
                    key=key,
                    slug=_free_slug(key) if key in taken else key,
                    sort_key=sort_key(wanted[key]),
                )
                for key in missing
            ],
            ignore_conflicts=True,
        )
        found |= {tag.key: tag for tag in Tag.objects.filter(key__in=missing)}
    return [found[key] for key in wanted]


def _free_slug(key: str) -> str:
    """Where an older tag has its address: before 0.5.0 signs were no part of one (Node.js was at node-js)."""
    return first_free(key[:70], lambda slug: Tag.objects.filter(slug=slug).exists())
