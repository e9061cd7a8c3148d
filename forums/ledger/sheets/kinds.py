"""What files of ledgers register elsewhere: that those nobody said yes to are thrown away."""

from datetime import datetime

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Leaves, holds
from forums.ledger.models import LineImport
from forums.ledger.sheets.actions import discard_old_imports
from forums.notifications.registry import scheduled


@scheduled("ledger-files")
def forget_files(now: datetime) -> None:
    discard_old_imports(now=now)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    LineImport,
    "author",
    what=gettext_lazy("Files of a ledger you were about to bring in"),
    area=Area.NETWORKS,
    leaves=Leaves.DELETED,
)
