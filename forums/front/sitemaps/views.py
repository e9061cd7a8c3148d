"""The map of the site for search engines: every address a visitor may open, 1,000 a page.

A page holds a range of ids, so it costs the same wherever it lies, and the list of pages tells nothing
of what is not for everyone: it ends with the last thing that is.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.views.decorators.http import require_safe

from forums.activities.models import Activity, activity_url
from forums.discussions.boards.models import Board, board_url
from forums.discussions.topics.models import Topic, topic_url
from forums.groups.networks.models import Network, network_url
from forums.groups.organisations.models import Organisation, organisation_url

SIZE = 1000  # ids of a page, hence addresses at most
_KEPT = "public, max-age=3600"

# Rows a visitor may open, the function of their columns that makes the address, and these columns, of
# which the last says when it changed.
type Section = tuple[Any, Callable[..., str], tuple[str, ...]]


def _topics() -> Section:
    return Topic.objects.for_list(None), topic_url, ("pk", "slug", "last_post_at")


def _boards() -> Section:
    last = Topic.objects.listed().filter(board=OuterRef("pk")).order_by("-last_post_at")
    boards = Board.objects.visible_to(None).annotate(
        changed=Subquery(last.values("last_post_at")[:1])
    )
    return boards, board_url, ("slug", "changed")


def _networks() -> Section:
    # Not when it was last active: members write where not everyone reads.
    networks = Network.objects.visible_to(None).filter(merged_into=None)
    return networks, network_url, ("slug", "confirmed_at")


def _activities() -> Section:
    return Activity.objects.visible_to(None), activity_url, ("pk", "slug", "changed_at")


def _organisations() -> Section:
    return Organisation.objects.listed(), organisation_url, ("slug", "created_at")


SECTIONS = {
    "topics": _topics,
    "boards": _boards,
    "networks": _networks,
    "activities": _activities,
    "organisations": _organisations,
}


@dataclass(frozen=True, slots=True)
class Address:
    url: str
    changed: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The pages of the map. One query a section, whatever it holds."""
    pages = []
    for name, section in SECTIONS.items():
        last = section()[0].order_by("-pk").values_list("pk", flat=True).first()
        if last is not None:
            pages += [
                f"{settings.SITE_URL}/sitemap-{name}-{number}.xml"
                for number in range(1, (last - 1) // SIZE + 2)
            ]
    return _xml("pages/sitemap_index.xml", {"pages": pages})


@require_safe
def section(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One page of the map."""
    if name not in SECTIONS or not 1 <= number < 2**40:
        raise Http404
    rows, url, columns = SECTIONS[name]()
    first = (number - 1) * SIZE
    rows = rows.filter(pk__gt=first, pk__lte=first + SIZE).order_by("pk")
    addresses = _addresses(rows.values_list(*columns), url)
    return _xml("pages/sitemap.xml", {"addresses": addresses})


def _addresses(rows: Iterable[tuple[Any, ...]], url: Callable[..., str]) -> list[Address]:
    return [
        Address(
            settings.SITE_URL + iri_to_uri(url(*row[:-1])),
            row[-1].isoformat(timespec="seconds") if row[-1] else "",
        )
        for row in rows
    ]


def _xml(template: str, context: dict[str, Any]) -> HttpResponse:
    # Without the request, whose context asks who is reading: this is the same for everyone.
    response = HttpResponse(render_to_string(template, context), content_type="application/xml")
    response["Cache-Control"] = _KEPT
    return response
