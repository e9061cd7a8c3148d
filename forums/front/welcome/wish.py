"""What a newcomer cares about, read from an address or a form and written into one. Nothing here fails."""

from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlencode

from forums.groups.directory.query import LENGTH, TAG_LENGTH
from forums.tags.models import MAX_TAGS
from forums.text.naming import tag_key
from forums.text.thai import clean_line


@dataclass(frozen=True, slots=True)
class Wish:
    """A matter in her own words, and the keys of tags she chose."""

    matter: str = ""
    tags: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: Any) -> Self:
        """From a QueryDict."""
        matter = clean_line(query.get("matter", "")[: LENGTH * 2])[:LENGTH]
        names = (clean_line(name[: TAG_LENGTH * 2]) for name in query.getlist("tag")[:MAX_TAGS])
        keys = (tag_key(name)[:TAG_LENGTH] for name in names)
        return cls(matter, tuple(dict.fromkeys(key for key in keys if key)))

    @property
    def query(self) -> str:
        """What stands behind the question mark; '' when nothing is wished for."""
        pairs = [("matter", self.matter)] if self.matter else []
        return urlencode([*pairs, *(("tag", key) for key in self.tags)])
