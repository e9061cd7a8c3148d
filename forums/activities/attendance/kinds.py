"""What is told to who answered about activities, and what of it falls due by itself.

Each asks, when it is sent, whether its reader may still know of the activity and still means to come.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forums.activities.attendance.actions import free_lost_places, with_lost_places
from forums.activities.models import Activity, ActivityHost, Answer, Attendance
from forums.activities.rows import place_of
from forums.base.mail_bodies import MailItem, MailSection
from forums.base.personal import Area, Leaves, holds
from forums.groups.memberships.models import Role, role_in, roles_of
from forums.groups.networks.kinds import ASKED
from forums.notifications.models import Email, Notification
from forums.notifications.registry import (
    EmailText,
    Group,
    Sentence,
    email_kind,
    notification,
    scheduled,
    switch,
    whole_address,
)
from forums.notifications.seen import Seen
from forums.notifications.telling import tell
from forums.reading.digest.registry import Span, digest_part
from forums.text import calendar_words

COMES = switch(
    "activity",
    Group.NETWORKS,
    gettext_lazy("Activities you answered"),
    gettext_lazy("changed, cancelled, soon, a place for you"),
)
BEFORE = timedelta(days=1)
AHEAD = 5  # activities of a digest
COMING = (Answer.GOING, Answer.WAITING, Answer.MAYBE)


@scheduled("activity-reminders")
def remind(now: datetime) -> None:
    """One day before: an email to those who said they come, or may. Those who answered since know already."""
    soon = Activity.objects.shown().filter(
        starts_at__gt=now, starts_at__lte=now + BEFORE, cancelled_at=None
    )
    for pk, starts_at in soon.values_list("pk", "starts_at"):
        key = f"activity-{pk}-reminder-{starts_at:%Y%m%d%H%M}"
        told = Email.objects.filter(key__startswith=f"{key}:").values("member")
        tell(
            "activity-reminder",
            key=key,
            members=Attendance.objects.filter(
                activity=pk, answer__in=(Answer.GOING, Answer.MAYBE), since__lte=starts_at - BEFORE
            )
            .exclude(member__in=told)
            .values_list("member_id", flat=True),
            data={"activity": pk, "starts_at": starts_at.isoformat()},
        )


@scheduled("activity-places")
def free_places(now: datetime) -> None:
    """Those who can no longer come give their places to those who wait."""
    for activity in with_lost_places(now):
        free_lost_places(activity=activity)


@email_kind("activity-reminder")
def _reminder(email: Email) -> EmailText | None:
    activity = _still(email, Answer.GOING, Answer.MAYBE)
    if activity is None or activity.starts_at.isoformat() != email.data["starts_at"]:
        return None
    maybe = activity.answer_of(email.member_id) == Answer.MAYBE
    question = _("You said maybe. If you know by now, please answer on the page.") if maybe else ""
    rest = _(
        "If you cannot come after all, please say so on the page: somebody else may be waiting."
    )
    return EmailText(
        _("Soon: %(title)s") % {"title": activity.title},
        _paragraphs(
            _facts(activity, link=True), question or rest, whole_address(activity.short_url)
        ),
    )


@email_kind("activity-changed")
def _changed(email: Email) -> EmailText | None:
    activity = _still(email, *COMING)
    if activity is None or _told_later(email):
        return None
    link = activity.answer_of(email.member_id) != Answer.WAITING
    return EmailText(
        _("Changed: %(title)s") % {"title": activity.title},
        _paragraphs(
            _("The time or the place of this activity is another now:"),
            _facts(activity, link=link),
            _before(email, activity),
            _("Can you still come? You can change your answer on the page."),
            whole_address(activity.short_url),
        ),
    )


def _before(email: Email, activity: Activity) -> str:
    """The time and the place that were changed, as they were."""
    lines = []
    if "starts_at" in email.data:
        starts_at = datetime.fromisoformat(email.data["starts_at"])
        ends_at = datetime.fromisoformat(email.data["ends_at"])
        when = _when(starts_at, ends_at, activity.zone)
        lines.append(_("Before, it was %(when)s.") % {"when": when})
    if place := place_of(email.data.get("place", ""), email.data.get("province", "")):
        lines.append(_("The place was %(place)s.") % {"place": place})
    return "\n".join(lines)


@email_kind("activity-cancelled")
def _cancelled(email: Email) -> EmailText | None:
    activity = _seen(email)
    if activity is None or activity.cancelled_at is None:
        return None
    if activity.answer_of(email.member_id) not in COMING:
        return None
    return EmailText(
        _("Cancelled: %(title)s") % {"title": activity.title},
        _paragraphs(
            _("This activity will not take place:"),
            _facts(activity),
            _("Why: %(reason)s") % {"reason": activity.cancelled_why},
            whole_address(activity.short_url),
        ),
    )


@email_kind("activity-place")
def _place(email: Email) -> EmailText | None:
    activity = _still(email, Answer.GOING)
    if activity is None:
        return None
    return EmailText(
        _("There is a place for you: %(title)s") % {"title": activity.title},
        _paragraphs(
            _("You were on the waiting list. Now there is a place, and you are down as coming:"),
            _facts(activity, link=True),
            _(
                "If you cannot come after all, please say so on the page: somebody else may be waiting."
            ),
            whole_address(activity.short_url),
        ),
    )


@email_kind("activity-invited")
def _invited(email: Email) -> EmailText | None:
    activity = _seen(email)
    if activity is None or activity.cancelled_at is not None:
        return None
    network = email.data["network"]
    host = (
        ActivityHost.objects.filter(activity=activity, network=network, confirmed_at=None)
        .select_related("network")
        .first()
    )
    if host is None or role_in(email.member, network) != Role.COORDINATOR:
        return None
    announcer = activity.hosts.select_related("network").get(position=0).network.name
    return EmailText(
        _("“%(announcer)s” asks “%(network)s” to hold an activity together")
        % {"announcer": announcer, "network": host.network.name},
        _paragraphs(
            _facts(activity),
            _("Please say yes or no on the page:"),
            whole_address(activity.short_url),
        ),
    )


def _seen(email: Email) -> Activity | None:
    """The activity, if the email's reader may know of it."""
    member = email.member
    if member is None or not member.is_active:
        return None
    return Activity.objects.for_list(member).filter(pk=email.data["activity"]).first()


def _still(email: Email, *answers: str) -> Activity | None:
    """The same, if it is to come and she answered one of `answers`."""
    activity = _seen(email)
    if activity is None or activity.cancelled_at is not None:
        return None
    return activity if activity.answer_of(email.member_id) in answers else None


def _told_later(email: Email) -> bool:
    """Was the time or place changed once more since? The later email says all there is to say."""
    key = f"activity-{email.data['activity']}-changed-"
    later = Email.objects.filter(key__startswith=key, member=email.member_id, pk__gt=email.pk)
    return later.exists()


def _when(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    there = ZoneInfo(zone)
    said = calendar_words.whole(starts_at.astimezone(there), ends_at.astimezone(there))
    return said if zone == "Asia/Bangkok" else f"{said} ({zone.split('/')[1].replace('_', ' ')})"


def _facts(activity: Activity, *, link: bool = False) -> str:
    lines = [
        activity.title,
        _("When: %(when)s") % {"when": _when(activity.starts_at, activity.ends_at, activity.zone)},
    ]
    if place := place_of(activity.place, activity.province):
        lines.append(_("Where: %(place)s") % {"place": place})
    if link and activity.link:
        lines.append(_("Link to meet at: %(link)s") % {"link": activity.link})
    return "\n".join(lines)


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


@digest_part(2)
def ahead(member: Member, span: Span) -> MailSection | None:
    """What her networks hold until the next digest, and what she said she comes to: two queries."""
    now = timezone.now()
    coming = Attendance.objects.filter(member=member, answer__in=COMING).values("activity")
    held = ActivityHost.objects.filter(
        network__in=list(roles_of(member)), confirmed_at__isnull=False
    ).values("activity")
    soon = Activity.objects.for_list(member).filter(
        Q(pk__in=coming) | Q(pk__in=held),
        starts_at__gt=now,
        starts_at__lte=span.until,
        cancelled_at=None,
    )
    items = [
        MailItem(each.title, whole_address(each.short_url), when_and_where(each))
        for each in soon.order_by("starts_at", "pk")[:AHEAD]
    ]
    return MailSection(_("Activities ahead"), items) if items else None


# -- On the page --------------------------------------------------------------------------------


def when_and_where(activity: Activity) -> str:
    """On one line, as it stands now."""
    when = _when(activity.starts_at, activity.ends_at, activity.zone)
    return " · ".join(filter(None, (when, place_of(activity.place, activity.province))))


def _line(note: Notification, seen: Seen, told: str) -> Sentence | None:
    """Beside the words when and where it is, as it stands now."""
    activity = seen.one(note, "activity")
    if activity is None:
        return None
    text = told % {"title": activity.title}
    return Sentence(text, activity.get_absolute_url(), when_and_where(activity), icon="calendar")


@notification("activity-reminder", COMES, again=False)
def _reminder_line(note: Notification, seen: Seen) -> Sentence | None:
    return _line(note, seen, _("Soon: %(title)s"))


@notification("activity-changed", COMES)
def _changed_line(note: Notification, seen: Seen) -> Sentence | None:
    return _line(note, seen, _("Changed: %(title)s"))


@notification("activity-cancelled", COMES)
def _cancelled_line(note: Notification, seen: Seen) -> Sentence | None:
    activity = seen.one(note, "activity")
    if activity is None:
        return None
    text = _("Cancelled: %(title)s") % {"title": activity.title}
    return Sentence(text, activity.get_absolute_url(), activity.cancelled_why, icon="calendar")


@notification("activity-place", COMES)
def _place_line(note: Notification, seen: Seen) -> Sentence | None:
    return _line(note, seen, _("There is a place for you: %(title)s"))


@notification("activity-invited", ASKED)
def _invited_line(note: Notification, seen: Seen) -> Sentence | None:
    """`network` is asked to hold it too, by her who coordinates it."""
    activity, network = seen.one(note, "activity"), seen.one(note, "network")
    if activity is None or network is None:
        return None
    if role_in(seen.member, network.pk) != Role.COORDINATOR:
        return None
    said = {"network": network.name, "title": activity.title}
    text = _("Will “%(network)s” hold “%(title)s” together with others?") % said
    return Sentence(text, activity.get_absolute_url(), bead=network)


# -- What is held of a person ----------------------------------------------------------------------

holds(
    Attendance,
    "member",
    what=gettext_lazy("The activities you come to"),
    area=Area.NETWORKS,
    leaves=Leaves.DELETED,
    also=("activity__title",),
)
