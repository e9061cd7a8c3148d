"""What a topic's address says of it."""

from forums.text.slugs import slugify

# Words behind a topic's number that are pages of their own. A test holds that each address is named here.
OWN_PAGES = frozenset(
    "by clarify common delete edit facts feed held polls reply synthesis undelete".split()
)


def topic_slug(title: str) -> str:
    """Its title as a part of its address, which no other page of a topic has."""
    slug = slugify(title)
    return f"{slug}-1" if slug in OWN_PAGES else slug
