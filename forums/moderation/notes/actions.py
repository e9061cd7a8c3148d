"""Every write to notes: one is made, taken away, forgotten when its day has come."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting
from forums.base.rate_limits import one_at_a_time
from forums.moderation.notes.models import NOTE_LENGTH, StaffNote
from forums.moderation.permissions import can_moderate
from forums.text.thai import clean_text

if TYPE_CHECKING:
    from accounts.models import Member

DAYS = (30, 90, 365)  # for which one may be made
MOST = 20  # that hold about one member
_AT_ONCE = 1000


@transaction.atomic
def write_note(*, author: "Member", member: "Member", text: str, days: int) -> StaffNote:
    """Note something about a member for `days`. Raises NotAllowed, BadText."""
    if not can_moderate(author) or author.pk == member.pk:
        raise NotAllowed
    text = fitting(
        clean_text(text).strip(), NOTE_LENGTH, nothing=_("There is nothing to note yet.")
    )
    if days not in DAYS:
        raise BadText(_("Please choose for how long."))
    one_at_a_time(member)
    hers = StaffNote.objects.filter(member=member).in_force()
    if hers[MOST - 1 : MOST].exists():
        raise BadText(_("There are many notes about her already. Please take one away first."))
    until = timezone.now() + timedelta(days=days)
    return StaffNote.objects.create(member=member, author=author, text=text, expires_at=until)


@transaction.atomic
def take_note_away(*, moderator: "Member", note: StaffNote) -> None:
    """Forget a note before its day. Raises NotAllowed."""
    if not can_moderate(moderator) or note.member_id == moderator.pk:
        raise NotAllowed
    StaffNote.objects.filter(pk=note.pk).delete()


@transaction.atomic
def forget_notes(now: datetime) -> None:
    """Those whose day has come."""
    over = StaffNote.objects.filter(expires_at__lte=now).order_by("expires_at").values("pk")
    StaffNote.objects.filter(pk__in=list(over[:_AT_ONCE].values_list("pk", flat=True))).delete()
