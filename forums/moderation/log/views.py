"""The public log of decisions, its filters, and each year's figures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forums.base.rate_limits import light_pace
from forums.moderation.log import figures, rows
from forums.moderation.log.filters import FIRST_YEAR, asked_for, newest_first
from forums.moderation.log.forms import LogForm
from forums.moderation.log.sheets import csv_of
from forums.text import dates


@require_safe
def moderation_log(request: HttpRequest) -> HttpResponse:
    """What was decided, newest first; the address may ask for one thing, act, rule, network or month."""
    filters = asked_for(request.GET, request.user)
    page = rows.page(
        filters.of(newest_first(request.user)), request.user, request.GET, keep=filters.keep
    )
    now = timezone.now()
    context = {
        "page": page,
        "filters": filters,
        "asked": bool(filters.keep or filters.unknown),
        "form": LogForm(filters, now),
        "year": timezone.localtime(now).year,
    }
    return render(request, "moderation/log.html", context)


@require_safe
@light_pace("figures")
def figures_page(request: HttpRequest, year: int) -> HttpResponse:
    """How much was decided in a year, how soon, and what came of asking again."""
    years = _years(year)
    context = {
        "figures": figures.of_year(year),
        "label": dates.year(year),
        "others": [(other, dates.year(other)) for other in years if other != year],
    }
    return render(request, "moderation/figures.html", context)


@require_safe
@light_pace("figures")
def figures_csv(request: HttpRequest, year: int) -> HttpResponse:
    """The same for programs."""
    _years(year)
    answer = HttpResponse(csv_of(figures.of_year(year)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="moderation-{year}.csv"'
    return answer


def _years(year: int) -> list[int]:
    years = figures.years(timezone.now(), FIRST_YEAR)
    if year not in years:
        raise Http404
    return years
