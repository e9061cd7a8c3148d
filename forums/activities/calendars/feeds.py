"""Calendars to subscribe to, and the page where a member finds the address of her own."""

from hashlib import sha256

from django.conf import settings
from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.activities.calendars import ics
from forums.activities.calendars.actions import drop_calendar, renew_calendar
from forums.activities.models import Activity, Attendance, CalendarKey
from forums.activities.permissions import hosts_of, sees_link
from forums.base.view_helpers import MemberRequest, signed_in
from forums.groups.memberships.network_page import network_page
from forums.groups.networks.models import Network

# A calendar of some fifty activities is worth keeping; what reads it asks again and again, whether anything changed or not.
_LARGE, _MINUTE = 30_000, 60  # bytes, seconds


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity, to put into a calendar by hand."""
    activity = get_object_or_404(Activity.objects.for_list(request.user), pk=pk)
    answer = ""
    if request.user.is_authenticated:
        mine = Attendance.objects.filter(activity=activity, member=request.user)
        answer = mine.values_list("answer", flat=True).first() or ""
    link = sees_link(request.user, hosts_of(activity), answer) if activity.link else False
    return _answer(request, ics.of_activity(activity, link=link), name=f"activity-{pk}")


@require_safe
@network_page
def of_network(request: HttpRequest, network: Network) -> HttpResponse:
    """What a network holds and everyone may know of: the same for everyone who asks."""
    if network.hidden_at is not None:
        raise Http404
    cache, key = caches["process"], f"calendar:{network.pk}:{get_language()}"
    if (body := cache.get(key)) is None:
        body = ics.of_network(network)
        if len(body) > _LARGE:
            cache.set(key, body, _MINUTE)
    return _answer(request, body, name="activities", public=True)


@require_safe
def of_member(request: HttpRequest, secret: str) -> HttpResponse:
    """A member's own calendar. The address is the key: no session is looked at; who is suspended has none."""
    key = get_object_or_404(
        CalendarKey.objects.select_related("member"), secret=secret, member__is_active=True
    )
    return _answer(request, ics.of_member(key.member), name="calendar")


def _answer(request: HttpRequest, body: bytes, *, name: str, public: bool = False) -> HttpResponse:
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=900" if public else "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


@signed_in
def calendar_settings(request: MemberRequest) -> HttpResponse:
    """The secret address of one's own calendar; make one, a new one, or none."""
    if request.method == "POST":
        if "drop" in request.POST:
            drop_calendar(member=request.user)
            messages.success(request, _("The address is gone. No calendar can read it any more."))
        else:
            renew_calendar(member=request.user)
            messages.success(request, _("Here is your new address. An older one is dead."))
        return redirect("settings_calendar")
    key = CalendarKey.objects.filter(member=request.user).first()
    address = f"{settings.SITE_URL}/calendar/{key.secret}.ics" if key else ""
    context = {"key": key, "address": address, "webcal": address.replace("https:", "webcal:", 1)}
    return render(request, "activities/calendar.html", context)
