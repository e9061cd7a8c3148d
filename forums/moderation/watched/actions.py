"""Every write to the lists; and which net an account came from."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from ipaddress import ip_network

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.advisory_locks import Lock, hold
from forums.base.caches import forget_at_once
from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting_line
from forums.moderation.permissions import can_moderate
from forums.moderation.watched.matching import lists
from forums.moderation.watched.models import (
    NOTE_LENGTH,
    TEXT_LENGTH,
    Follows,
    NewAccount,
    WatchedEntry,
    WatchedKind,
)

A_DAY, A_NETS_ACCOUNTS = timedelta(days=1), 3
KEPT = timedelta(days=7)
FORGOTTEN = 5_000  # in one go
# What is refused, and what only waits: others share her net, for a while, and say her phrase.
_AGAINST_SPAM: dict[WatchedKind, tuple[Follows, timedelta | None]] = {
    WatchedKind.HOST: (Follows.REFUSE, None),
    WatchedKind.MAIL: (Follows.REFUSE, None),
    WatchedKind.WORD: (Follows.HOLD, None),
    WatchedKind.NET: (Follows.HOLD, timedelta(days=30)),
}
_WIDEST = {4: 8, 6: 16}  # a part of the net is no half of it


@transaction.atomic
def watch(
    *,
    moderator: Member,
    kind: str,
    text: str,
    follows: str,
    anywhere: bool = False,
    note: str = "",
    until: datetime | None = None,
) -> WatchedEntry:
    """Put something on a list; what is there already gets these words. Raises BadText, NotAllowed."""
    if not can_moderate(moderator):
        raise NotAllowed
    text = clean_entry(kind, text)
    if follows == Follows.MASK and kind != WatchedKind.WORD:
        raise BadText(_("Only for words can dots be put in their place."))
    if follows == Follows.LET and kind != WatchedKind.NET:
        raise BadText(_("Only a part of the net can be let sign up without limit."))
    if until is not None and until <= timezone.now():
        raise BadText(_("The day until which it holds must be one to come."))
    forget_at_once()
    says = {
        "follows": follows,
        "anywhere": anywhere and kind == WatchedKind.WORD,
        "note": fitting_line(note, NOTE_LENGTH),
        "until": until,
    }
    entry, _made = WatchedEntry.objects.update_or_create(
        kind=kind,
        text=text,
        retired_at=None,
        defaults=says,
        create_defaults={**says, "created_by": moderator},
    )
    return entry


@transaction.atomic
def watch_spam(*, moderator: Member, patterns: Sequence[tuple[str, str]]) -> list[int]:
    """Watch for what a spammer wrote of and came from (kind and text of each); what is on the lists already stays as it
    is. Returns those put there, by id. Raises BadText, NotAllowed."""
    added = []
    note = _("A spammer wrote of it, or came from there.")
    for kind, typed in patterns:
        text = clean_entry(kind, typed)
        if WatchedEntry.objects.filter(kind=kind, text=text, retired_at=None).exists():
            continue
        follows, lasts = _AGAINST_SPAM[WatchedKind(kind)]
        until = timezone.now() + lasts if lasts else None
        entry = watch(
            moderator=moderator, kind=kind, text=text, follows=follows, note=note, until=until
        )
        added.append(entry.pk)
    return added


@transaction.atomic
def watch_no_more(*, moderator: Member, entries: Collection[int]) -> None:
    """Take these off the lists."""
    for entry in WatchedEntry.objects.filter(pk__in=entries, retired_at=None).order_by("pk"):
        retire_entry(moderator=moderator, entry=entry)


@transaction.atomic
def retire_entry(*, moderator: Member, entry: WatchedEntry) -> bool:
    """Watch for it no more; False where it is so already."""
    if not can_moderate(moderator):
        raise NotAllowed
    forget_at_once()
    there = WatchedEntry.objects.filter(pk=entry.pk, retired_at=None)
    return bool(there.update(retired_at=timezone.now()))


def clean_entry(kind: str, text: str) -> str:
    """An entry as it is stored. Raises BadText for what is none of its kind."""
    text = fitting_line(text, TEXT_LENGTH, nothing=_("Write what is to be watched for."))
    if kind == WatchedKind.WORD:
        return text
    if kind == WatchedKind.NET:
        try:
            net = ip_network(text, strict=False)
        except ValueError as error:
            raise BadText(
                _("Write a part of the net like 203.0.113.0/24 or 2001:db8::/48.")
            ) from error
        if net.prefixlen < _WIDEST[net.version]:
            raise BadText(_("This is too large a part of the net."))
        return str(net)
    host = text.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    host = host.lstrip("@").split("/")[0]
    if "." not in host or any(sign.isspace() or sign == "@" for sign in host):
        raise BadText(_("Write a domain, like example.com."))
    return host


@transaction.atomic
def came_from(*, member: Member, net: str, counted: bool = True) -> None:
    """Keep from which part of the net a new account came; one that is not `counted`, without it. Raises BadText for the
    fourth a day, of those that come at once, too: the second of two waits for the first."""
    place = lists().net(net.partition("/")[0])
    held = place is not None and place.follows == Follows.HOLD
    if counted and net:
        hold(Lock.NEW_ACCOUNTS, net)
        refuse_many(net)
    kept = net if counted else ""
    NewAccount.objects.create(member=member, net=kept, at=timezone.now(), is_held=held)


def refuse_many(net: str) -> None:
    """Raise BadText where three accounts were made from this part of the net in a day, unless an entry lets it."""
    place = lists().net(net.partition("/")[0])
    is_let = place is not None and place.follows == Follows.LET
    if is_let or not net or not settings.FORUMS_LOOKS_FIRST:
        return
    lately = NewAccount.objects.filter(net=net, at__gt=timezone.now() - A_DAY)
    if lately[:A_NETS_ACCOUNTS].count() >= A_NETS_ACCOUNTS:
        raise BadText(
            _(
                "%(count)d accounts were made from this network today, and more are made tomorrow. If many of you share it, "
                "as in an office or at a meeting: sign up with the telephone's own internet, or write to %(contact)s, "
                "and we open it for you."
            )
            % {"count": A_NETS_ACCOUNTS, "contact": settings.CONTACT_EMAIL}
        )


@transaction.atomic
def forget_accounts(now: datetime) -> None:
    """Delete the next rows of which net accounts came from some days ago."""
    old = NewAccount.objects.filter(at__lt=now - KEPT).order_by("at").values_list("pk", flat=True)
    NewAccount.objects.filter(pk__in=list(old[:FORGOTTEN])).delete()
