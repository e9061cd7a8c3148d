"""Forms about activities keep drafts."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from forums.activities.models import Activity
from forums.reading.drafts.names import networks
from forums.reading.drafts.registry import draft_place

if TYPE_CHECKING:
    from accounts.models import Member


def _activities(member: "Member", keys: set[Any]) -> dict[Any, str]:
    found = Activity.objects.visible_to(member).filter(pk__in=keys)
    return dict(found.values_list("pk", "title"))


draft_place("activity_new", _("A new activity of “%(name)s”"), argument="slug", names=networks)
draft_place("activity_edit", _("Changing “%(name)s”"), argument="pk", names=_activities)
draft_place("activity_report", _("What “%(name)s” was like"), argument="pk", names=_activities)
