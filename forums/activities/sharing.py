"""The picture a link to an activity shows elsewhere."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.translation import gettext as _

from forums.activities.models import Activity
from forums.activities.permissions import hosts_of
from forums.activities.rows import place_of
from forums.groups.networks.models import Network
from forums.sharing.sketches import Sketch, bead_of, strand_of
from forums.text import calendar_words


def sketch(activity: Activity, networks: Iterable[Network]) -> Sketch:
    """What it shows: title, when and where, and whose it is. `networks` hold it, the announcer first. No query."""
    networks = [network for network in networks if network.hidden_at is None]
    zone = ZoneInfo(activity.zone)
    with translation.override(settings.LANGUAGE_CODE):
        what = _("activity") if activity.cancelled_at is None else _("Cancelled")
        when = calendar_words.whole(
            activity.starts_at.astimezone(zone), activity.ends_at.astimezone(zone)
        )
    where = place_of(activity.place, activity.province)
    return Sketch(
        above=what,
        title=activity.title,
        lead=" · ".join(filter(None, (when, where))),
        network=networks[0].name if networks else "",
        bead=bead_of(networks[0]) if networks else None,
        strand=strand_of(networks),
    )


def sketch_of(pk: int) -> Sketch | None:
    """The same of an activity everyone may know of, by its id; None for any other. Two queries."""
    activity = Activity.objects.for_list(AnonymousUser()).filter(pk=pk).first()
    if activity is None:
        return None
    return sketch(activity, [host.network for host in hosts_of(activity) if host.confirmed_at])
