"""Answers, and the waiting list that moves up. All of it under the activity's row lock.

A trigger keeps the counts and a check constraint refuses one too many; the lock makes sure that nobody
ever meets that refusal: fifty who answer at once queue here, ten go and forty wait, in their order.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forums.activities.locks import lock_activity
from forums.activities.models import Activity, ActivityHost, Answer, Attendance, Open
from forums.activities.permissions import can_answer, hosts_of, takes_answers
from forums.base.errors import BadText, ForumError, NotAllowed
from forums.groups.memberships.models import Membership, forget_roles
from forums.groups.networks.models import NETWORK_SHOWN
from forums.notifications.telling import tell

if TYPE_CHECKING:
    from accounts.models import Member


class NoAnswers(ForumError):
    status = 409
    message = _("This activity takes no more answers.")


@transaction.atomic
def answer(*, member: "Member", activity: Activity, answer: str) -> Attendance:
    """Say going, maybe or not; what was said before is changed. Returns what stands now.

    Going, when all places are taken, becomes waiting; whoever waits already keeps her place in the line.
    Raises BadText for another word, NoAnswers when it is over, cancelled or hidden, NotAllowed for one
    who may not come.
    """
    if answer not in (Answer.GOING, Answer.MAYBE, Answer.NOT):
        raise BadText(_("Please choose one of the answers."))
    activity = lock_activity(activity.pk)
    if not takes_answers(activity):
        raise NoAnswers
    forget_roles(member)  # whoever was removed while the page was open comes no more
    if not can_answer(member, activity, hosts_of(activity)):
        raise NotAllowed
    mine = Attendance.objects.filter(activity=activity, member=member).first()
    if mine is not None and (mine.answer, answer) == (Answer.WAITING, Answer.GOING):
        return mine
    if mine is not None and mine.answer == answer:
        return mine
    wanted = answer
    if answer == Answer.GOING and _is_full(activity):
        wanted = Answer.WAITING
    mine = mine or Attendance(activity=activity, member=member)
    mine.answer, mine.since = wanted, timezone.now()
    mine.save()
    fill_places(activity)
    return mine


def fill_places(activity: Activity) -> None:
    """Let those who wait longest have the places that are free, and tell them. The row is locked."""
    activity.refresh_from_db(fields=["going_count", "waiting_count"])
    if not activity.waiting_count or not takes_answers(activity):
        return
    waiting = Attendance.objects.filter(activity=activity, answer=Answer.WAITING)
    found = waiting.order_by("since", "pk")
    if activity.capacity is not None:
        found = found[: max(0, activity.capacity - activity.going_count)]
    lucky = dict(found.values_list("pk", "member_id"))
    if not lucky:
        return
    now = timezone.now()
    Attendance.objects.filter(pk__in=lucky).update(answer=Answer.GOING, since=now)
    activity.refresh_from_db(fields=["going_count", "waiting_count"])
    tell(
        "activity-place",
        key=f"activity-{activity.pk}-place-{now:%Y%m%d%H%M%S}",
        members=lucky.values(),
        data={"activity": activity.pk},
    )


def _is_full(activity: Activity) -> bool:
    return activity.capacity is not None and activity.going_count >= activity.capacity


@transaction.atomic
def free_lost_places(*, activity: Activity) -> int:
    """Take back the places of those who can no longer come: suspended, or, where only members come, gone
    from every network that holds it. Returns how many; those who wait move up."""
    activity = lock_activity(activity.pk)
    lost = Attendance.objects.filter(_cannot_come(), activity=activity).delete()[0]
    if lost:
        fill_places(activity)
    return lost


def with_lost_places(now: datetime) -> list[Activity]:
    """The activities of the next sixty days that `free_lost_places` has something to do for."""
    lost = Attendance.objects.filter(_cannot_come(), activity=OuterRef("pk"))
    soon = Activity.objects.filter(
        Exists(lost), cancelled_at=None, ends_at__gt=now, starts_at__lt=now + timedelta(days=60)
    )
    return list(soon.order_by("pk")[:100])


def _cannot_come() -> Q:
    hosts = ActivityHost.objects.filter(
        activity=OuterRef(OuterRef("activity")), confirmed_at__isnull=False
    )
    member = Membership.objects.filter(
        NETWORK_SHOWN.q(path="network__"),
        member=OuterRef("member"),
        network__in=hosts.values("network"),
    )
    return Q(member__is_active=False) | Q(~Exists(member), activity__open_to=Open.MEMBERS)
