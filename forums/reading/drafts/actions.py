"""Every write to drafts: keep one, throw it away and bring it back, send it."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.drafts import Token
from forums.base.errors import ForumError
from forums.base.rate_limits import one_at_a_time
from forums.reading.drafts.models import BEGINNING, LIMIT, Draft, DraftQuerySet

if TYPE_CHECKING:
    from accounts.models import Member

UNDO = timedelta(days=1)  # for which what was thrown away can be brought back
THROWN_AWAY = 5  # of one member: the newest can be brought back
FORGOTTEN = 5_000  # in one go


class TooManyDrafts(ForumError):
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("You have %(limit)d drafts, as many as we keep. Throw one away, then keep this one.")
            % {"limit": LIMIT},
            way=(_("Drafts"), "/drafts/"),
        )


class DraftGone(ForumError):
    status = 410
    message = gettext_lazy("This draft was sent or thrown away meanwhile.")


@transaction.atomic
def keep(
    *,
    member: "Member",
    place: str,
    fields: Mapping[str, list[str]],
    beginning: str,
    device: str = "",
    token: Token | None = None,
    writer: str = "",
    nth: int = 0,
) -> Draft:
    """Keep what the form at `place` holds, and return the draft it stands in now.

    `token` is the draft its page writes into and the version it has seen; None for a new one. Where that draft
    was written elsewhere meanwhile, and differs, this text becomes a draft of its own beside it. An older save of
    the same page (`writer`, `nth`) changes nothing. Raises TooManyDrafts, or DraftGone.
    """
    one_at_a_time(member)
    mine = Draft.objects.filter(member=member)
    text = Draft(
        member=member,
        place=place,
        fields=dict(fields),
        beginning=beginning[:BEGINNING],
        device=device[:60],
        writer=writer,
        nth=nth,
        saved_at=timezone.now(),
    )
    found = mine.filter(pk=token.key).first() if token else None
    if found is None:
        twin = mine.kept().filter(place=place, fields=text.fields).first()
        return twin or _add(mine, text, key=token.key if token else None)
    if found.gone_at is not None:
        raise DraftGone
    is_same_page = bool(writer) and writer == found.writer
    if found.fields == fields or (is_same_page and nth <= found.nth):
        return found
    if not is_same_page and (token is None or token.version < found.version):
        return _add(mine, text)
    text.key, text.version = found.key, found.version + 1
    text.save(force_update=True)
    return text


def _add(mine: DraftQuerySet, text: Draft, *, key: uuid.UUID | None = None) -> Draft:
    """Keep one more text."""
    if mine.kept().count() >= LIMIT:
        raise TooManyDrafts
    if key is None or Draft.objects.filter(pk=key).exists():  # somebody else's, by a forged form
        key = uuid.uuid4()
    text.key = key
    text.save(force_insert=True)
    return text


@transaction.atomic
def sent(*, member: "Member", token: Token, writer: str = "") -> None:
    """What stood in this draft is sent: nothing of it stays. What another machine has put there since does."""
    now = timezone.now()
    mine = Draft.objects.filter(member=member, pk=token.key)
    seen = Q(version__lte=token.version) | Q(writer=writer) & ~Q(writer="")
    done = mine.filter(seen, gone_at=None).update(gone_at=now, fields={}, beginning="", place="")
    if not done and not mine.exists():
        # Its first save is still on its way: it must find that it comes too late.
        late = Draft(key=token.key, member=member, saved_at=now, gone_at=now)
        Draft.objects.bulk_create([late], ignore_conflicts=True)


@transaction.atomic
def throw_away(*, member: "Member", draft: Draft) -> None:
    """Take a draft off her list; for a day it can be brought back."""
    one_at_a_time(member)
    Draft.objects.filter(pk=draft.pk, member=member, gone_at=None).update(gone_at=timezone.now())
    thrown = Draft.objects.filter(member=member, gone_at__isnull=False).exclude(fields={})
    older = thrown.order_by("-gone_at").values_list("pk", flat=True)[THROWN_AWAY:]
    Draft.objects.filter(pk__in=list(older)).update(fields={}, beginning="", place="")


@transaction.atomic
def bring_back(*, member: "Member", draft: Draft) -> None:
    """Put what she threw away back on her list. Raises TooManyDrafts, or DraftGone."""
    one_at_a_time(member)
    mine = Draft.objects.filter(member=member)
    if mine.kept().count() >= LIMIT:
        raise TooManyDrafts
    thrown = mine.filter(pk=draft.pk).exclude(fields={})
    if not thrown.update(gone_at=None):
        raise DraftGone


@transaction.atomic
def forget(now: datetime) -> None:
    """Delete the next drafts that were sent or thrown away a day ago."""
    past = Draft.objects.filter(gone_at__lt=now - UNDO).order_by("gone_at")
    Draft.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:FORGOTTEN])).delete()
