"""What came of a round, to compute with it oneself."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.base.rate_limits import light_pace
from forums.discussions.topics.loading import topic_at
from forums.groups.networks.models import Network
from forums.knowledge.results.access import access_to, dealt_for
from forums.knowledge.results.export import kept, packed
from forums.knowledge.statements.models import Statement

LONGEST_NUMBER = 4  # digits of a round


@require_safe
@light_pace("export of votes")
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest round that is over (or `?round=`), as a ZIP; no page while there is none that may be told."""
    topic = topic_at(pk, request.user)
    asked = request.GET.get("round", "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER):
        raise Http404
    found = dealt_for(access_to(topic, request.user), number=int(asked) if asked else None)
    if found is None:
        raise Http404
    network_ids = {network for network, _group, _answers in found.dealt["rows"]}
    address = settings.SITE_URL + topic.get_absolute_url()
    statements = list(Statement.objects.open().filter(topic=topic).order_by("number"))
    shown = Network.objects.shown().filter(pk__in=network_ids).order_by("pk")
    names = dict(shown.values_list("pk", "name"))
    source = _("“%(topic)s”, round %(number)s, %(address)s") % {
        "topic": topic.title,
        "number": found.number,
        "address": address,
    }
    # All that may be another in another minute, for another reader.
    said = tuple((each.pk, each.body) for each in statements)
    file = kept(
        (
            topic.pk,
            found.number,
            found.closed_at,
            get_language(),
            source,
            said,
            tuple(names.items()),
        ),
        lambda: packed(found.dealt, statements, names, closed=found.closed_at, source=source),
    )
    response = HttpResponse(file, content_type="application/zip")
    name = f"common-ground-{topic.pk}-{found.number}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response
