"""Activities as iCalendar (RFC 5545), for Google, Apple and Outlook. Reads only.

A calendar asks again by itself, so a file says what is true now: who may no longer see an activity gets
a calendar without it. DTSTAMP is when the event last changed, not when it was asked for: an unchanged
calendar is the same to the byte, and its ETag holds.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration, vUri

from accounts.models import Member
from forums.activities.models import (
    Activity,
    ActivityHost,
    ActivityQuerySet,
    Answer,
    Attendance,
)
from forums.activities.permissions import LINK_FOR
from forums.activities.rows import place_of
from forums.groups.memberships.models import roles_of
from forums.groups.networks.models import NETWORK_SHOWN, Network

BACK = timedelta(days=365)
MOST = 1000
AGAIN = timedelta(hours=1)  # how often a calendar should ask
PRODUCT = "-//roypalang//activities//TH"


def of_activity(activity: Activity, *, link: bool) -> bytes:
    """One activity as a file; the link to meet at only for whom the caller has asked. One query."""
    return _calendar(activity.title, [activity], links={activity.pk} if link else set())


def of_network(network: Network) -> bytes:
    """What a network holds that everyone may know of: a year back, and all to come. Two queries."""
    seen = Activity.objects.visible_to(AnonymousUser()).held_by([network.pk])
    name = _("Activities of %(network)s") % {"network": network.name}
    return _calendar(name, _recent(seen))


def of_member(member: Member) -> bytes:
    """What she answered, and what her networks hold, as far as she may see it now. Four queries."""
    mine = roles_of(member)
    answers = {
        pk: (answer, since)
        for pk, answer, since in Attendance.objects.filter(
            member=member, activity__ends_at__gt=timezone.now() - BACK
        )
        .order_by("-activity__ends_at")
        .values_list("activity_id", "answer", "since")[: 2 * MOST]
    }
    answered = [pk for pk, (answer, _since) in answers.items() if answer != Answer.NOT]
    hosts = ActivityHost.objects.filter(network__in=list(mine), confirmed_at__isnull=False)
    seen = Activity.objects.for_list(member).filter(
        Q(pk__in=answered) | Q(pk__in=hosts.values("activity"))
    )
    hosting = {each.network_id for each in mine.values() if each.speaks}
    return _calendar(
        _("My activities at Roypalang"), _recent(seen), answers=answers, hosting=hosting
    )


def _recent(seen: ActivityQuerySet) -> list[Activity]:
    """The last of the past year's and the next, at most `MOST`."""
    found = seen.filter(ends_at__gt=timezone.now() - BACK).order_by("-ends_at", "-pk")
    return list(found.defer("body", "body_html", "report", "report_html")[:MOST])


def _calendar(
    name: str,
    activities: Iterable[Activity],
    *,
    links: Iterable[int] = (),
    answers: dict[int, tuple[str, datetime]] | None = None,
    hosting: Iterable[int] = (),
) -> bytes:
    activities = sorted(activities, key=lambda each: (each.starts_at, each.pk))
    hosts = _hosts(activities)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Bangkok")
    every = vDuration(AGAIN)
    every.params["VALUE"] = "DURATION"
    calendar.add("refresh-interval", every)
    calendar.add("x-published-ttl", vDuration(AGAIN))
    first = min((activity.starts_at.year for activity in activities), default=0)
    for zone in sorted({activity.zone for activity in activities}):
        calendar.add_component(_zone(zone, first - 1))
    for activity in activities:
        networks = hosts.get(activity.pk, [])
        answer, since = (answers or {}).get(activity.pk, ("", None))
        knows = (
            activity.pk in set(links)
            or answer in LINK_FOR
            or any(pk in set(hosting) for pk, _name in networks)
        )
        calendar.add_component(
            _event(activity, [name for _pk, name in networks], answer, since, link=knows)
        )
    return bytes(calendar.to_ical())


def _event(
    activity: Activity, hosts: list[str], answer: str, since: datetime | None, *, link: bool
) -> Event:
    zone = ZoneInfo(activity.zone)
    address = f"{settings.SITE_URL}{activity.short_url}"
    changed = max(activity.changed_at, since or activity.changed_at).astimezone(UTC)
    title = activity.title
    if activity.cancelled_at is not None:
        title = _("Cancelled: %(title)s") % {"title": title}
    event = Event()
    event.add("uid", f"{activity.uid}@{settings.FORUMS_SITE_HOST.split(':')[0]}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("created", activity.created_at.astimezone(UTC))
    event.add("sequence", activity.sequence)
    event.add("summary", title)
    event.add("dtstart", activity.starts_at.astimezone(zone))
    event.add("dtend", activity.ends_at.astimezone(zone))
    if place := place_of(activity.place, activity.province):
        event.add("location", place)
    elif activity.link:
        event.add("location", activity.link if link else _("Online"))
    event.add("status", _status(activity, answer))
    event.add("url", vUri(address))
    lines = []
    if hosts:
        lines.append(_("Held by %(networks)s") % {"networks": " · ".join(hosts)})
    if answer == Answer.WAITING:
        lines.append(_("You are on the waiting list."))
    if activity.cancelled_why:
        lines.append(_("Why: %(reason)s") % {"reason": activity.cancelled_why})
    if link and activity.link:
        lines.append(_("Link to meet at: %(link)s") % {"link": activity.link})
    lines.append(address)
    event.add("description", "\n".join(lines))
    return event


def _status(activity: Activity, answer: str) -> str:
    if activity.cancelled_at is not None:
        return "CANCELLED"
    return "TENTATIVE" if answer in (Answer.MAYBE, Answer.WAITING) else "CONFIRMED"


def _hosts(activities: list[Activity]) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    rows = (
        ActivityHost.objects.filter(
            NETWORK_SHOWN.q(path="network__"),
            activity__in=[activity.pk for activity in activities],
            confirmed_at__isnull=False,
        )
        .order_by("position", "pk")
        .values_list("activity_id", "network_id", "network__name")
    )
    for activity, network, name in rows:
        found.setdefault(activity, []).append((network, name))
    return found


@lru_cache(maxsize=64)
def _zone(name: str, year: int) -> Timezone:
    """The zone's rules as calendars read them, from `year` on for as long as an activity can lie ahead."""
    return Timezone.from_tzid(name, first_date=date(year, 1, 1), last_date=date(year + 10, 1, 1))
