"""Pages for those who hold activities: announce, change, cancel, report, agree to hold one together."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forums.activities.hosting import actions
from forums.activities.hosting.forms import ActivityForm, CancelForm, ReportForm, begins, filled_in
from forums.activities.models import Activity, ActivityHost
from forums.activities.permissions import can_change, can_report, hosts_of
from forums.base.errors import CoordinatorsOnly, NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.topics.models import Topic, topic_url
from forums.groups.memberships.network_page import network_page
from forums.groups.memberships.permissions import can_speak_for
from forums.groups.networks.models import Network
from forums.pictures.forms import Composing


@signed_in
@network_page
def announce(request: MemberRequest, network: Network) -> HttpResponse:
    """Announce an activity of a network; `?topic=` names the topic it grows out of, `?day=` and `?at=` when it begins."""
    if not can_speak_for(request.user, network):
        raise CoordinatorsOnly(
            network.get_absolute_url(),
            _("Only coordinators and spokespersons of a network announce its activities."),
        )
    form = ActivityForm(
        *posted(request),
        member=request.user,
        network=network,
        initial={"topics": request.GET.get("topic", "")[:200]} | begins(request.GET),
    )
    sent = Composing(
        request,
        form,
        lambda _data: actions.announce(
            member=request.user, network=network, details=form.details()
        ),
    )
    if sent.done:
        return redirect(sent.made)
    context = {
        "network": network,
        "section": "activities",
        "form": form,
        **sent.shown,
    }
    return render(request, "activities/new.html", context, status=sent.status)


@signed_in
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change an activity; those who answered are told when its time or place is another."""
    activity, held_by = _mine(request, pk, can_change)
    initial = None
    if request.method != "POST":
        asked = [host.network.name for host in held_by[1:]]
        initial = filled_in(activity, asked, _topics_of(request, activity))
    form = ActivityForm(
        *posted(request), member=request.user, network=held_by[0].network, initial=initial
    )
    form.stands(activity.title, activity.place, activity.body)
    sent = Composing(
        request,
        form,
        lambda data: actions.edit(
            member=request.user, activity=activity, details=form.details(), seen=data["seen"]
        ),
    )
    if sent.done:
        return redirect(sent.made)
    context = {
        "activity": activity,
        "network": held_by[0].network,
        "form": form,
        **sent.shown,
    }
    return render(request, "activities/edit.html", context, status=sent.status)


def _topics_of(request: HttpRequest, activity: Activity) -> list[str]:
    linked = Topic.objects.for_list(request.user).filter(activities__activity=activity)
    return [topic_url(pk, slug) for pk, slug in linked.order_by("pk").values_list("pk", "slug")]


@signed_in
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask why, then call it off."""
    activity, held_by = _mine(request, pk, can_change)
    form = CancelForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.cancel(member=request.user, activity=activity, reason=data["reason"]),
    )
    if sent.done:
        messages.success(request, _("The activity is cancelled. Those who answered are told."))
        return redirect(activity)
    context = {"activity": activity, "network": held_by[0].network, "form": form}
    return render(request, "activities/cancel.html", context, status=sent.status)


@signed_in
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Say afterwards what was done, how many came and what was learned."""
    activity, held_by = _mine(request, pk, can_report)
    came = "" if activity.came is None else activity.came
    form = ReportForm(
        *posted(request),
        initial={"body": activity.report, "lesson": activity.lesson, "came": came},
    )
    sent = Composing(
        request,
        form,
        lambda data: actions.report(
            member=request.user,
            activity=activity,
            body=data["body"],
            lesson=data["lesson"],
            came=data["came"],
        ),
    )
    if sent.done:
        return redirect(activity)
    context = {
        "activity": activity,
        "network": held_by[0].network,
        "form": form,
        **sent.shown,
    }
    return render(request, "activities/report.html", context, status=sent.status)


@require_POST
@signed_in
def hosts(request: MemberRequest, pk: int) -> HttpResponse:
    """Say whether one's network holds it too (fields network, accept)."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    network = get_object_or_404(
        Network.objects.visible_to(request.user), slug=request.POST.get("network", "")
    )
    accept = request.POST.get("accept") == "1"
    actions.decide_host(
        member=request.user,
        activity=activity,
        network=network,
        accept=accept,
    )
    if accept:
        messages.success(request, _("Your network holds this activity too now."))
    else:
        messages.success(request, _("Your network does not hold this activity."))
    if Activity.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect(activity)
    return redirect("activities")


def _mine(request: HttpRequest, pk: int, may: Any) -> tuple[Activity, list[ActivityHost]]:
    """The activity with its networks, for one who may: 404 for what she does not see, else 403."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    held_by = hosts_of(activity)
    if not may(request.user, activity, held_by):
        raise NotAllowed(_("You may not do this with this activity, or not any more."))
    return activity, held_by
