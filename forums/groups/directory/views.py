"""The directory's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.provinces import OF_REGION, REGIONS, in_order
from forums.groups.directory import lists, province_map
from forums.groups.directory.query import NATIONWIDE, PLACES, SORTS, Asked, unsearched
from forums.groups.networks.models import NetworkKind, Sector
from forums.kept.marking import kept_for_visitors


@require_safe
@kept_for_visitors(unsearched)
def directory(request: HttpRequest) -> HttpResponse:
    """Every network that is listed: searched, filtered, sorted, a page at a time; and the map."""
    asked = Asked.read(request.GET)
    page, count = lists.page(asked, request.GET)
    plain = page.is_first and not asked.is_filtered
    drawn = province_map.current()
    by_province = bool(asked.province or (asked.region and asked.region != NATIONWIDE))
    return render(
        request,
        "networks/directory.html",
        {
            "section": "networks",
            "asked": asked,
            "page": page,
            "count": min(count, lists.COUNTED),
            "more_than": count > lists.COUNTED,
            "filters": asked.filters(),
            "sorts": [(name, label, asked.sorted_by(name).url) for name, label in SORTS.items()],
            "featured": lists.featured() if plain and asked.sort == "active" else [],
            "plain": plain,
            "map": drawn,
            "elsewhere": drawn.nationwide if by_province else 0,
            "kinds": NetworkKind.choices,
            "sectors": Sector.choices,
            "regions": PLACES.items(),
            "provinces": [(name, in_order(OF_REGION[region])) for region, name in REGIONS],
        },
    )
