"""Pages of reports: to report something, what became of it, what one reported."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.moderation.reports import actions, lists
from forums.moderation.reports.forms import ProblemForm
from forums.moderation.reports.models import ProblemReport
from forums.moderation.reports.permissions import can_report
from forums.moderation.reports.things import REPORTED, copied_rows, pictures_in
from forums.moderation.subjects import Subject, subject_at


@require_http_methods(WRITES)
@never_cache
@signed_in
def report(request: MemberRequest, kind: str, thing: str) -> HttpResponse:
    """Report a thing; to who has reported it, how far that is."""
    subject = _subject(request, kind, thing)
    if (subject.kind, subject.key) != (kind, thing):  # a topic's own text is the topic
        return redirect("report", kind=subject.kind, thing=subject.key)
    if not can_report(request.user, subject):
        messages.info(request, _("This is your own: you can change it or take it out yourself."))
        return redirect(subject.url)
    mine = ProblemReport.objects.visible_to(request.user)
    there = mine.open().filter(subject=kind, key=thing).first()
    if there is not None:
        return redirect(there)
    form = ProblemForm(*posted(request), kind=kind)
    sent = Submission(
        form, lambda data: actions.report(member=request.user, subject=subject, **data)
    )
    if sent.done:
        return redirect(sent.made)
    context: dict[str, Any] = {
        "subject": subject,
        "form": form,
        "left": None if request.user.is_staff else actions.left_today(request.user),
        "pictures": pictures_in(subject, request.user),
        "shown": copied_rows(subject, request.user),
    }
    return render(request, "reports/report.html", context, status=sent.status)


def _subject(request: MemberRequest, kind: str, key: str) -> Subject:
    subject = subject_at(kind, key, request.user) if kind in REPORTED else None
    if subject is None:
        raise Http404
    return subject


@require_safe
@never_cache
@signed_in
def reported(request: MemberRequest, pk: int) -> HttpResponse:
    """One of her reports: that it was sent, and what becomes of it."""
    found = _hers(request, pk)
    (row,) = lists.rows([found], request.user)
    return render(request, "reports/reported.html", {"row": row, "report": found})


@require_POST
@signed_in
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """She reports it no more."""
    found = _hers(request, pk)
    if actions.take_back(member=request.user, report=found):
        messages.success(request, _("Taken back: the moderators will not hear of it from you."))
    return redirect("reports")


@require_safe
@never_cache
@signed_in
def reports(request: MemberRequest) -> HttpResponse:
    """What she reported, with what became of it."""
    page = lists.page_of(request.user, request.GET)
    return render(request, "reports/reports.html", {"page": page})


def _hers(request: MemberRequest, pk: int) -> ProblemReport:
    mine = ProblemReport.objects.visible_to(request.user).select_related("case__decision")
    return get_object_or_404(mine, pk=pk)
