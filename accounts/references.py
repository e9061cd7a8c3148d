"""How a page names a member: rows of lists hold these, not models."""

import uuid
from dataclasses import dataclass

from accounts.models import member_url, picture_url
from forums.text.thai import initial


@dataclass(slots=True)
class MemberRef:
    """A member's name, address and handle, and the address of her picture or ''."""

    name: str
    url: str
    picture_url: str
    handle: str

    @property
    def initial(self) -> str:
        """The letter that stands for a picture."""
        return initial(self.name)

    @classmethod
    def of(cls, name: str, handle: str, picture: uuid.UUID | None) -> "MemberRef":
        """From the columns of a member."""
        return cls(name, member_url(handle), picture_url(picture, size=72), handle)
