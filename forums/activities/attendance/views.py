"""Pages of activities: what there is, one of them, and answering."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Member
from accounts.provinces import PROVINCES
from forums.activities import lists
from forums.activities.attendance import actions
from forums.activities.hosting.forms import AnswerForm
from forums.activities.models import ZONES, Activity, ActivityHost, Answer, Attendance
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
from forums.base.errors import BadText
from forums.base.view_helpers import signed_in
from forums.discussions.topics.models import Topic, topic_url
from forums.groups.memberships.models import roles_of
from forums.groups.memberships.network_page import network_page, shell
from forums.groups.networks.models import Network
from forums.text import calendar_words

NAMES = 60  # of those who come, on the page


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """All the reader may know of: what comes, what was, or a month; of one network, in one province."""
    network = _network(request)
    province = request.GET.get("province", "")
    if province and province not in dict(PROVINCES):
        raise Http404
    mine = list(roles_of(request.user).values())
    return render(
        request,
        "activities/activities.html",
        {
            "section": "activities",
            "network": network,
            "province": province,
            "networks": mine,
            "is_mine": network is not None and network.pk in roles_of(request.user),
            "provinces": PROVINCES,
            "may_announce": [each for each in mine if each.speaks],
            **_listed(request, network, province),
        },
    )


@require_safe
@network_page
def of_network(request: HttpRequest, network: Network) -> HttpResponse:
    """What one network holds: what comes and what was."""
    context = shell(request, network, "activities")
    if any(request.GET.get(name) for name in ("view", "after", "from")):
        context |= _listed(request, network, "")
    else:
        page, last = lists.first_pages(network, request.user)
        context |= {"view": "", "kept": "", "page": page, "last": last}
    context["may_announce"] = context["may_speak_for"]
    return render(request, "activities/of_network.html", context)


def _network(request: HttpRequest) -> Network | None:
    if not (slug := request.GET.get("network")):
        return None
    return get_object_or_404(Network.objects.visible_to(request.user), slug=slug)


def _listed(request: HttpRequest, network: Network | None, province: str) -> dict[str, Any]:
    view = request.GET.get("view", "")
    found = lists.seen_by(request.user, network=network.pk if network else None, province=province)
    kept = {
        name: value
        for name in ("network", "province")
        if (value := request.GET.get(name)) and request.path == reverse("activities")
    }
    context: dict[str, Any] = {"view": view, "kept": urlencode(kept)}
    if view == "month":
        return context | {"month": lists.month(found, request.GET.get("month", ""))}
    if view not in lists.LISTS:
        raise Http404
    return context | {"page": lists.LISTS[view](found, request.GET)}


@require_safe
def activity(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One activity: when, where, who holds it, who comes, and afterwards what it was like."""
    found = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    if slug != found.slug:
        return redirect(found, permanent=True)
    hosts = hosts_of(found)
    mine = _answer_of(request, found)
    topics = Topic.objects.for_list(request.user).filter(activities__activity=found)
    names = sees_names(request.user, hosts, mine)
    return render(
        request,
        "activities/activity.html",
        {
            "section": "activities",
            "activity": found,
            **_when(found),
            "where": place_of(found.place, found.province),
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
            "names": _names(found) if names else [],
            "sees_names": names,
            "topics": [
                (title, topic_url(pk, slug))
                for pk, title, slug in topics.order_by("pk").values_list("pk", "title", "slug")
            ],
        },
    )


def _when(found: Activity) -> dict[str, Any]:
    """When it is, in its own zone, and in Thailand's if that is another."""
    zone = ZoneInfo(found.zone)
    starts, ends = found.starts_at.astimezone(zone), found.ends_at.astimezone(zone)
    said = {"when": calendar_words.whole(starts, ends), "zone": "", "in_thailand": ""}
    if found.zone != "Asia/Bangkok":
        there = ZoneInfo("Asia/Bangkok")
        here = calendar_words.whole(starts.astimezone(there), ends.astimezone(there))
        said |= {"zone": str(dict(ZONES).get(found.zone, found.zone)), "in_thailand": here}
    return said | {"over": found.ends_at <= timezone.now()}


def _asked(member: Any, hosts: list[ActivityHost]) -> list[ActivityHost]:
    return [host for host in hosts if not host.confirmed_at and can_decide(member, host)]


def _answer_of(request: HttpRequest, found: Activity) -> str:
    if not request.user.is_authenticated:
        return ""
    mine = Attendance.objects.filter(activity=found, member=request.user)
    return mine.values_list("answer", flat=True).first() or ""


def _names(found: Activity) -> list[dict[str, Any]]:
    """Who comes and who may, in the order of answering: up to `NAMES`."""
    return [
        {
            "name": member.display_name,
            "url": member.get_absolute_url(),
            "maybe": said == Answer.MAYBE,
        }
        for said, member in _people(found)
    ]


def _people(found: Activity) -> list[tuple[str, Member]]:
    answers = Attendance.objects.filter(
        activity=found, answer__in=(Answer.GOING, Answer.MAYBE), member__is_active=True
    )
    rows = answers.select_related("member").order_by("answer", "since", "pk")[:NAMES]
    return [(row.answer, row.member) for row in rows]


@require_POST
@signed_in
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one comes."""
    found = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise BadText(_("Please choose one of the answers."))
    now = actions.answer(
        member=request.user,  # type: ignore[arg-type]
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
