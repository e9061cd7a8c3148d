"""How a page names a member: rows of lists hold these, not models."""

import uuid
from dataclasses import dataclass

from accounts.models import member_url, picture_url
from forums.text.thai import initial

# In constant statements, of the member m: what a suspended one shows of herself stands on no page.
PICTURE_SQL = "CASE WHEN m.is_active THEN m.picture END"


@dataclass(slots=True)
class MemberRef:
    """A member's name, address and handle, the address of her picture or '', and whether she moderates the site."""

    name: str
    url: str
    picture_url: str
    handle: str
    is_staff: bool

    @property
    def initial(self) -> str:
        """The letter that stands for a picture."""
        return initial(self.name)

    @classmethod
    def of(
        cls, name: str, handle: str, picture: uuid.UUID | None, *, is_staff: bool = False
    ) -> "MemberRef":
        """From the columns of a member; where no mark of staff is printed, `is_staff` need not be asked for."""
        return cls(name, member_url(handle), picture_url(picture, size=72), handle, is_staff)
