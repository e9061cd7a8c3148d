"""The page of one activity, and answering."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import member_url
from forums.activities.attendance import actions
from forums.activities.attendance.forms import AttendanceForm
from forums.activities.attendance.linked_data import of_activity
from forums.activities.models import ZONES, Activity, ActivityHost, Answer, Attendance, Open
from forums.activities.permissions import (
    can_answer,
    can_change,
    can_decide,
    can_report,
    hosts_of,
    sees_link,
    sees_names,
)
from forums.activities.rows import place_of
from forums.activities.sharing import sketch
from forums.base.errors import BadText
from forums.base.offline import readable_offline
from forums.base.view_helpers import MemberRequest, signed_in
from forums.discussions.topics.models import Topic, topic_url
from forums.sharing.sending import send_on
from forums.text import calendar_words
from forums.text.dates import BANGKOK

NAMES = 60  # of those who come, on the page


@dataclass(frozen=True, slots=True)
class AttendeeRow:
    """Who comes, or may."""

    name: str
    url: str
    maybe: bool


@require_safe
@readable_offline
def activity(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One activity: when, where, who holds it, who comes, and afterwards what it was like."""
    found = Activity.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        get_object_or_404(Activity, pk=pk, created_by_id=request.user.pk)
        return redirect("own_activity", pk=pk)  # her own words, whoever else may not read them
    if slug != found.slug:
        return redirect(found, permanent=True)
    hosts = hosts_of(found)
    mine = found.answer_of(request.user.pk) if request.user.is_authenticated else ""
    topics = Topic.objects.for_list(request.user).filter(activities__activity=found)
    when, where = _when(found), place_of(found.place, found.province)
    return render(
        request,
        "activities/activity.html",
        {
            "section": "activities",
            "activity": found,
            **when,
            "where": where,
            **_elsewhere(found, hosts, when["when"], where),
            "hosts": [host for host in hosts if host.confirmed_at],
            "asked": _asked(request.user, hosts),
            "leaves": [
                host for host in hosts[1:] if host.confirmed_at and can_decide(request.user, host)
            ],
            "link": found.link if sees_link(request.user, hosts, mine) else "",
            "mine": mine,
            "mine_label": Answer(mine).label if mine else "",
            "answers": [
                (each.value, each.label) for each in (Answer.GOING, Answer.MAYBE, Answer.NOT)
            ],
            "may_answer": can_answer(request.user, found, hosts),
            "may_change": can_change(request.user, found, hosts),
            "may_report": can_report(request.user, found, hosts),
            "names": _names(found) if sees_names(request.user, hosts, mine) else [],
            "topics": [
                (title, topic_url(pk, slug))
                for pk, title, slug in topics.order_by("pk").values_list("pk", "title", "slug")
            ],
        },
    )


def _elsewhere(found: Activity, hosts: list[ActivityHost], when: str, where: str) -> dict[str, Any]:
    """What a link to it shows elsewhere and what machines read, nothing of what is not for everyone; how to send
    it on."""
    networks = [
        host.network for host in hosts if host.confirmed_at and host.network.hidden_at is None
    ]
    if found.hidden_at is not None or networks[:1] != [host.network for host in hosts[:1]]:
        return {}
    is_public = found.open_to == Open.EVERYONE
    offered = {"send_on": send_on(path=found.short_url, title=found.title, is_public=is_public)}
    if not is_public:
        return offered
    drawn = sketch(found, networks).address("activities", found.pk)
    return offered | {
        "drawn": drawn,
        "shared_text": f"{when} {where}",
        "linked_data": of_activity(found, networks, where=where, picture=drawn),
    }


def _when(found: Activity) -> dict[str, Any]:
    """When it is, in its own zone, and in Thailand's if that is another."""
    zone = ZoneInfo(found.zone)
    starts, ends = found.starts_at.astimezone(zone), found.ends_at.astimezone(zone)
    said = {"when": calendar_words.whole(starts, ends), "zone": "", "in_thailand": ""}
    if found.zone != BANGKOK.key:
        here = calendar_words.whole(starts.astimezone(BANGKOK), ends.astimezone(BANGKOK))
        said |= {"zone": str(dict(ZONES).get(found.zone, found.zone)), "in_thailand": here}
    return said | {"over": found.ends_at <= timezone.now()}


def _asked(member: Any, hosts: list[ActivityHost]) -> list[ActivityHost]:
    return [host for host in hosts if not host.confirmed_at and can_decide(member, host)]


def _names(found: Activity) -> list[AttendeeRow]:
    """Who comes and who may, in the order of answering: up to `NAMES`."""
    answers = Attendance.objects.filter(
        activity=found, answer__in=(Answer.GOING, Answer.MAYBE), member__is_active=True
    )
    rows = answers.order_by("answer", "since", "pk").values_list(
        "answer", "member__display_name", "member__handle"
    )
    return [
        AttendeeRow(name, member_url(handle), said == Answer.MAYBE)
        for said, name, handle in rows[:NAMES]
    ]


@require_POST
@signed_in
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Say whether one comes."""
    found = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        raise BadText(_("Please choose one of the answers."))
    now = actions.answer(
        member=request.user,
        activity=found,
        answer=form.cleaned_data["answer"],
    )
    messages.success(request, SAID[Answer(now.answer)]())
    return redirect(found.get_absolute_url() + "#answer")


SAID = {
    Answer.GOING: lambda: _("You are down as coming. See you there."),
    Answer.WAITING: lambda: _(
        "All places are taken. You are on the waiting list, and get an e-mail when there is a place."
    ),
    Answer.MAYBE: lambda: _("You are down as perhaps coming."),
    Answer.NOT: lambda: _("You are down as not coming. You can change your mind."),
}
