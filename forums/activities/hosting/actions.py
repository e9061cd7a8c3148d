"""Every write of those who hold an activity: announce, change, cancel, report, decide who holds it too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.activities.attendance.actions import NoAnswers, fill_places
from forums.activities.locks import lock_activity
from forums.activities.models import (
    LESSON_LENGTH,
    PLACE_LENGTH,
    REASON_LENGTH,
    TITLE_LENGTH,
    Activity,
    ActivityHost,
    Answer,
    Attendance,
    Open,
)
from forums.activities.permissions import can_change, can_report, hosts_of
from forums.activities.texts import made, set_topics
from forums.base.errors import BadText, NotAllowed, Stale, TooFast
from forums.base.limits import fitting_line, fitting_title
from forums.base.published import Published, published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import SPEAKS, Membership, Role, forget_roles
from forums.groups.memberships.permissions import coordinator_ids, require_role
from forums.groups.networks.locks import lock_networks, lock_open
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.notifications.outbox import drop_emails
from forums.notifications.telling import tell
from forums.pictures.bodies import claim_pictures
from forums.text.render import RENDERER_VERSION
from forums.text.slugs import slugify

if TYPE_CHECKING:
    from accounts.models import Member

LONGEST = timedelta(days=31)
FURTHEST = timedelta(days=3 * 366)
MOST_HOSTS = 10
MOST_PLACES = 100_000
# What those who answered are told of when it changes.
_TOLD = ("starts_at", "ends_at", "zone", "place", "province", "link")
_KEPT = (*_TOLD, "title", "body", "open_to", "capacity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an announcement says. Times are aware; `capacity` None: as many as come."""

    title: str
    starts_at: datetime
    ends_at: datetime
    body: str = ""
    zone: str = "Asia/Bangkok"
    place: str = ""
    province: str = ""
    link: str = ""
    open_to: str = Open.EVERYONE
    capacity: int | None = None
    hosts: Sequence[Network] = ()  # those invited to hold it too
    topics: Sequence[Topic] = ()

    def fields(
        self, writer: "Member", *, before: str = ""
    ) -> tuple[dict[str, Any], tuple[str, ...], Published]:
        """What is stored, the pictures in the text (in the place of `before`), and what was looked at. Raises BadText."""
        if self.ends_at <= self.starts_at:
            raise BadText(_("It must end after it starts."))
        if self.ends_at - self.starts_at > LONGEST:
            raise BadText(_("An activity can last up to 31 days."))
        if self.capacity is not None and not 1 <= self.capacity <= MOST_PLACES:
            raise BadText(_("The number of places must be 1 or more, or left empty."))
        title = fitting_title(self.title, TITLE_LENGTH)
        place = fitting_line(self.place, PLACE_LENGTH)
        looked = published(writer, title, self.body, place, self.link)
        title, body, place, link = looked.texts
        body, html, pictures = made(body, writer=writer, before=before)
        if not (place or link):
            raise BadText(_("Please say where: a place, a link to meet at, or both."))
        return (
            {
                "title": title,
                "slug": slugify(title),
                "body": body,
                "body_html": html,
                "starts_at": self.starts_at,
                "ends_at": self.ends_at,
                "zone": self.zone,
                "place": place,
                "province": self.province,
                "link": link,
                "open_to": self.open_to,
                "capacity": self.capacity,
            },
            pictures,
            looked,
        )


class TooMany(TooFast):
    message = gettext_lazy("These are many activities for one day. Please go on tomorrow.")


def _in_time(starts_at: datetime) -> None:
    now = timezone.now()
    if starts_at <= now:
        raise BadText(_("This time has passed already. Please check the day and the year."))
    if starts_at > now + FURTHEST:
        raise BadText(_("This is more than three years from now. Please check the year."))


@transaction.atomic
def announce(*, member: "Member", network: Network, details: Details) -> Activity:
    """Announce an activity of `network`, and ask others to hold it too. The same sent twice is one.

    Raises NotAllowed for one who does not speak for an open network, BadText, TooMany.
    """
    fields, pictures, looked = details.fields(member)
    _in_time(details.starts_at)
    one_at_a_time(member)
    locked = lock_networks(network.pk, *(each.pk for each in details.hosts))
    network = locked[network.pk]
    if not network.is_open:
        raise NotAllowed
    require_role(member, network, SPEAKS)
    made = Activity.objects.filter(created_by=member)
    same = made.filter(
        title=fields["title"],
        starts_at=fields["starts_at"],
        cancelled_at=None,
        created_at__gt=timezone.now() - timedelta(days=1),
    )
    if sent := same.filter(hosts__network=network, hosts__position=0).first():
        return sent
    hold_pace(member, "activities", made, error=TooMany, everyone=True)
    now = timezone.now()
    activity = Activity.objects.create(
        **fields,
        renderer_version=RENDERER_VERSION,
        created_by=member,
        created_at=now,
        changed_at=now,
    )
    ActivityHost.objects.create(activity=activity, network=network, confirmed_at=now)
    _set_hosts(activity, network, member, locked, details.hosts)
    set_topics(activity, member, details.topics)
    claim_pictures(member, pictures, activity=activity)
    record_event(network.pk, EventKind.ACTIVITY, actor=member, activity=activity)
    _announce_to(network.pk, activity, member)
    if activity.open_to == Open.EVERYONE:  # what only members know of leaves no trace outside
        Network.objects.filter(pk=network.pk).update(last_active_at=now)
    looked.of("activity", activity)
    return activity


@transaction.atomic
def edit(*, member: "Member", activity: Activity, details: Details, seen: int | None) -> Activity:
    """Change an activity; those who answered are told when its time or place is another.

    `seen` is the sequence number the writer saw. Raises NotAllowed, BadText (also for fewer places than
    people going), TooFast, Stale when somebody changed it meanwhile.
    """
    hold_pace(member, "edits")
    fields, pictures, looked = details.fields(member, before=activity.body)
    announcer = activity.hosts.get(position=0).network_id
    locked = lock_networks(announcer, *(each.pk for each in details.hosts))
    activity = lock_activity(activity.pk)
    forget_roles(member)
    if not member.is_active or not can_change(member, activity, hosts_of(activity)):
        raise NotAllowed
    if seen is not None and seen != activity.sequence:
        raise Stale
    if details.starts_at != activity.starts_at:
        _in_time(details.starts_at)
    capacity = fields["capacity"]
    if capacity is not None and capacity < activity.going_count:
        raise BadText(
            _("%(count)d people have said they come, so there cannot be fewer places than that.")
            % {"count": activity.going_count}
        )
    changed = [name for name in _KEPT if getattr(activity, name) != fields[name]]
    if changed:
        fields |= {"sequence": activity.sequence + 1, "changed_at": timezone.now()}
    data: dict[str, Any] = {"activity": activity.pk}
    before = {"starts_at": activity.starts_at.isoformat(), "ends_at": activity.ends_at.isoformat()}
    place = {"place": activity.place, "province": activity.province}
    Activity.objects.filter(pk=activity.pk).update(**fields, renderer_version=RENDERER_VERSION)
    for name, value in fields.items():
        setattr(activity, name, value)
    _set_hosts(activity, locked[announcer], member, locked, details.hosts)
    set_topics(activity, member, details.topics)
    claim_pictures(member, pictures, activity=activity)
    fill_places(activity)
    if any(name in _TOLD for name in changed):
        hold_pace(member, "changes")
        if {"starts_at", "ends_at"} & set(changed):
            data |= before
        if place.keys() & set(changed):
            data |= place
        _tell(activity, "activity-changed", f"changed-{activity.sequence}", data, but=member)
    looked.of("activity", activity)
    return activity


@transaction.atomic
def cancel(*, member: "Member", activity: Activity, reason: str) -> None:
    """Call an activity off, for good; those who answered are told why. Raises NotAllowed, BadText."""
    reason = fitting_line(reason, REASON_LENGTH)
    if not reason:
        raise BadText(_("Please say why: those who wanted to come are told."))
    looked = published(member, reason)
    (reason,) = looked.texts
    network = lock_open(activity.hosts.get(position=0).network_id)
    activity = lock_activity(activity.pk)
    forget_roles(member)
    if not member.is_active or not can_change(member, activity, hosts_of(activity)):
        raise NotAllowed
    now = timezone.now()
    Activity.objects.filter(pk=activity.pk).update(
        cancelled_at=now, cancelled_why=reason, changed_at=now, sequence=activity.sequence + 1
    )
    record_event(network.pk, EventKind.ACTIVITY_CANCELLED, actor=member, activity=activity)
    drop_emails(key=f"activity-{activity.pk}-")
    _tell(activity, "activity-cancelled", "cancelled", {"activity": activity.pk}, but=member)
    looked.of("activity", activity)


def _tell(
    activity: Activity, kind: str, about: str, data: dict[str, Any], *, but: "Member"
) -> None:
    """Everybody who comes, also who does not want to hear `but`: it is where they go."""
    told = Attendance.objects.filter(activity=activity).exclude(answer=Answer.NOT)
    tell(
        kind,
        key=f"activity-{activity.pk}-{about}",
        members=told.exclude(member=but).values_list("member_id", flat=True),
        data=data,
    )


@transaction.atomic
def report(
    *, member: "Member", activity: Activity, body: str, lesson: str = "", came: int | None = None
) -> None:
    """Say afterwards what was done, how many came and what was learned; said again, it is replaced.

    Raises NotAllowed for one who speaks for no network that held it, or before it is over; BadText.
    """
    looked = published(member, body, fitting_line(lesson, LESSON_LENGTH))
    body, lesson = looked.texts
    body, html, pictures = made(body, writer=member, before=activity.report)
    if not body:
        raise BadText(_("Please write in a few lines what you did."))
    if came is not None and not 0 <= came <= 1_000_000:
        raise BadText(_("How many came must be a number, or left empty."))
    hosts = hosts_of(activity)
    lock_networks(*(host.network_id for host in hosts))
    activity = lock_activity(activity.pk)
    forget_roles(member)
    if not member.is_active or not can_report(member, activity, hosts_of(activity)):
        raise NotAllowed
    first, now = activity.reported_at is None, timezone.now()
    Activity.objects.filter(pk=activity.pk).update(
        report=body,
        report_html=html,
        lesson=lesson,
        came=came,
        reported_by=member,
        **({"reported_at": now} if first else {}),
    )
    claim_pictures(member, pictures, activity=activity)
    looked.of("activity", activity)
    if first:
        for host in hosts:
            if host.confirmed_at:
                record_event(
                    host.network_id, EventKind.ACTIVITY_REPORTED, actor=member, activity=activity
                )


# -- networks that hold it together -----------------------------------------------------------------


def _set_hosts(
    activity: Activity,
    announcer: Network,
    member: "Member",
    locked: dict[int, Network],
    networks: Iterable[Network],
) -> None:
    """Ask these networks to hold it too, and no others; the coordinators of those new are told."""
    wanted = {each.pk for each in networks} - {announcer.pk}
    if len(wanted) >= MOST_HOSTS:
        raise BadText(_("Up to %(limit)d networks, please.") % {"limit": MOST_HOSTS})
    there = set(activity.hosts.values_list("network_id", flat=True))
    activity.hosts.exclude(network__in=[*wanted, announcer.pk]).delete()
    own = set(
        Membership.objects.filter(
            member=member, network__in=wanted, role=Role.COORDINATOR
        ).values_list("network_id", flat=True)
    )
    for position, pk in enumerate(sorted(wanted - there), start=len(there)):
        if not locked[pk].is_open:
            raise BadText(
                _("“%(name)s” is archived and holds no activities: take it off the list.")
                % {"name": locked[pk].name}
            )
        mine = pk in own  # she need not ask herself
        ActivityHost.objects.create(
            activity=activity,
            network_id=pk,
            position=position,
            confirmed_at=timezone.now() if mine else None,
        )
        if mine:
            record_event(pk, EventKind.ACTIVITY, actor=member, activity=activity)
            _announce_to(pk, activity, member)
            continue
        tell(
            "activity-invited",
            key=f"activity-{activity.pk}-invited-{pk}",
            members=coordinator_ids(pk),
            actor=member,
            data={"activity": activity.pk, "network": pk},
        )


@transaction.atomic
def decide_host(*, member: "Member", activity: Activity, network: Network, accept: bool) -> None:
    """A coordinator says whether her network holds it too; a host may step back the same way.

    Raises NotAllowed for another, or when the network was not asked (any more), or for the announcer's;
    NoAnswers when it is over or cancelled.
    """
    network = lock_open(network.pk)
    require_role(member, network)
    activity = lock_activity(activity.pk)
    if activity.cancelled_at is not None or activity.ends_at <= timezone.now():
        raise NoAnswers
    host = activity.hosts.filter(network=network, position__gt=0).first()
    if host is None:
        raise NotAllowed(_("The network is not asked to hold this activity any more."))
    if not accept:
        host.delete()
    elif host.confirmed_at is None:
        ActivityHost.objects.filter(pk=host.pk).update(confirmed_at=timezone.now())
        record_event(network.pk, EventKind.ACTIVITY, actor=member, activity=activity)
        _announce_to(network.pk, activity, member)
    if not accept or host.confirmed_at is None:
        tell(
            "activity-answered",
            key=f"activity-{activity.pk}-answered-{network.pk}",
            members=[activity.created_by_id],
            actor=member,
            data={"activity": activity.pk, "network": network.pk, "yes": accept},
        )


def _announce_to(network_id: int, activity: Activity, member: "Member") -> None:
    """The members of a network that holds it are told, each once however many of them hold it."""
    data = {"activity": activity.pk, "network": network_id}
    tell("activity-announced", key=f"activity-{activity.pk}-new", actor=member, data=data)


# -- the secret calendar ----------------------------------------------------------------------------
