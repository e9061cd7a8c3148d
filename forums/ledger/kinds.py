"""What the ledger registers elsewhere: where pictures stand, and which its history names."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from forums.base.personal import acted
from forums.ledger.models import LINE_DOCUMENT, Line, LineChange
from forums.pictures.models import Attachment
from forums.pictures.registry import pictures_named_in, pictures_stand_in


@pictures_stand_in
def in_ledgers(member: Any) -> Q:
    """In the books of a network that shows its money; its coordinators see them closed, too."""
    return LINE_DOCUMENT.q(member, "ledger_line__")


@pictures_named_in
def in_histories(uploaders: Collection[int], since: datetime) -> Iterator[str]:
    """What once proved a line stays, whatever was put in its place."""
    changes = LineChange.objects.filter(author__in=uploaders, created_at__gte=since)
    documents = changes.values_list("after__document", flat=True)
    for pk in documents.exclude(after__document=None).iterator():
        yield Attachment(pk=pk).address


# -- What is held of a person ----------------------------------------------------------------------

acted(Line, "created_by")
acted(LineChange, "author")
