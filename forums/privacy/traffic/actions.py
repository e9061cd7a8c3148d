"""Writing lines, making and dropping the tables of days, giving the right to read, and looking."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from ipaddress import ip_network

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.advisory_locks import Lock, hold
from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting_line
from forums.moderation.permissions import can_administer, can_moderate
from forums.privacy.traffic.days import TABLE, ahead, begins, day_of, missing, past, table_of
from forums.privacy.traffic.models import (
    AN_HOUR,
    WHY_LENGTH,
    WIDEST,
    TrafficLook,
    TrafficReader,
)
from forums.privacy.traffic.permissions import can_read_traffic
from forums.privacy.traffic.recording import NotedRequest

_WIDEST_NET = {4: 16, 6: 32}  # bits of an address that a look without an account names at least


@transaction.atomic
def write_down(lines: Sequence[NotedRequest]) -> None:
    """Write these lines, all or none. Nobody waits for the disk: a machine that stops may lose the last second."""
    make_days({day_of(line.at) for line in lines})
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        with cursor.copy(f"COPY {TABLE} ({', '.join(NotedRequest._fields)}) FROM STDIN") as rows:
            for line in lines:
                rows.write_row(line)


@transaction.atomic
def make_days(days: Iterable[date]) -> None:
    """Let each of these days have its table. Asked each time: what a process remembers, a restored database has not."""
    wanted = sorted(days)
    if not missing(wanted):
        return
    hold(Lock.TRAFFIC_DAYS, 0)
    with connection.cursor() as cursor:
        for day in missing(wanted):
            after = date.fromordinal(day.toordinal() + 1)
            cursor.execute(
                f"CREATE TABLE {table_of(day)} PARTITION OF {TABLE} "
                f"FOR VALUES FROM ('{begins(day)}') TO ('{begins(after)}')"
            )


def keep_days(now: datetime) -> int:
    """Make the tables of the days to come, and drop those of the days that are past; returns how many."""
    make_days(ahead(now))
    return sum(_drop(name) for name in past(now))


@transaction.atomic
def _drop(name: str) -> bool:
    """Each in a transaction of its own: who writes waits for one at most, and two who do so drop one once."""
    hold(Lock.TRAFFIC_DAYS, 0)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)}")
    return True


@transaction.atomic
def give_right(*, administrator: Member, member: Member) -> TrafficReader:
    """Let this moderator read the log. Raises NotAllowed."""
    if not can_administer(administrator):
        raise NotAllowed
    if not can_moderate(member):
        raise NotAllowed(_("Only who works in the admin can be given this right."))
    reader, _new = TrafficReader.objects.get_or_create(
        member=member, defaults={"given_by": administrator}
    )
    return reader


@transaction.atomic
def take_right(*, administrator: Member, reader: TrafficReader) -> None:
    """She reads the log no more; what she looked at stays recorded."""
    if not can_administer(administrator):
        raise NotAllowed
    TrafficReader.objects.filter(pk=reader.pk).delete()


@transaction.atomic
def look(
    *,
    reader: Member,
    since: datetime,
    until: datetime,
    account: int | None = None,
    net: str = "",
    why: str,
) -> TrafficLook:
    """Record a look; its lines may be read from then on. Raises NotAllowed, BadText."""
    if not can_read_traffic(reader):
        raise NotAllowed(_("You were not given the right to read the traffic log."))
    why = fitting_line(
        why, WHY_LENGTH, nothing=_("Please say why: for example the number of the order.")
    )
    if until <= since or since > timezone.now():
        raise BadText(_("The end must lie after the beginning, and the beginning in the past."))
    if until > since + WIDEST:
        raise BadText(_("One look covers seven days at most. Look once more for what lies before."))
    if net and (part := ip_network(net)).prefixlen < _WIDEST_NET[part.version]:
        raise BadText(_("This is too large a part of the net."))
    if account is None and not net and until > since + AN_HOUR:
        raise BadText(_("Without an account or an address a look covers one hour at most."))
    return TrafficLook.objects.create(
        reader=reader, since=since, until=until, account=account, net=net, why=why
    )
