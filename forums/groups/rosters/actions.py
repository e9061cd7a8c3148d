"""Every write to rosters: keep what was read, send it, take back what waits, throw it away."""

from datetime import datetime, timedelta
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from forums.base.errors import Stale
from forums.base.personal import Parting
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.groups.invitations.actions import invite_later, refuse_newcomer, revoke_waiting
from forums.groups.invitations.models import Invitation
from forums.groups.memberships.models import Membership
from forums.groups.memberships.permissions import require_role
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import Network
from forums.groups.rosters.models import Roster, RosterLine
from forums.groups.rosters.plan import plan
from forums.groups.rosters.reading import MAX_BYTES, RosterReading, read_roster
from forums.text.thai import clean_line

if TYPE_CHECKING:
    from accounts.models import Member

UNSENT_FOR = timedelta(days=7)
FORGOTTEN = 200  # in one go


def read_file(*, coordinator: "Member", network: Network, file: IO[bytes]) -> RosterReading:
    """What a file says; each try counts, whatever comes of it. Raises MailsLater, TooFast, and what `read_roster` does."""
    refuse_newcomer(coordinator, network)
    hold_pace(coordinator, "sheets", everyone=True)
    return read_roster(file.read(MAX_BYTES + 1))


@transaction.atomic
def keep(
    *, coordinator: "Member", network: Network, found: RosterReading, days: int, file_name: str = ""
) -> Roster:
    """Keep what a file says until its sender has looked at it; what she kept before and did not send goes.

    Whom this network has invited already is left out, and said. Raises NotAllowed.
    """
    one_at_a_time(coordinator)
    network = lock_open(network.pk)
    require_role(coordinator, network)
    Roster.objects.filter(network=network, created_by=coordinator, sent_at=None).delete()
    _leave_out(found, network)
    roster = Roster.objects.create(
        network=network,
        created_by=coordinator,
        created_at=timezone.now(),
        file_name=clean_line(file_name)[:200],
        days=days,
        faults=sorted(found.faults),
    )
    RosterLine.objects.bulk_create(
        RosterLine(roster=roster, line=line, address=address)
        for address, line in found.addresses.items()
    )
    return roster


def _leave_out(found: RosterReading, network: Network) -> None:
    """Take out whom the network has invited, where that invitation stands or somebody came in by it: its own knowledge."""
    there = Invitation.objects.filter(network=network, email__in=list(found.addresses))
    open_ones = there.filter(revoked_at=None, uses=0, expires_at__gt=timezone.now())
    came = there.filter(
        used_by__member__in=Membership.objects.filter(network=network).values("member")
    )
    for rows, why in ((open_ones, "invited"), (came, "joined")):
        for address in rows.values_list("email", flat=True).distinct():
            if line := found.addresses.pop(address, 0):
                found.refuse(line, address, why)


@transaction.atomic
def send(*, coordinator: "Member", roster: Roster) -> Roster:
    """Invite everybody in it, each on the day her pace allows (`plan`). Sent twice, it is sent once.

    Raises NotAllowed (MailsLater for who is new here) or NoRoomAhead; then nothing is sent.
    """
    one_at_a_time(coordinator)
    network = lock_open(roster.network_id)
    require_role(coordinator, network)
    refuse_newcomer(coordinator, network)
    roster = _locked(roster)
    if roster.sent_at is not None:
        return roster
    lines = RosterLine.objects.filter(roster=roster).order_by("line")
    found = RosterReading(
        {each.address: each.line for each in lines}, [(*each,) for each in roster.faults]
    )
    _leave_out(found, network)  # who was invited since she looked
    times = [
        part.at for part in plan(coordinator, len(found.addresses)) for _n in range(part.count)
    ]
    made = invite_later(
        coordinator=coordinator,
        network=network,
        letters=list(zip(found.addresses, times, strict=True)),
        days=roster.days,
    )
    lines.delete()
    RosterLine.objects.bulk_create(
        RosterLine(roster=roster, line=found.addresses[each.email], invitation=each)
        for each in made
    )
    roster.sent_at, roster.faults = timezone.now(), sorted(found.faults)
    roster.save(update_fields=["sent_at", "faults"])
    return roster


@transaction.atomic
def stop(*, coordinator: "Member", roster: Roster) -> int:
    """Take back what goes out later; returns how many it were. Raises NotAllowed."""
    network = lock_open(roster.network_id)
    require_role(coordinator, network)
    roster = _locked(roster)
    ids = RosterLine.objects.filter(roster=roster, invitation__isnull=False).values("invitation")
    waiting = Invitation.objects.select_for_update().filter(pk__in=ids, revoked_at=None)
    return revoke_waiting(
        coordinator=coordinator, network=network, invitations=list(waiting.order_by("pk"))
    )


@transaction.atomic
def discard(*, coordinator: "Member", roster: Roster) -> None:
    """Throw a file away that was not sent; nobody hears of it."""
    Roster.objects.filter(pk=roster.pk, created_by=coordinator, sent_at=None).delete()


@transaction.atomic
def forget(now: datetime) -> None:
    """Throw away files nobody said yes to within a week, and what stood in faulty lines after FORUMS_INVITED_DAYS."""
    unsent = Roster.objects.filter(sent_at=None, created_at__lt=now - UNSENT_FOR)
    few = unsent.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN]
    Roster.objects.filter(pk__in=list(few)).delete()
    past = now - timedelta(days=settings.FORUMS_INVITED_DAYS)
    old = Roster.objects.filter(created_at__lt=past).exclude(faults=[])
    few = old.order_by("created_at").values_list("pk", flat=True)[:FORGOTTEN]
    Roster.objects.filter(pk__in=list(few)).update(faults=[])


def _locked(roster: Roster) -> Roster:
    """The roster as it is now. Raises Stale for one that was thrown away meanwhile."""
    found = Roster.objects.select_for_update().filter(pk=roster.pk).first()
    if found is None:
        raise Stale
    return found


def forget_address(parting: Parting) -> None:
    """Delete the lines that are to invite somebody who leaves."""
    RosterLine.objects.filter(address__in=parting.addresses).delete()
