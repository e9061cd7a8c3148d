"""How a page names a tag: rows of lists hold these, not models."""

from dataclasses import dataclass

from forums.tags.models import tag_url


@dataclass(slots=True)
class TagRef:
    """A tag's name and address."""

    name: str
    url: str

    @classmethod
    def of(cls, name: str, slug: str) -> "TagRef":
        """From the columns of a tag."""
        return cls(name, tag_url(slug))
