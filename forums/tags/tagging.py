"""From the line of tags somebody typed to tags."""

import re

from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.tags.models import MAX_TAGS, TAG_LENGTH, Tag
from forums.text.slugs import slugify
from forums.text.thai import clean_line, sort_key

_BETWEEN = re.compile(r"[,،、;\n#]+|\s+")


def split_tags(line: str) -> list[str]:
    """The names in a typed line: between spaces, commas or #, each once by its normal form.

    Raises BadText when one is too long or there are more than five.
    """
    names: dict[str, str] = {}
    for part in _BETWEEN.split(line):
        name = clean_line(part).strip("-_.")
        slug = slugify(name)
        if not name or not slug or slug in names:
            continue
        if len(name) > TAG_LENGTH:
            raise BadText(
                _("The tag “%(tag)s…” is too long; up to %(limit)d characters, please.")
                % {"tag": name[:20], "limit": TAG_LENGTH}
            )
        names[slug] = name
    if len(names) > MAX_TAGS:
        raise BadText(_("Up to %(limit)d tags, please.") % {"limit": MAX_TAGS})
    return list(names.values())


def get_tags(names: list[str]) -> list[Tag]:
    """The tags of these names, in their order, made where they are new; two writers at once make one tag."""
    slugs = {slugify(name): name for name in names}
    known = set(Tag.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    Tag.objects.bulk_create(
        [
            Tag(name=slugs[slug], slug=slug, sort_key=sort_key(slugs[slug]))
            for slug in sorted(slugs.keys() - known)
        ],
        ignore_conflicts=True,
    )
    found = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}
    return [found[slug] for slug in slugs]
