"""The feed of a network: its topics, those it takes part in, and what its activities came to."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.activities.models import Activity, ActivityHost
from forums.base.atom import SIZE, Entry, feed, in_thai
from forums.discussions.boards.models import Board
from forums.discussions.posts.feed_entries import for_everyone, topic_entries
from forums.discussions.topics.models import State, Topic
from forums.front.networks.parts import MOST
from forums.groups.memberships.network_page import bearer_today
from forums.groups.networks.models import Network
from forums.text.glance import glance


@require_safe
@in_thai
def network(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What everyone may read of it, the newest first. An address it once had redirects."""
    seen = Network.objects.visible_to(None)  # whoever asks, so that everyone may keep the answer
    found = seen.filter(slug=slug).first()
    if found is None or found.merged_into_id is not None:
        now, for_good = bearer_today(found, slug, None)
        if now is None:
            raise Http404
        return redirect(f"{now.get_absolute_url()}feed/", permanent=for_good)
    # Two lists that an index answers each, however quiet the network is, rather than one that no index can.
    own = topic_entries(for_everyone().filter(pk__in=_started_in(found)).order_by("-pk"))
    joined = for_everyone().filter(voices_in__network=found, voices_in__state=State.JOINED)
    others = topic_entries(joined.order_by("-voices_in__topic_id"))
    entries = {entry.key: entry for entry in [*own, *others, *_reports(found)]}
    newest = sorted(entries.values(), key=lambda entry: entry.published, reverse=True)
    return feed(
        request,
        title=found.name,
        path=found.get_absolute_url(),
        about=found.aim,
        entries=newest[:SIZE],
    )


def _started_in(network: Network) -> list[int]:
    """The newest topics of each of its boards everyone may enter, by id."""
    topics = Topic.objects.listed().filter(board=OuterRef("pk")).order_by("-created_at", "-id")
    boards = Board.objects.visible_to(None).filter(network=network).order_by("position", "pk")
    newest = boards.values_list(ArraySubquery(topics.values("pk")[:SIZE]), flat=True)
    return [pk for ids in newest[:MOST] for pk in ids]


def _reports(network: Network) -> list[Entry]:
    """The activities it held and reported on."""
    hosted = ActivityHost.objects.filter(network=network, confirmed_at__isnull=False)
    activities = (
        Activity.objects.visible_to(None)
        .filter(pk__in=hosted.values("activity"), reported_at__isnull=False)
        .select_related("reported_by")
        .order_by("-reported_at")
    )
    return [
        Entry(
            key=f"activity-{activity.pk}-report",
            path=activity.get_absolute_url(),
            title=_("What came of it: %(activity)s") % {"activity": activity.title},
            summary=glance(activity.report_html),
            author=str(activity.reported_by or network),
            published=activity.reported_at,
            updated=activity.reported_at,
        )
        for activity in activities[:SIZE]
        if activity.reported_at
    ]
